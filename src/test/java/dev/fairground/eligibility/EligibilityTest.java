package dev.fairground.eligibility;

import static dev.fairground.eligibility.EligibilityMarket.DEVELOPER;
import static dev.fairground.eligibility.EligibilityMarket.OPERATOR;
import static dev.fairground.eligibility.EligibilityMarket.PRODUCT;
import static dev.fairground.eligibility.EligibilityMarket.product;
import static dev.fairground.eligibility.EligibilityMarket.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The query {@code eligibility}. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EligibilityTest {
  private static final String REPORT =
      """
      { eligible standing day purpose startsOn endsOn applicant { id } productVersion
        checks { code outcome title { value } message(locale: "en") { value } clause { document clause } evidence
                 remedy(locale: "en") { value } }
        quote { currency unit unitText quantity total { amount } unitPrice { amount } ceilingTotal { amount }
                headroom { amount } freeOfCharge termsNumber validUntil tariffId tariffVersion
                items { tariffId item itemClass unit currency total { amount } ceilingTotal { amount } headroom { amount }
                        freeOfCharge trial
                        steps { fromQuantity toQuantity quantity unitPrice { amount } amount { amount } }
                        fee { amount { amount } period times total { amount } } } }
        decisionDueOn decisionDays decisionDueIsProvisional unknownYears
        requiredDocuments { code text { value } given } policyVersion policyId termsNumber validUntil }
      """;

  private final Database database;
  private final Asking asking;

  EligibilityTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements).at(EligibilityMarket.NOW);
  }

  @BeforeAll
  void market() {
    EligibilityMarket.into(asking);
    EligibilityMarket.run(asking, PRODUCT);
  }

  private static String query(String ask) {
    return "{ eligibility(productId: \"%s\", ask: {%s}) %s }".formatted(product(11), ask, REPORT);
  }

  private JsonObject report(Asking who, String ask) {
    return who.data(query(ask)).getJsonObject("eligibility");
  }

  private static JsonObject check(JsonObject report, String code) {
    return report.getJsonArray("checks").stream()
        .map(JsonObject.class::cast)
        .filter(check -> check.getString("code").equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not in " + report.encodePrettily()));
  }

  private static String outcome(JsonObject report, String code) {
    return check(report, code).getString("outcome");
  }

  private static String amount(JsonObject quote, String member) {
    return quote.getJsonObject(member).getString("amount");
  }

  private Asking developer() {
    return EligibilityMarket.developer(asking);
  }

  private static final String WHOLE =
      "scenarioId: \"%s\", startsOn: \"2026-04-01\", endsOn: \"2026-09-30\", quantity: \"1500\", documents: [\"SECURITY_PLAN\"]"
          .formatted(scenario(1));

  @Test
  void everything_that_is_known_to_be_kept_passes_and_what_people_look_at_is_unknown() {
    var report = report(developer(), WHOLE);

    assertThat(report.getBoolean("eligible")).isTrue();
    assertThat(report.getString("standing")).isEqualTo("DEPENDS");
    assertThat(report.getJsonArray("checks").stream().map(JsonObject.class::cast).toList())
        .filteredOn(check -> !check.getString("outcome").equals("PASS"))
        .extracting(check -> check.getString("code"))
        .containsExactly("POLICY.STAFF");
    assertThat(outcome(report, "POLICY.STAFF")).isEqualTo("UNKNOWN");
    assertThat(check(report, "POLICY.KIND").getJsonObject("clause").getString("clause"))
        .isEqualTo("KIND");
    assertThat(check(report, "POLICY.KIND").getJsonArray("evidence").encode())
        .contains("acp_")
        .contains(EligibilityMarket.id(DEVELOPER));
    assertThat(check(report, "SCENARIO").getJsonObject("clause").getString("document"))
        .isEqualTo("a test");
    assertThat(report.getInteger("policyVersion")).isEqualTo(1);
    assertThat(report.getInteger("termsNumber")).isEqualTo(1);
  }

  @Test
  void the_quote_shows_steps_fees_and_headroom() {
    var quote = report(developer(), WHOLE).getJsonObject("quote");
    var item = quote.getJsonArray("items").getJsonObject(0);

    // 1000 at 0.5 and 500 at 0.3, and six months at 100.
    assertThat(amount(quote, "total")).isEqualTo("1250");
    assertThat(amount(quote, "unitPrice")).isEqualTo("0.833333");
    assertThat(amount(quote, "ceilingTotal")).isEqualTo("1620");
    assertThat(amount(quote, "headroom")).isEqualTo("370");
    assertThat(item.getJsonArray("steps")).hasSize(2);
    assertThat(item.getJsonArray("steps").getJsonObject(1).getString("quantity")).isEqualTo("500");
    assertThat(item.getJsonObject("fee").getInteger("times")).isEqualTo(6);
    assertThat(quote.getString("validUntil")).isEqualTo("2026-08-31");
  }

  @Test
  void a_decision_is_due_after_the_days_of_the_policy_and_says_that_the_calendar_is_not_known() {
    var report = report(developer(), WHOLE);

    assertThat(report.getInteger("decisionDays")).isEqualTo(5);
    assertThat(report.getString("decisionDueOn")).isEqualTo("2026-03-09");
    assertThat(report.getBoolean("decisionDueIsProvisional")).isTrue();
    assertThat(report.getJsonArray("unknownYears").getList()).isEqualTo(List.of(2026));
  }

  @Test
  void documents_are_asked_for_with_what_they_are() {
    var report = report(developer(), "quantity: \"1\"");
    var document = report.getJsonArray("requiredDocuments").getJsonObject(0);

    assertThat(document.getString("code")).isEqualTo("SECURITY_PLAN");
    assertThat(document.getBoolean("given")).isFalse();
    assertThat(outcome(report, "POLICY.SECURITY")).isEqualTo("UNKNOWN");
  }

  @Test
  void of_who_is_not_signed_in_nothing_is_known_and_nothing_of_it_passes() {
    var report = report(asking, WHOLE);

    assertThat(report.getValue("applicant")).isNull();
    assertThat(report.getBoolean("eligible")).isTrue();
    for (var code : List.of("POLICY.KIND", "POLICY.PLACE", "FA-16.APPLICANT")) {
      assertThat(outcome(report, code)).as(code).isEqualTo("UNKNOWN");
    }
  }

  @Test
  void a_condition_that_is_not_met_stands_against_it_with_its_cure() {
    var elsewhere = report(asking.as(Role.DEVELOPER, EligibilityMarket.ELSEWHERE), WHOLE);
    assertThat(elsewhere.getString("standing")).isEqualTo("NOT_ELIGIBLE");
    assertThat(outcome(elsewhere, "POLICY.PLACE")).isEqualTo("BLOCK");
    assertThat(check(elsewhere, "POLICY.PLACE").getValue("remedy")).isNotNull();

    var organ = report(asking.as(Role.DEVELOPER, EligibilityMarket.ORGAN), WHOLE);
    assertThat(outcome(organ, "POLICY.KIND")).isEqualTo("BLOCK");
    assertThat(outcome(organ, "POLICY.PLACE")).isEqualTo("UNKNOWN");
  }

  @Test
  void a_scenario_is_allowed_ruled_out_not_listed_or_of_another_class() {
    assertThat(
            outcome(report(developer(), "scenarioId: \"%s\"".formatted(scenario(3))), "SCENARIO"))
        .isEqualTo("BLOCK");
    assertThat(
            outcome(report(developer(), "scenarioId: \"%s\"".formatted(scenario(4))), "SCENARIO"))
        .isEqualTo("FLAG");
    assertThat(
            outcome(
                report(developer(), "scenarioId: \"%s\", purpose: INDUSTRY".formatted(scenario(2))),
                "SCENARIO"))
        .isEqualTo("BLOCK");
    assertThat(outcome(report(developer(), "purpose: INDUSTRY"), "SCENARIO")).isEqualTo("UNKNOWN");
  }

  @Test
  void use_for_welfare_is_free_and_takes_its_class_from_the_scenario() {
    var report = report(developer(), "scenarioId: \"%s\", quantity: \"10\"".formatted(scenario(2)));
    var quote = report.getJsonObject("quote");

    assertThat(report.getString("purpose")).isEqualTo("PUBLIC_WELFARE");
    assertThat(quote.getBoolean("freeOfCharge")).isTrue();
    assertThat(amount(quote, "total")).isEqualTo("0");
    assertThat(outcome(report, "SCENARIO")).isEqualTo("PASS");
  }

  @Test
  void a_purpose_that_nobody_named_is_looked_at_by_people() {
    var report = report(developer(), "purpose: PUBLIC_GOVERNANCE");

    assertThat(outcome(report, "PURPOSE")).isEqualTo("FLAG");
    assertThat(report.getBoolean("eligible")).isTrue();
  }

  @Test
  void a_term_that_nobody_said_is_a_year_or_as_long_as_the_authorization_lasts() {
    var report = report(developer(), "");

    assertThat(report.getString("startsOn")).isEqualTo("2026-03-02");
    assertThat(report.getString("endsOn")).isEqualTo("2026-12-31");
    assertThat(outcome(report, "TERM")).isEqualTo("PASS");
    assertThat(report.getString("validUntil")).isEqualTo("2026-08-31");
  }

  @Test
  void a_term_beyond_the_authorization_or_in_the_past_stands_against_it() {
    assertThat(outcome(report(developer(), "endsOn: \"2027-01-01\""), "TERM")).isEqualTo("BLOCK");
    assertThat(outcome(report(developer(), "endsOn: \"2226-01-01\""), "TERM")).isEqualTo("BLOCK");
    assertThat(outcome(report(developer(), "endsOn: \"2226-01-01\""), "POLICY.LENGTH"))
        .isEqualTo("BLOCK");
    assertThat(outcome(report(developer(), "startsOn: \"2026-03-01\""), "TERM")).isEqualTo("BLOCK");
    assertThat(outcome(report(developer(), "endsOn: \"2026-03-01\""), "TERM")).isEqualTo("BLOCK");
  }

  @Test
  void a_unit_that_no_price_has_gives_no_quote_and_the_units_to_choose_from() {
    var report = report(developer(), "unit: PER_TIME, quantity: \"1\"");

    assertThat(report.getValue("quote")).isNull();
    assertThat(outcome(report, "QUOTE")).isEqualTo("UNKNOWN");
    assertThat(check(report, "QUOTE").getJsonObject("remedy").getString("value"))
        .contains("PER_CALL");
    assertThat(report.getBoolean("eligible")).isTrue();
  }

  @Test
  void what_cannot_be_asked_is_told_with_its_place() {
    assertError("quantity: \"0\"", "ask.quantity");
    assertError("quantity: \"-1\"", "ask.quantity");
    assertError("quantity: \"100000000000000\"", "ask.quantity");
    assertError("quantity: \"0.0000001\"", "ask.quantity");
    assertError("startsOn: \"2026-05-01\", endsOn: \"2026-04-30\"", "ask.endsOn");
    assertError(
        "scenarioId: \"%s\"".formatted("sce_0000000000004000c000000000000009"), "ask.scenarioId");
    assertError("scenarioId: \"%s\"".formatted(product(11)), "ask.scenarioId");
    assertError("applicantId: \"%s\"".formatted(EligibilityMarket.id(OPERATOR)), "ask.applicantId");
    assertError("applicantId: \"org_00000000000040008000000000000099\"", "ask.applicantId");
  }

  private void assertError(String ask, String place) {
    var error = developer().errors(query(ask)).getJsonObject(0);
    assertThat(error.encode()).as(ask).contains("BAD_USER_INPUT").contains(place);
  }

  @Test
  void a_product_that_there_is_not_is_null_whatever_is_asked() {
    var missing = "dp_0000000000004000b000000000000099";
    var answer =
        developer()
            .data("{ eligibility(productId: \"%s\") { eligible } }".formatted(missing))
            .getValue("eligibility");
    assertThat(answer).isNull();
    // The id of a product under the prefix of the other kind.
    assertThat(
            developer()
                .data(
                    "{ eligibility(productId: \"%s\") { eligible } }"
                        .formatted(product(11).replace("dp_", "sc_")))
                .getValue("eligibility"))
        .isNull();
  }

  @Test
  void who_has_several_organizations_says_for_which() {
    var both =
        asking.as(
            new Viewer(
                "both",
                new Viewer.Actor("both", "both", null),
                Rights.of(
                    List.of(
                        new Rights.Membership(DEVELOPER, Role.DEVELOPER),
                        new Rights.Membership(EligibilityMarket.ELSEWHERE, Role.DEVELOPER)),
                    null)));

    assertThat(report(both, WHOLE).getValue("applicant")).isNull();
    assertThat(
            outcome(
                report(
                    both,
                    WHOLE + ", applicantId: \"%s\"".formatted(EligibilityMarket.id(DEVELOPER))),
                "POLICY.PLACE"))
        .isEqualTo("PASS");
    assertThat(
            outcome(
                report(
                    both,
                    WHOLE
                        + ", applicantId: \"%s\""
                            .formatted(EligibilityMarket.id(EligibilityMarket.ELSEWHERE))),
                "POLICY.PLACE"))
        .isEqualTo("BLOCK");
  }

  @Test
  void the_operator_itself_and_who_is_linked_with_it_is_looked_at_for_redevelopment() {
    var own = report(asking.as(Role.OPERATOR, OPERATOR), "");
    assertThat(outcome(own, "FA-16.APPLICANT")).isEqualTo("FLAG");

    asking.change(
        "insert into affiliation (id, organization_id, affiliate_id, kind, starts_on, ends_on, evidence, demonstration) values (gen_random_uuid(), $1, $2, 'CONTROLS', '2024-01-01', '2026-03-02', 'test', true)",
        OPERATOR,
        EligibilityMarket.ORGAN);
    var linked = report(asking.as(Role.DEVELOPER, EligibilityMarket.ORGAN), "");
    assertThat(outcome(linked, "FA-16.APPLICANT")).isEqualTo("FLAG");
    assertThat(check(linked, "FA-16.APPLICANT").getJsonArray("evidence").encode()).contains("aff_");
    // Who did not declare its links: unknown, and never as good as no link.
    var other =
        developer()
            .data(
                "{ product(id: \"%s\") { eligibility { checks { code outcome } } } }"
                    .formatted(product(21)))
            .getJsonObject("product")
            .getJsonObject("eligibility");
    assertThat(outcome(other, "FA-16.APPLICANT")).isEqualTo("UNKNOWN");
  }

  @Test
  void a_product_without_a_policy_has_the_basic_one_and_one_without_checks_is_unknown() {
    var report =
        developer()
            .data("{ eligibility(productId: \"%s\") %s }".formatted(product(12), REPORT))
            .getJsonObject("eligibility");

    assertThat(report.getInteger("policyVersion")).isZero();
    assertThat(report.getValue("policyId")).isNull();
    assertThat(report.getInteger("decisionDays")).isEqualTo(10);
    assertThat(outcome(report, "FA-06")).isEqualTo("UNKNOWN");
    assertThat(outcome(report, "QUOTE")).isEqualTo("UNKNOWN");
    assertThat(report.getBoolean("eligible")).isTrue();
  }

  @Test
  void a_suspended_product_is_answered_for_with_the_reason() {
    var id = EligibilityMarket.productId(22);
    asking.change("update product_version set valid_to = '2026-02-01Z' where product_id = $1", id);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, status_reason, title,
               locale, authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, 2, '2026-02-01Z', kind, code, 'SUSPENDED', '安全事件', title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration
          from product_version where product_id = $1
        """,
        id);
    var report =
        developer()
            .data("{ eligibility(productId: \"%s\") %s }".formatted(product(22), REPORT))
            .getJsonObject("eligibility");

    assertThat(report.getString("standing")).isEqualTo("NOT_ELIGIBLE");
    assertThat(check(report, "PRODUCT_PUBLISHED").getJsonObject("message").getString("value"))
        .contains("安全事件");
  }

  @Test
  void what_only_insiders_see_of_the_checks_is_unknown_to_others() {
    var id = EligibilityMarket.productId(13);
    EligibilityMarket.run(asking, id, "FA_05", "UNKNOWN", "FA_06", "BLOCK");
    var query = "{ eligibility(productId: \"%s\") %s }".formatted(product(13), REPORT);
    var stranger = developer().data(query).getJsonObject("eligibility");
    var operator = asking.as(Role.OPERATOR, OPERATOR).data(query).getJsonObject("eligibility");

    assertThat(outcome(stranger, "FA-06")).isEqualTo("BLOCK");
    assertThat(stranger.getBoolean("eligible")).isFalse();
    assertThat(check(stranger, "FA-05").getJsonObject("message").getString("value"))
        .contains("can be shown");
    assertThat(check(operator, "FA-05").getJsonObject("message").getString("value"))
        .contains("missing");
  }

  @Test
  void it_writes_nothing_and_its_statements_do_not_grow_with_conditions_or_products() {
    var ofOne = developer().statements(query(WHOLE).replace("applicant { id }", ""));
    var plain =
        developer()
            .statements(
                query(WHOLE).replace(product(11), product(12)).replace("applicant { id }", ""));
    assertThat(ofOne).isEqualTo(plain).isEqualTo(10);

    var page =
        "{ products(first: %d) { nodes { id eligibility(ask: {purpose: INDUSTRY}) { standing checks { code } quote { total { amount } } } } } }";
    var first = developer().statements(page.formatted(1));
    var more = developer().statements(page.formatted(50));
    assertThat(more).isEqualTo(first).isEqualTo(10);
  }

  @Test
  void the_field_of_a_product_says_what_the_query_says() {
    var field =
        developer()
            .data(
                "{ product(id: \"%s\") { eligibility(ask: {%s}) %s } }"
                    .formatted(product(11), WHOLE, REPORT))
            .getJsonObject("product")
            .getJsonObject("eligibility");

    assertThat(field).isEqualTo(report(developer(), WHOLE));
  }

  @Test
  void who_may_not_be_asked_for_answers_as_who_is_not_there() {
    var there =
        developer()
            .told(query("applicantId: \"%s\"".formatted(EligibilityMarket.id(OPERATOR))), Map.of());
    var missing =
        developer()
            .told(
                query(
                    "applicantId: \"%s\""
                        .formatted(
                            EligibilityMarket.id(
                                UUID.fromString("00000000-0000-4000-8000-000000000077")))),
                Map.of());

    assertThat(there).isEqualTo(missing);
  }

  private EligibilityReport within(Ask ask) throws Exception {
    var write = new Write(developer().viewer(), Moment.present(EligibilityMarket.NOW), "a test");
    return database
        .inTransaction(
            transaction -> new Eligibilities(database).of(transaction, write, List.of(ask, ask)))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .getFirst();
  }

  @Test
  void within_a_transaction_it_says_the_same_to_who_stamps_it() throws Exception {
    var ask =
        new Ask(
            PRODUCT,
            DEVELOPER,
            "INDUSTRY",
            EligibilityMarket.scenarioId(1),
            LocalDate.of(2026, 4, 1),
            LocalDate.of(2026, 9, 30),
            "PER_CALL",
            null,
            new BigDecimal("1500"),
            Set.of("SECURITY_PLAN"));
    var report = within(ask);
    var read = report(developer(), WHOLE);

    assertThat(report.checks().stream().map(check -> check.code() + " " + check.outcome()))
        .containsExactlyElementsOf(
            read.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .map(check -> check.getString("code") + " " + check.getString("outcome"))
                .toList());
    assertThat(report.standing()).isEqualTo(Standing.DEPENDS);
    assertThat(report.unitPrice()).isEqualByComparingTo("0.833333");
    assertThat(report.policyVersion()).isEqualTo(1);
    assertThat(report.institutionId()).isEqualTo(EligibilityMarket.org(0));
    assertThat(report.decisionDueOn()).isEqualTo(LocalDate.of(2026, 3, 9));
  }
}
