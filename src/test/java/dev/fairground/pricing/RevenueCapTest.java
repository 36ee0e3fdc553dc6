package dev.fairground.pricing;

import static dev.fairground.pricing.PriceMarket.ERRORS;
import static dev.fairground.pricing.PriceMarket.TODAY;
import static dev.fairground.pricing.PriceMarket.done;
import static dev.fairground.pricing.PriceMarket.error;
import static dev.fairground.pricing.PriceMarket.errors;
import static dev.fairground.pricing.PriceMarket.key;
import static dev.fairground.pricing.PriceMarket.mutation;
import static dev.fairground.pricing.PriceMarket.operator;
import static dev.fairground.pricing.PriceMarket.priceAuthority;
import static dev.fairground.pricing.PriceMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevenueCapTest {
  private static final String CAP =
      " revenueCap { id version amount { amount } carriedDeduction { amount } } computedAmount { amount } difference { amount }"
          + " proposedDeduction { amount }"
          + ERRORS;
  private static final String REPORT =
      " revenueReport { id version income { amount } correctionReason costs { platform { amount } other { amount } } } revenueCap { id }"
          + ERRORS;

  private final Asking asking;

  RevenueCapTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
  }

  /** An operator of its own, with an authorization. */
  private UUID newOperator() {
    var id = UUID.randomUUID();
    asking.change(
        "insert into organization (id, code, created_at) values ($1, $2, '2024-01-01Z')",
        id,
        id.toString());
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        values ($1, 1, '2024-01-01Z', $2, 'an operator', 'en', 'ENTERPRISE', true)
        """,
        id,
        id.toString());
    var grant = UUID.randomUUID();
    asking.change(
        "insert into authorization_grant (id, number, institution_id, operator_id, created_at) values ($1, $2, $3, $4, '2024-01-01Z')",
        grant,
        grant.toString(),
        PriceMarket.INSTITUTION,
        id);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2099-12-31', true
          from authorization_grant where id = $1
        """,
        grant);
    return id;
  }

  private static Map<String, Object> cap(UUID operator, LocalDate from, String amount) {
    return Map.of(
        "operatorId", PriceMarket.id(operator),
        "startsOn", from.toString(),
        "endsOn", from.plusYears(1).minusDays(1).toString(),
        "amount", amount,
        "document", "价格 9 号",
        "idempotencyKey", key());
  }

  private JsonObject setCap(Map<String, Object> input) {
    return priceAuthority(asking).mutate(mutation("revenueCapSet", CAP), input);
  }

  private JsonObject report(
      UUID operator, Object cap, LocalDate from, LocalDate to, String income, Object... more) {
    return asking
        .as(Role.OPERATOR, operator)
        .mutate(
            mutation("revenueReportSubmit", REPORT),
            with(
                Map.of(
                    "capId", cap,
                    "startsOn", from.toString(),
                    "endsOn", to.toString(),
                    "income", income,
                    "idempotencyKey", key()),
                more));
  }

  @Test
  void the_server_computes_the_formula_again_and_shows_the_difference() {
    var payload =
        done(
            setCap(
                with(
                    cap(newOperator(), TODAY, "1100"),
                    "cost",
                    "1000.000001",
                    "profitPercent",
                    "7.5",
                    "treasuryYieldPercent",
                    "1.8",
                    "tax",
                    "20")));

    assertThat(payload.getJsonObject("computedAmount").getString("amount"))
        .isEqualTo("1095.000001075");
    assertThat(payload.getJsonObject("difference").getString("amount")).isEqualTo("4.999998925");
  }

  @Test
  void a_cap_keeps_to_the_rules_of_its_jurisdiction() {
    var operator = newOperator();
    var tooLong =
        error(setCap(with(cap(operator, TODAY, "1"), "endsOn", TODAY.plusYears(3).toString())));
    var tooHigh =
        error(
            setCap(
                with(
                    cap(operator, TODAY, "1"),
                    "cost",
                    "1",
                    "tax",
                    "0",
                    "profitPercent",
                    "7.8001",
                    "treasuryYieldPercent",
                    "1.8")));

    assertThat(tooLong.getString("rule")).isEqualTo("revenueCapMaxYears");
    assertThat(tooHigh.getString("rule")).isEqualTo("profitMarginPoints");
    assertThat(tooHigh.getString("message")).contains("7.8");
    assertThat(
            errors(
                    setCap(
                        with(
                            cap(operator, TODAY, "-1"),
                            "endsOn",
                            TODAY.minusDays(1).toString(),
                            "cost",
                            "1",
                            "currency",
                            "yuan")))
                .encode())
        .contains("amount", "reversed", "profitPercent", "tax", "currency");
    done(
        setCap(
            with(cap(operator, TODAY, "1"), "endsOn", TODAY.plusYears(3).minusDays(1).toString())));
  }

  @Test
  void an_operator_has_one_cap_at_a_time() {
    var operator = newOperator();
    var first = done(setCap(cap(operator, TODAY, "1"))).getJsonObject("revenueCap");

    var error = error(setCap(cap(operator, TODAY.plusDays(100), "1")));

    assertThat(error.getString("__typename")).isEqualTo("PriceOverlapError");
    assertThat(error.getString("rule")).isEqualTo("FA-21");
    assertThat(error.getJsonObject("overlapping").getString("id")).isEqualTo(first.getString("id"));
    done(
        setCap(with(cap(operator, TODAY, "2"), "id", first.getString("id"), "expectedVersion", 1)));
    assertThat(
            error(
                    setCap(
                        with(
                            cap(operator, TODAY, "3"),
                            "id",
                            first.getString("id"),
                            "expectedVersion",
                            1)))
                .getString("code"))
        .isEqualTo("VERSION_CONFLICT");
  }

  @Test
  void income_is_summed_forecast_and_read_by_those_who_supervise_it() {
    var operator = newOperator();
    var from = TODAY.minusDays(99);
    var cap =
        done(setCap(
                with(
                    cap(operator, from, "1000"),
                    "endsOn",
                    from.plusDays(199).toString(),
                    "carriedDeduction",
                    "200")))
            .getJsonObject("revenueCap")
            .getString("id");
    var report =
        done(report(
                operator, cap, from, from.plusDays(49), "300", "costs", Map.of("platform", "10.5")))
            .getJsonObject("revenueReport");
    done(report(operator, cap, from.plusDays(50), from.plusDays(99), "100"));

    var query =
        "{ node(id: \"%s\") { ... on RevenueCap { amount { amount } income { amount } reportedTo forecast { amount } share excess { amount } reports { id } allowedActions } } }"
            .formatted(cap);
    var told = asking.as(Role.OPERATOR, operator).data(query).encode();
    assertThat(told)
        .contains(
            "\"income\":{\"amount\":\"400\"}",
            "\"forecast\":{\"amount\":\"800\"}",
            "\"share\":\"50\"",
            "\"excess\":{\"amount\":\"0\"}",
            "\"reportedTo\":\"" + from.plusDays(99),
            "REPORT");
    for (var reader :
        new Asking[] {
          priceAuthority(asking),
          asking.as(Role.DATA_AUTHORITY, PriceMarket.DATA_AUTHORITY),
          asking.as(Role.AUDITOR, PriceMarket.ELSEWHERE)
        }) {
      assertThat(reader.data(query).encode()).contains("\"income\":{\"amount\":\"400\"}");
      assertThat(reader.data(node(report.getString("id"))).encode()).contains("300");
    }
    for (var stranger :
        new Asking[] {
          asking,
          operator(asking),
          PriceMarket.institution(asking),
          asking.as(Role.PRICE_AUTHORITY, PriceMarket.ELSEWHERE),
          asking.as(Role.DATA_AUTHORITY, PriceMarket.ELSEWHERE)
        }) {
      assertThat(stranger.data(query).encode())
          .contains(
              "\"amount\":\"1000\"", "\"income\":null", "\"reports\":[]", "\"allowedActions\":[]")
          .doesNotContain("400");
      assertThat(stranger.data(node(report.getString("id"))).getValue("node")).isNull();
    }
    assertThat(
            asking.rows(
                "select distinct open::text from event_outbox where type = 'REVENUE_CAP_CHANGED' and 'income' = any(changed_fields)"))
        .containsExactly("false");
  }

  private static String node(String id) {
    return "{ node(id: \"%s\") { ... on RevenueReport { income { amount } } } }".formatted(id);
  }

  @Test
  void a_report_is_corrected_by_another_version_with_a_reason() {
    var operator = newOperator();
    var from = TODAY.minusDays(60);
    var cap = done(setCap(cap(operator, from, "1000"))).getJsonObject("revenueCap").getString("id");
    var report =
        done(report(operator, cap, from, from.plusDays(9), "10")).getJsonObject("revenueReport");

    assertThat(
            error(report(operator, cap, from.plusDays(9), from.plusDays(20), "10"))
                .getString("__typename"))
        .isEqualTo("PriceOverlapError");
    assertThat(
            error(
                    report(
                        operator,
                        cap,
                        from,
                        from.plusDays(9),
                        "11",
                        "corrects",
                        report.getString("id"),
                        "expectedVersion",
                        1))
                .getString("code"))
        .isEqualTo("REASON_REQUIRED");
    var corrected =
        done(report(
                operator,
                cap,
                from,
                from.plusDays(10),
                "11",
                "corrects",
                report.getString("id"),
                "expectedVersion",
                1,
                "correctionReason",
                "a slip"))
            .getJsonObject("revenueReport");
    assertThat(corrected.getInteger("version")).isEqualTo(2);
    assertThat(
            error(
                    report(
                        operator,
                        cap,
                        from,
                        from.plusDays(10),
                        "12",
                        "corrects",
                        report.getString("id"),
                        "expectedVersion",
                        1,
                        "correctionReason",
                        "again"))
                .getString("code"))
        .isEqualTo("VERSION_CONFLICT");
    assertThat(
            error(report(operator, cap, from.minusDays(1), from.minusDays(1), "1"))
                .getString("message"))
        .contains("own cap");
    assertThat(errors(report(operator, cap, TODAY, TODAY.plusDays(1), "1")).encode())
        .contains("ahead");
  }

  @Test
  void what_came_in_too_much_is_proposed_as_a_deduction_and_set_by_the_authority() {
    var operator = newOperator();
    var from = TODAY.minusYears(1);
    var cap = done(setCap(cap(operator, from, "1000"))).getJsonObject("revenueCap").getString("id");
    done(report(operator, cap, from, TODAY.minusDays(1), "1040.5"));

    var missing = error(setCap(cap(operator, TODAY, "900")));

    assertThat(missing.getString("code")).isEqualTo("REQUIRED");
    assertThat(missing.getString("message")).contains("40.5");
    var next = done(setCap(with(cap(operator, TODAY, "900"), "carriedDeduction", "40.5")));
    assertThat(next.getJsonObject("proposedDeduction").getString("amount")).isEqualTo("40.5");
    assertThat(
            next.getJsonObject("revenueCap").getJsonObject("carriedDeduction").getString("amount"))
        .isEqualTo("40.5");
  }

  @Test
  void only_the_price_authority_sets_caps_and_only_the_operator_reports() {
    var operator = newOperator();
    var input = cap(operator, TODAY, "1");
    var document = mutation("revenueCapSet", CAP);
    assertThat(asking.as(Role.OPERATOR, operator).answer(document, Map.of("input", input)).encode())
        .contains("FORBIDDEN");
    assertThat(
            error(asking.as(Role.PRICE_AUTHORITY, PriceMarket.ELSEWHERE).mutate(document, input))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
    var cap = done(setCap(input)).getJsonObject("revenueCap").getString("id");
    assertThat(error(report(PriceMarket.OPERATOR, cap, TODAY, TODAY, "1")).getString("code"))
        .isEqualTo("FORBIDDEN");
    assertThat(
            error(report(operator, "rc_00000000000040008000000000000099", TODAY, TODAY, "1"))
                .getString("code"))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void an_authorization_that_never_came_about_makes_nobody_its_price_authority() {
    var operator = newOperator();
    var grant = UUID.randomUUID();
    asking.change(
        "insert into authorization_grant (id, number, institution_id, operator_id, created_at) values ($1, $2, $3, $4, '2024-01-01Z')",
        grant,
        grant.toString(),
        PriceMarket.INSTITUTION,
        operator);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '110000', '-', 'zh', 'OVERALL', 'CANDIDATE_PUBLICITY',
               '2024-01-01', '2099-12-31', true
          from authorization_grant where id = $1
        """,
        grant);

    assertThat(
            error(
                    asking
                        .as(Role.PRICE_AUTHORITY, PriceMarket.ELSEWHERE)
                        .mutate(mutation("revenueCapSet", CAP), cap(operator, TODAY, "1")))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void only_tried_a_cap_is_computed_and_not_set() {
    var operator = newOperator();
    var tried =
        done(
            setCap(
                with(
                    cap(operator, TODAY, "12"),
                    "cost",
                    "10",
                    "profitPercent",
                    "5",
                    "tax",
                    "1",
                    "validateOnly",
                    true)));

    assertThat(tried.getValue("revenueCap")).isNull();
    assertThat(tried.getJsonObject("difference").getString("amount")).isEqualTo("0.5");
    done(setCap(cap(operator, TODAY, "12")));
  }

  @Test
  void incomes_of_many_caps_cost_one_statement() {
    var query =
        "{ revenueCaps(first: %d) { nodes { income { amount } share forecast { amount } allowedActions } } }";
    for (int i = 0; i < 3; i++) {
      done(setCap(cap(newOperator(), TODAY, "12")));
    }

    assertThat(priceAuthority(asking).statements(query.formatted(1))).isEqualTo(2);
    assertThat(priceAuthority(asking).statements(query.formatted(3))).isEqualTo(2);
  }
}
