package dev.fairground.access;

import static dev.fairground.access.AccessMarket.DUE;
import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.approval;
import static dev.fairground.access.AccessMarket.approved;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.decide;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.institution;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.rules;
import static dev.fairground.access.AccessMarket.step;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Approvals, and the grants that they give. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessDecideTest {
  private static final String TUESDAY = "2026-03-03";

  private final Database database;
  private final Asking asking;

  AccessDecideTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private List<String> grants(JsonObject request) {
    return asking.rows(
        "-- test\nselect number from access_grant where global_id('acr', request_id) = '%s'"
            .formatted(request.getString("id")));
  }

  private JsonObject of(String product, Object... members) {
    var input = asked(MONDAY);
    input.put("productId", product);
    for (int i = 0; i < members.length; i += 2) {
      input.put((String) members[i], members[i + 1]);
    }
    return done(submit(applicant(asking, MONDAY), input));
  }

  private static Map<String, Object> deviation(String field, String granted, String factor) {
    return Map.of(
        "approve",
        Map.of(
            "deviations",
            List.of(
                Map.of(
                    "field",
                    field,
                    "granted",
                    granted,
                    "factor",
                    factor,
                    "justification",
                    "they take a lot",
                    "evidence",
                    "the contract of 2025 over 1000 calls"))));
  }

  @Test
  void an_approval_gives_a_grant_at_the_price_of_the_tariff() {
    var request = submitted(asking, MONDAY);
    var payload = approved(asking, TUESDAY, request);

    assertThat(payload.getJsonObject("decision").encode())
        .contains("\"outcome\":\"APPROVED\"", "\"onTime\":true", "\"workingDays\":1");
    assertThat(payload.getJsonObject("grant").encode())
        .contains("\"state\":\"AWAITING_SIGNATURE\"", "\"amount\":\"2", "\"freeOfCharge\":false");
    assertThat(payload.getJsonObject("accessRequest").encode())
        .contains("\"state\":\"GRANTED\"", "\"version\":2", "\"allowedActions\":[]");
    assertThat(grants(request)).hasSize(1);
    assertThat(
            applicant(asking, TUESDAY)
                .data(
                    "{ accessRequest(id: \"%s\") { grant { number } clocks { ruleName standing } } }"
                        .formatted(request.getString("id")))
                .encode())
        .contains(grants(request).getFirst(), "\"standing\":\"MET\"");
  }

  @Test
  void use_for_welfare_is_free_and_stays_so() {
    var request = of(AccessMarket.PRODUCT, "scenarioId", AccessMarket.WELFARE);
    assertThat(
            rules(
                decide(operator(asking, TUESDAY), request, deviation("UNIT_PRICE", "1", "CREDIT"))))
        .containsExactly("CHECK_FAILED FA-07");
    assertThat(approved(asking, TUESDAY, request).getJsonObject("grant").encode())
        .contains("\"freeOfCharge\":true", "\"amount\":\"0");
  }

  /** A machine with much to do lets the second one wait for longer than a statement may. */
  private JsonObject persistently(JsonObject request) {
    for (int tries = 0; ; tries++) {
      try {
        return decide(operator(asking, TUESDAY), request, approval());
      } catch (AssertionError busy) {
        if (tries == 20 || !String.valueOf(busy.getMessage()).contains("SERVICE_UNAVAILABLE")) {
          throw busy;
        }
      }
    }
  }

  @Test
  void of_two_who_decide_at_once_one_wins_and_there_is_one_grant() {
    for (int round = 0; round < 5; round++) {
      var request = submitted(asking, MONDAY);
      var answers =
          IntStream.range(0, 2)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> persistently(request)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers.stream().filter(one -> one.getJsonArray("userErrors").isEmpty()))
          .hasSize(1);
      assertThat(answers.toString()).contains("VersionConflictError");
      assertThat(grants(request)).hasSize(1);
    }
  }

  @Test
  void nothing_is_approved_after_it_was_withdrawn() {
    var request = submitted(asking, MONDAY);
    var withdrawn = done(step(applicant(asking, MONDAY), "accessRequestWithdraw", request));
    assertThat(decide(operator(asking, TUESDAY), request, approval()).encode())
        .contains("VersionConflictError");
    assertThat(rules(decide(operator(asking, TUESDAY), withdrawn, approval())))
        .containsExactly("STATE_TRANSITION null");
    assertThat(grants(request)).isEmpty();
  }

  @Test
  void a_trial_shows_the_comparison_and_leaves_nothing() {
    var request = submitted(asking, MONDAY);
    var before = asking.rows("-- test\nselect count(*)::text from event_outbox");
    var trial = decide(operator(asking, TUESDAY), "accessRequestDecide", request, approval(), true);
    assertThat(done(trial).getString("state")).isEqualTo("GRANTED");
    assertThat(trial.getJsonObject("comparison").encode()).contains("\"size\":");
    assertThat(trial.getJsonObject("grant").getString("state")).isEqualTo("AWAITING_SIGNATURE");
    assertThat(grants(request)).isEmpty();
    assertThat(asking.rows("-- test\nselect count(*)::text from event_outbox")).isEqualTo(before);
    approved(asking, TUESDAY, request);
  }

  @Test
  void terms_that_differ_need_a_reason_that_was_published() {
    var request = of(AccessMarket.product(12));
    var as = operator(asking, TUESDAY);
    var unequal = decide(as, request, deviation("DISCOUNT", "10", "SMALL_FIRM"));
    assertThat(rules(unequal)).containsExactly("UNEQUAL_TERMS FA-08");
    assertThat(unequal.encode()).contains("UnequalTermsError", "\"field\":\"DISCOUNT\"");
    assertThat(grants(request)).isEmpty();

    assertThat(rules(decide(as, request, deviation("DISCOUNT", "110", "CREDIT"))))
        .containsExactly("INVALID null");
    var given = decide(as, request, deviation("DISCOUNT", "10", "CREDIT"));
    done(given);
    assertThat(given.getJsonObject("grant").encode())
        .contains("\"amount\":\"1.8", "\"field\":\"DISCOUNT\"", "\"factor\":\"CREDIT\"");
  }

  @Test
  void nobody_is_bound_to_deal_with_one_only() {
    var request = submitted(asking, MONDAY);
    for (var kind : List.of("EXCLUSIVE_DEALING", "SOLE_SUPPLY")) {
      var clause =
          Map.of(
              "approve", Map.of("clauses", List.of(Map.of("kind", kind, "text", "only with us"))));
      var refused = decide(operator(asking, TUESDAY), request, clause);
      assertThat(rules(refused)).containsExactly("CHECK_FAILED FA-09");
      assertThat(refused.encode()).contains("\"approve\",\"clauses\",\"0\",\"kind\"");
    }
    assertThat(grants(request)).isEmpty();
  }

  @Test
  void a_grant_ends_within_the_term_that_was_asked_for() {
    var request = submitted(asking, MONDAY);
    assertThat(
            rules(
                decide(
                    operator(asking, TUESDAY),
                    request,
                    Map.of("approve", Map.of("endsOn", "2027-09-01")))))
        .containsExactly("INVALID TERM_AS_ASKED");
  }

  @Test
  void a_refusal_that_is_overturned_gives_one_grant() {
    var request = submitted(asking, MONDAY);
    var refused = refused(asking, TUESDAY, request);
    var under =
        done(step(applicant(asking, TUESDAY), "accessRequestReviewAsk", refused, "grounds", "why"));
    var overturn = Map.of("overturn", Map.of("text", "it is within the authorization"));
    var payload =
        decide(institution(asking, "2026-03-04"), "accessReviewDecide", under, overturn, false);
    done(payload);
    assertThat(payload.getJsonObject("decision").getString("outcome")).isEqualTo("OVERTURNED");
    assertThat(payload.getJsonObject("accessRequest").encode())
        .contains("\"state\":\"GRANTED\"", "\"outcome\":\"REFUSED\"", "\"outcome\":\"OVERTURNED\"");
    assertThat(grants(request)).hasSize(1);
    assertThat(
            decide(institution(asking, "2026-03-04"), "accessReviewDecide", under, overturn, false)
                .encode())
        .contains("VersionConflictError");
    assertThat(grants(request)).hasSize(1);
  }

  @Test
  void a_late_approval_is_a_late_one() {
    var request = submitted(asking, MONDAY);
    assertThat(approved(asking, "2026-03-18", request).getJsonObject("decision").encode())
        .contains("\"onTime\":false", "\"workingDays\":12");
    assertThat(DUE).isLessThan("2026-03-18");
  }

  @Test
  void what_was_suspended_a_moment_ago_is_not_given() {
    var request = of(AccessMarket.OF_OTHER);
    var members = new HashMap<String, Object>();
    members.put("productId", AccessMarket.OF_OTHER);
    asking.change(
        """
        with closed as (
          update product_version set valid_to = '2026-03-03T03:00:00Z'
           where product_id = '00000000-0000-4000-b000-000000000021' and valid_to = 'infinity'
          returning *)
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, status_reason, title,
               locale, authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, version + 1, '2026-03-03T03:00:00Z', kind, code, 'SUSPENDED', 'a leak', title,
               locale, authorization_grant_id, form, tier, purpose_class, published_at, demonstration
          from closed
        """);
    var as =
        asking
            .at(AccessMarket.noon(TUESDAY))
            .as(dev.fairground.kernel.Role.OPERATOR, AccessMarket.OTHER_OPERATOR);
    var payload = decide(as, request, approval());
    assertThat(payload.getJsonArray("userErrors").encode()).contains("NOT_IN_FORCE");
    assertThat(grants(request)).isEmpty();
    var input = asked(TUESDAY);
    input.put("productId", AccessMarket.OF_OTHER);
    assertThat(rules(submit(applicant(asking, TUESDAY), input)))
        .containsExactly("NOT_IN_FORCE PRODUCT_OFFERED");
  }
}
