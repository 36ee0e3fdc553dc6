package dev.fairground.jurisdiction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleSetPublishTest {
  private static final UUID NATION = UUID.fromString("00000000-0000-4000-8000-0000000000b1");
  private static final UUID HUNAN = UUID.fromString("00000000-0000-4000-8000-0000000000b2");
  private static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), Moment.ZONE);

  private static final String PUBLISH =
      """
      mutation publish($input: RuleSetPublishInput!) { ruleSetPublish(input: $input) {
        ruleSet { version jurisdictionCode title(locale: "en") { value } term { startsOn endsOn } parameters { name value } }
        userErrors { __typename code message path rule } } }
      """;

  private final Database database;
  private final Asking asking;

  RuleSetPublishTest(Database database, MeterRegistry statements) {
    this.database = database;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void ground() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    asking.change(
        "insert into organization (id, code, created_at) values ($1, 'nation', timestamptz '2024-01-01Z'), ($2, 'hunan', timestamptz '2024-01-01Z')",
        NATION,
        HUNAN);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'DATA_AUTHORITY', '000000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '430000', '2024-01-01'),
               ($2, 'DATA_AUTHORITY', '650000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '640000', '2024-01-01'),
               ($2, 'DATA_AUTHORITY', '610000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '540000', '2024-01-01'),
               ($2, 'DATA_AUTHORITY', '530000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '630000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '620000', '2024-01-01')
        """,
        NATION,
        HUNAN);
  }

  static Map<String, Object> rule(String name, String value, String unit) {
    return new HashMap<>(
        Map.of(
            "name",
            name,
            "value",
            value,
            "unit",
            unit,
            "description",
            Map.of("zh", "说明", "en", "what it says"),
            "document",
            "the document",
            "clause",
            "7",
            "url",
            "https://example.org/rules",
            "confidence",
            "PROVINCIAL"));
  }

  @SafeVarargs
  private static Map<String, Object> input(
      String jurisdiction, int expected, LocalDate from, Map<String, Object>... rules) {
    return new HashMap<>(
        Map.of(
            "jurisdiction", jurisdiction,
            "expectedVersion", expected,
            "title", Map.of("zh", "规则", "en", "Rules"),
            "effectiveOn", from.toString(),
            "parameters", List.of(rules),
            "idempotencyKey", UUID.randomUUID().toString()));
  }

  private JsonObject publish(UUID authority, Map<String, Object> input) {
    return asking.as(Role.DATA_AUTHORITY, authority).mutate(PUBLISH, input);
  }

  private static List<String> rules(JsonObject payload) {
    return payload.getJsonArray("userErrors").stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getString("rule") + " " + path(error))
        .toList();
  }

  private static String path(JsonObject error) {
    return error.getJsonArray("path").stream()
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }

  private String value(String jurisdiction, LocalDate on, String name) {
    var rules =
        asking
            .data(
                "{ rules(jurisdiction: \"%s\", on: \"%s\") { name value jurisdictionCode ruleSetVersion } }"
                    .formatted(jurisdiction, on))
            .getJsonArray("rules");
    return rules.stream()
        .map(JsonObject.class::cast)
        .filter(rule -> rule.getString("name").equals(name))
        .map(
            rule ->
                rule.getString("value")
                    + " "
                    + rule.getString("jurisdictionCode")
                    + ":"
                    + rule.getInteger("ruleSetVersion"))
        .findFirst()
        .orElse("none");
  }

  @Test
  void a_set_says_what_it_names_from_its_day_and_the_one_before_says_the_rest() {
    var from = TODAY.plusDays(3);
    var payload = publish(HUNAN, input("430000", 2, from, rule("reviewWd", "20", "WORKING_DAYS")));

    assertThat(payload.getJsonObject("ruleSet").encode())
        .isEqualTo(
            "{\"version\":3,\"jurisdictionCode\":\"430000\",\"title\":{\"value\":\"Rules\"},\"term\":{\"startsOn\":\"%s\",\"endsOn\":null},\"parameters\":[{\"name\":\"reviewWd\",\"value\":\"20\"}]}"
                .formatted(from));
    assertThat(value("430000", from.minusDays(1), "reviewWd")).isEqualTo("15 430000:1");
    assertThat(value("430000", from, "reviewWd")).isEqualTo("20 430000:3");
    assertThat(value("430000", from, "cancelWd")).isEqualTo("7 430000:1");
    assertThat(
            asking
                .data(
                    "{ ruleSet(jurisdiction: \"430000\", version: 1) { version parameters { name value basis { document } } } }")
                .encode())
        .contains("\"reviewWd\",\"value\":\"15\"", "湖南省公共数据资源登记规定");
    assertThat(
            asking
                .data(
                    "{ node(id: \"jur_34333030303000000000000000000000\") { id ... on Jurisdiction { code } } }")
                .encode())
        .contains("\"code\":\"430000\"");
    assertThat(
            asking.rows(
                "-- test\nselect concat_ws(' ', type, subject, subject_version, open) from event_outbox where type = 'RULES_CHANGED' and subject = 'jur_34333030303000000000000000000000'"
                    + " union all select concat_ws(' ', type, subject, subject_version, open) from event where type = 'RULES_CHANGED' and subject = 'jur_34333030303000000000000000000000'"))
        .containsExactly("RULES_CHANGED jur_34333030303000000000000000000000 3 t");
  }

  @Test
  void a_set_that_replaces_ends_the_sets_before_it_and_keeps_what_they_said() {
    assertThat(
            publish(HUNAN, input("650000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS")))
                .getJsonArray("userErrors"))
        .isEmpty();
    var replacing = input("650000", 1, TODAY.plusDays(1), rule("cancelWd", "8", "WORKING_DAYS"));
    replacing.put("replaces", true);
    assertThat(publish(HUNAN, replacing).getJsonArray("userErrors")).isEmpty();

    assertThat(value("650000", TODAY, "changeWd")).isEqualTo("5 650000:1");
    assertThat(value("650000", TODAY.plusDays(1), "changeWd")).isEqualTo("none");
    assertThat(value("650000", TODAY.plusDays(1), "cancelWd")).isEqualTo("8 650000:2");
  }

  @Test
  void all_that_stands_against_a_set_is_told_at_once_at_its_place() {
    var bad =
        input(
            "430000",
            asking
                .data("{ jurisdiction(code: \"430000\") { ruleSets { version } } }")
                .getJsonObject("jurisdiction")
                .getJsonArray("ruleSets")
                .getJsonObject(0)
                .getInteger("version"),
            TODAY.minusDays(1),
            rule("reviewWd", "20", "DAYS"),
            rule("acceptWd", "soon", "WORKING_DAYS"),
            rule("acceptWd", "3", "WORKING_DAYS"));
    bad.put("endsOn", TODAY.minusDays(5).toString());

    assertThat(rules(publish(HUNAN, bad)))
        .contains(
            "RULES_NOT_BACKDATED input.effectiveOn",
            "TERM_NOT_REVERSED input.endsOn",
            "RULE_KEEPS_ITS_UNIT input.parameters.0.unit",
            "RULE_VALUE_BY_UNIT input.parameters.1.value",
            "RULE_ONCE input.parameters.2.name");
  }

  @Test
  void a_hole_and_a_step_back_are_refused_by_name() {
    var first = input("640000", 0, TODAY.plusDays(10), rule("changeWd", "5", "WORKING_DAYS"));
    first.put("endsOn", TODAY.plusDays(20).toString());
    assertThat(publish(HUNAN, first).getJsonArray("userErrors")).isEmpty();

    assertThat(
            rules(
                publish(
                    HUNAN,
                    input("640000", 1, TODAY.plusDays(22), rule("changeWd", "6", "WORKING_DAYS")))))
        .containsExactly("RULES_WITHOUT_HOLE input.effectiveOn");
    assertThat(
            rules(
                publish(
                    HUNAN,
                    input("640000", 1, TODAY.plusDays(9), rule("changeWd", "6", "WORKING_DAYS")))))
        .containsExactly("RULES_IN_ORDER input.effectiveOn");
    assertThat(
            rules(
                publish(
                    HUNAN,
                    input("640000", 1, TODAY.plusDays(21), rule("changeWd", "6", "WORKING_DAYS")))))
        .isEmpty();
  }

  @Test
  void what_was_known_before_a_set_was_replaced_can_be_asked_for_still() throws Exception {
    assertThat(
            publish(HUNAN, input("610000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS")))
                .getJsonArray("userErrors"))
        .isEmpty();
    var limited = input("540000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS"));
    limited.put("endsOn", TODAY.plusDays(90).toString());
    assertThat(publish(HUNAN, limited).getJsonArray("userErrors")).isEmpty();
    var before = Instant.now();
    for (var place : List.of("610000", "540000")) {
      var replacing = input(place, 1, TODAY.plusDays(1), rule("cancelWd", "8", "WORKING_DAYS"));
      replacing.put("replaces", true);
      assertThat(publish(HUNAN, replacing).getJsonArray("userErrors")).isEmpty();

      var tomorrow = TODAY.plusDays(1);
      assertThat(value(place, tomorrow, "changeWd")).as(place).isEqualTo("none");
      assertThat(value(place, TODAY, "changeWd")).as(place).isEqualTo("5 " + place + ":1");
      assertThat(
              asking
                  .data(
                      "{ rules(jurisdiction: \"%s\", on: \"%s\", asOf: \"%s\") { name value } ruleSet(jurisdiction: \"%s\", version: 1, asOf: \"%s\") { term { endsOn } } }"
                          .formatted(place, tomorrow, before, place, before))
                  .encode())
          .as(place)
          .contains("\"changeWd\"")
          .contains(
              place.equals("610000")
                  ? "\"endsOn\":null"
                  : "\"endsOn\":\"%s\"".formatted(TODAY.plusDays(90)));
      assertThat(
              asking
                  .data(
                      "{ ruleSet(jurisdiction: \"%s\", version: 1) { term { endsOn } } }"
                          .formatted(place))
                  .encode())
          .as(place)
          .contains(TODAY.toString());
    }
  }

  @Test
  void a_place_whose_sets_ended_before_today_publishes_from_today() {
    asking.change(
        "insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, ends_on, published_at) values (gen_random_uuid(), '530000', 1, '规则', 'Rules', $1, $2, timestamptz '2024-01-01Z')",
        TODAY.minusDays(90),
        TODAY.minusDays(30));
    for (var wrong :
        Map.of(TODAY.plusDays(1), "RULES_WITHOUT_HOLE", TODAY.minusDays(1), "RULES_NOT_BACKDATED")
            .entrySet()) {
      assertThat(
              rules(
                  publish(
                      HUNAN,
                      input("530000", 1, wrong.getKey(), rule("changeWd", "5", "WORKING_DAYS")))))
          .containsExactly(wrong.getValue() + " input.effectiveOn");
    }
    assertThat(
            rules(publish(HUNAN, input("530000", 1, TODAY, rule("changeWd", "5", "WORKING_DAYS")))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "WORKING_DAYS, 3, true",
    "WORKING_DAYS, -3, false",
    "WORKING_DAYS, 3.5, false",
    "WORKING_DAYS, 03, false",
    "DAYS, 36500, true",
    "DAYS, 36501, false",
    "MONTHS, 6, true",
    "YEARS, 101, false",
    "MONTH_DAY, 03-31, true",
    "MONTH_DAY, 02-30, false",
    "MONTH_DAY, 02-29, false",
    "MONTH_DAY, 3-31, false",
    "PERCENT, 25, true",
    "PERCENT, 25%, false",
    "COUNT, 0, true",
    "BOOLEAN, true, true",
    "BOOLEAN, yes, false",
    "CHOICE, SANDBOX VERIFICATION, true",
    "CHOICE, sandbox, false",
    "CHOICE, '', false"
  })
  void a_value_is_read_by_its_unit(Rule.Unit unit, String value, boolean right) {
    assertThat(RuleValues.fault("anything", unit, value) == null).isEqualTo(right);
  }

  @Test
  void a_choice_that_the_server_acts_on_knows_its_words() {
    assertThat(RuleValues.fault("productRegistration", Rule.Unit.CHOICE, "REQUIRED")).isNull();
    assertThat(RuleValues.fault("productRegistration", Rule.Unit.CHOICE, "MAYBE"))
        .contains("ENCOURAGED, REQUIRED");
  }

  @Test
  void what_the_server_reads_is_published_in_the_unit_that_it_reads() {
    assertThat(
            rules(
                publish(
                    HUNAN,
                    input(
                        "630000",
                        0,
                        TODAY,
                        rule("supplementWd", "03-31", "MONTH_DAY"),
                        rule("operatorKinds", "PUBLIC_INSTITUTIONS", "CHOICE"),
                        rule("productRegistrationCheck", "WARN", "CHOICE"),
                        rule("acceptWdExtensions", "true", "BOOLEAN"),
                        rule("registrationFormMembers", "PROHIBITED", "CHOICE"),
                        rule("nobodyReadsThis", "true", "BOOLEAN")))))
        .containsExactlyInAnyOrder(
            "RULE_KEEPS_ITS_UNIT input.parameters.0.unit",
            "RULE_VALUE_BY_UNIT input.parameters.1.value",
            "RULE_VALUE_BY_UNIT input.parameters.2.value",
            "RULE_KEEPS_ITS_UNIT input.parameters.3.unit",
            "RULE_VALUE_BY_UNIT input.parameters.4.value");
  }

  @Test
  void every_rule_that_the_server_comes_with_would_be_accepted() {
    assertThat(
            asking
                .rows("-- test\nselect name || '|' || unit || '|' || value from rule_parameter")
                .stream()
                .map(row -> row.split("\\|", -1))
                .filter(
                    rule -> RuleValues.fault(rule[0], Rule.Unit.valueOf(rule[1]), rule[2]) != null)
                .map(rule -> String.join(" ", rule)))
        .isEmpty();
  }

  @Test
  void only_the_data_authority_of_the_jurisdiction_publishes() {
    var input = input("000000", 2, TODAY, rule("acceptWd", "4", "WORKING_DAYS"));
    assertThat(publish(HUNAN, input).encode()).contains("\"FORBIDDEN\"", "\"ruleSet\":null");
    assertThat(
            publish(HUNAN, input("990000", 0, TODAY, rule("acceptWd", "4", "WORKING_DAYS")))
                .encode())
        .contains("\"NOT_FOUND\"");
    assertThat(asking.as(Role.OPERATOR, HUNAN).answer(PUBLISH, Map.of("input", input)).encode())
        .contains("rule:write");
    assertThat(asking.answer(PUBLISH, Map.of("input", input)).encode()).contains("errors");
  }

  @Test
  void a_trial_publishes_nothing_and_the_same_call_twice_publishes_once() {
    var trial = input("630000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS"));
    trial.put("validateOnly", true);
    assertThat(publish(HUNAN, trial).encode()).contains("\"version\":1", "\"userErrors\":[]");
    assertThat(value("630000", TODAY, "changeWd")).isEqualTo("none");

    var once = input("630000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS"));
    var first = publish(HUNAN, once);
    assertThat(publish(HUNAN, once)).isEqualTo(first);
    assertThat(
            publish(HUNAN, input("630000", 0, TODAY, rule("changeWd", "6", "WORKING_DAYS")))
                .encode())
        .contains("VersionConflictError");
  }

  @Test
  void of_two_authorities_at_once_one_publishes() throws Exception {
    var results = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var calls = new ArrayList<Callable<String>>();
      for (int i = 0; i < 6; i++) {
        var input = input("620000", 0, TODAY, rule("changeWd", "5", "WORKING_DAYS"));
        calls.add(() -> publish(HUNAN, input).encode());
      }
      for (var future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
    }
    assertThat(results).filteredOn(result -> result.contains("\"userErrors\":[]")).hasSize(1);
    assertThat(results).filteredOn(result -> result.contains("VERSION_CONFLICT")).hasSize(5);
  }

  @Test
  void rule_books_are_found_for_many_places_by_one_statement() throws Exception {
    var books =
        new RuleBooks(database)
            .find(
                new dev.fairground.sql.Reads(),
                LocalDate.of(2026, 3, 1),
                Instant.now(),
                List.of("000000", "110000", "430000", "999999"))
            .await(10, TimeUnit.SECONDS);

    assertThat(books).containsOnlyKeys("000000", "110000", "430000", "999999");
    assertThat(requireNonNull(books.get("430000")).number("reviewWd")).isEqualTo(15);
    assertThat(requireNonNull(books.get("110000")).number("reviewWd")).isEqualTo(20);
    assertThat(requireNonNull(books.get("999999")).rules()).isEmpty();
    assertThat(requireNonNull(books.get("110000")).version()).contains("000000:1", "110000:1");
  }

  @Test
  void from_its_first_day_on_operators_of_the_place_are_checked_by_it() {
    var from = TODAY.plusDays(20);
    asking.change(
        "insert into authorization_grant (id, number, institution_id, operator_id, created_at) values ($1, 'hunan', $1, $2, now())",
        NATION,
        HUNAN);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        values ($1, 1, now(), 'hunan', $1, $2, '430000', '授权', 'zh', 'OVERALL', 'ACTIVE', '2024-01-01', '2099-12-31', true)
        """,
        NATION,
        HUNAN);
    var input = input("000000", 3, from, rule("listUpdateWd", "4", "WORKING_DAYS"));
    assertThat(publish(NATION, input).encode()).contains("\"userErrors\":[]");

    assertThat(
            asking.rows(
                "select operator_id || ' ' || (product_id is null) || ' ' || (due_at at time zone 'Asia/Shanghai') from check_due where cause = 'RULE_CHANGE' and due_at > '%s'"
                    .formatted(from.minusDays(2))))
        .contains(HUNAN + " true " + from + " 00:00:00");
  }
}
