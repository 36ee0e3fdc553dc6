package dev.fairground.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {
  private final Asking asking;
  private final Database database;

  ReferenceTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
    this.database = database;
  }

  /** Twice: the second time adds nothing and disturbs nothing. */
  @BeforeAll
  void load() throws Exception {
    for (int i = 0; i < 2; i++) {
      new ReferenceData(database)
          .load()
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void regions_and_sectors_are_those_of_the_standards() {
    assertThat(
            asking
                .data(
                    """
                    { provinces: codeEntries(list: "REGION", filter: {level: [1]}) { totalCount }
                      districts: codeEntries(list: "REGION", filter: {parent: {eq: "110100"}}) { totalCount }
                      sections: codeEntries(list: "SECTOR", filter: {level: [1]}) { totalCount }
                      divisions: codeEntries(list: "SECTOR", filter: {level: [2]}) { totalCount }
                      gone: codeEntry(list: "REGION", code: "110228") { name { value } invalidOn } }
                    """)
                .encode())
        .isEqualTo(
            "{\"provinces\":{\"totalCount\":34},\"districts\":{\"totalCount\":16},"
                + "\"sections\":{\"totalCount\":20},\"divisions\":{\"totalCount\":97},"
                + "\"gone\":{\"name\":{\"value\":\"密云县\"},\"invalidOn\":\"2016-07-31\"}}");
  }

  @Test
  void hunan_reviews_faster_than_the_nation_and_beijing_does_not() {
    var query =
        """
        { jurisdiction(code: "%s") { name(locale: "en") { value } rules(on: "2026-01-01") { name value basis { document clause } jurisdictionCode } } }
        """;

    assertThat(asking.data(query.formatted("430000")).encode())
        .contains("\"name\":\"reviewWd\",\"value\":\"15\"", "\"jurisdictionCode\":\"000000\"");
    assertThat(asking.data(query.formatted("110000")).encode())
        .contains("\"name\":\"reviewWd\",\"value\":\"20\"", "confirmationSheet");
  }

  @Test
  void the_calendar_of_2026_has_its_holidays_and_worked_weekends() {
    assertThat(
            asking
                .data(
                    "{ jurisdiction(code: \"110000\") { workCalendar { years { year noticeUrl } days(year: 2026) { day working } } } }")
                .encode())
        .contains(
            "\"year\":2026,\"noticeUrl\":\"https://www.gov.cn/",
            "{\"day\":\"2026-10-01\",\"working\":false}",
            "{\"day\":\"2026-01-04\",\"working\":true}");
  }

  private String rule(String jurisdiction, String name) {
    return asking
        .data(
            "{ rules(jurisdiction: \"%s\", on: \"2026-06-01\") { name value jurisdictionCode confidence } }"
                .formatted(jurisdiction))
        .getJsonArray("rules")
        .stream()
        .map(JsonObject.class::cast)
        .filter(rule -> rule.getString("name").equals(name))
        .map(
            rule ->
                "%s of %s, %s"
                    .formatted(
                        rule.getString("value"),
                        rule.getString("jurisdictionCode"),
                        rule.getString("confidence")))
        .findFirst()
        .orElse("none");
  }

  @Test
  void a_city_inherits_from_its_province_and_that_from_the_nation() {
    assertThat(rule("340200", "authTermMaxYears")).isEqualTo("5 of 000000, NATIONAL");
    assertThat(rule("340200", "registrarRecordYears")).isEqualTo("30 of 340000, PROVINCIAL");
    assertThat(rule("340200", "acceptWd")).isEqualTo("3 of 000000, NATIONAL");
    assertThat(rule("340000", "authTermMaxYears")).isEqualTo("5 of 000000, NATIONAL");
    assertThat(rule("420100", "productRegistration")).isEqualTo("REQUIRED of 420000, PROVINCIAL");
    assertThat(rule("370200", "exitNoticeMonths")).isEqualTo("6 of 370200, PROVINCIAL");
    assertThat(rule("440100", "operatorMayDevelop")).isEqualTo("false of 440100, PROVINCIAL");
    assertThat(rule("440100", "logYears")).isEqualTo("3 of 000000, NATIONAL");
    assertThat(rule("500000", "agreementFilingWd")).isEqualTo("5 of 500000, PROVINCIAL");
    assertThat(rule("460000", "productRegistration")).isEqualTo("REQUIRED of 460000, REPORTED");
  }

  /** What was read of a draft (domain: Wuhu's plan, Guangdong's measures) binds nobody. */
  @Test
  void no_draft_is_in_force_and_no_local_rule_binds_the_nation() {
    assertThat(
            asking.rows(
                "-- test\nselect document from rule_parameter where document like '%征求意见%' or document like '%草案%'"))
        .isEmpty();
    assertThat(rule("340200", "consentBeforeListing")).isEqualTo("none");
    assertThat(rule("110000", "exitNoticeMonths")).isEqualTo("none");
    // Whoever has no rule of its own has those of the nation, which are of the nation's texts, or
    // say that they are not.
    assertThat(
            asking.rows(
                "-- test\nselect p.name from rule_parameter p join rule_set s on s.id = p.rule_set_id where s.jurisdiction_code = '000000' and p.confidence in ('PROVINCIAL', 'PRACTICE')"))
        .isEmpty();
  }

  @Test
  void every_rule_keeps_one_unit_in_all_places_and_every_set_has_rules() {
    assertThat(
            asking.rows(
                "-- test\nselect name from rule_parameter group by name having count(distinct unit) > 1"))
        .isEmpty();
    assertThat(
            asking.rows(
                "-- test\nselect s.title from rule_set s where not exists (select 1 from rule_parameter p where p.rule_set_id = s.id)"))
        .isEmpty();
  }
}
