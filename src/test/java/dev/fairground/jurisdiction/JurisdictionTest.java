package dev.fairground.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JurisdictionTest {
  private final Asking asking;

  JurisdictionTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /**
   * The nation accepts within 3 and reviews within 20 days; Beijing reviews within 15 from 2026.
   */
  @BeforeAll
  void rules() {
    asking.change(
        "insert into work_calendar (id, name, name_en, time_zone) values ('CN', '中国', 'China', 'Asia/Shanghai')");
    asking.change(
        "insert into work_calendar_year (calendar_id, year, source) values ('CN', 2025, 'the notice'), ('CN', 2026, 'the notice')");
    asking.change(
        "insert into work_calendar_day (calendar_id, day, working, name) values ('CN', '2025-10-01', false, '国庆节'), ('CN', '2026-01-04', true, '元旦')");
    asking.change(
        """
        insert into jurisdiction (code, parent_code, level, name, name_en, time_zone, calendar_id)
        values ('000000', null, 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai', 'CN'),
               ('110000', '000000', 'PROVINCE', '北京市', 'Beijing', 'Asia/Shanghai', 'CN')
        """);
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ('00000000-0000-4000-8000-000000000001', '000000', 1, '国家', 'National', '2025-03-01', '2025-02-01Z'),
               ('00000000-0000-4000-8000-000000000002', '110000', 1, '北京', 'Beijing', '2026-01-01', '2025-12-01Z')
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, clause, confidence)
        values ('00000000-0000-4000-8000-000000000001', 'acceptWd', '3', 'WORKING_DAYS', '受理', 'acceptance', 'D', '1', 'NATIONAL'),
               ('00000000-0000-4000-8000-000000000001', 'reviewWd', '20', 'WORKING_DAYS', '审核', 'review', 'D', '2', 'NATIONAL'),
               ('00000000-0000-4000-8000-000000000002', 'reviewWd', '15', 'WORKING_DAYS', '审核', 'review', 'B', '7', 'PROVINCIAL')
        """);
  }

  @Test
  void a_province_inherits_what_it_does_not_set_itself() {
    var query = "{ rules(jurisdiction: \"110000\", on: \"%s\") { name value jurisdictionCode } }";

    assertThat(asking.data(query.formatted("2025-12-31")).encode())
        .isEqualTo(
            "{\"rules\":[{\"name\":\"acceptWd\",\"value\":\"3\",\"jurisdictionCode\":\"000000\"},"
                + "{\"name\":\"reviewWd\",\"value\":\"20\",\"jurisdictionCode\":\"000000\"}]}");
    assertThat(asking.data(query.formatted("2026-01-01")).encode())
        .isEqualTo(
            "{\"rules\":[{\"name\":\"acceptWd\",\"value\":\"3\",\"jurisdictionCode\":\"000000\"},"
                + "{\"name\":\"reviewWd\",\"value\":\"15\",\"jurisdictionCode\":\"110000\"}]}");
    assertThat(asking.data(query.formatted("2025-02-28")).encode()).isEqualTo("{\"rules\":[]}");
  }

  @Test
  void a_set_is_not_known_before_it_is_published() {
    assertThat(
            asking
                .data(
                    """
                    { rules(jurisdiction: "110000", on: "2026-01-01", asOf: "2025-11-01T00:00:00Z") { name value } }
                    """)
                .encode())
        .contains("\"20\"")
        .doesNotContain("\"15\"");
  }

  @Test
  void the_list_of_jurisdictions_shows_the_rules_of_a_past_moment() {
    assertThat(
            asking
                .data(
                    """
                    { jurisdictions(asOf: "2025-11-01T00:00:00Z") { nodes { code ruleSets { version } } } }
                    """)
                .encode())
        .contains("{\"code\":\"000000\",\"ruleSets\":[{\"version\":1}]}")
        .contains("{\"code\":\"110000\",\"ruleSets\":[]}");
  }

  @Test
  void rules_name_their_basis_and_confidence() {
    assertThat(
            asking
                .data(
                    """
                    { rules(on: "2026-01-01") { unit description(locale: "en") { value } basis { document clause } confidence ruleSetVersion } }
                    """)
                .getJsonArray("rules")
                .getJsonObject(0)
                .encode())
        .isEqualTo(
            "{\"unit\":\"WORKING_DAYS\",\"description\":{\"value\":\"acceptance\"},\"basis\":"
                + "{\"document\":\"D\",\"clause\":\"1\"},\"confidence\":\"NATIONAL\",\"ruleSetVersion\":1}");
  }

  @Test
  void jurisdictions_with_rules_and_calendar_cost_seven_statements() {
    var query =
        """
        { jurisdictions(first: %d) { nodes { code parent { code } ruleSets { version term { startsOn } }
            rules { name } workCalendar { years { year } days(year: 2025) { day working name } } } } }
        """;

    assertThat(asking.statements(query.formatted(1))).isLessThanOrEqualTo(7);
    assertThat(asking.statements(query.formatted(100))).isEqualTo(7);
    assertThat(asking.data(query.formatted(2)).encode())
        .contains("{\"day\":\"2025-10-01\",\"working\":false,\"name\":\"国庆节\"}");
  }

  @Test
  void a_year_without_sense_is_refused_at_its_place() {
    assertThat(asking.errors("{ workCalendar(id: \"CN\") { days(year: 20250) { day } } }").encode())
        .contains("BAD_USER_INPUT", "between 1949 and 2200");
  }
}
