package dev.fairground.access;

import static dev.fairground.access.AccessMarket.APPLICANT;
import static dev.fairground.access.AccessMarket.DUE;
import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.authority;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.id;
import static dev.fairground.access.AccessMarket.institution;
import static dev.fairground.access.AccessMarket.noon;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refusal;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.rules;
import static dev.fairground.access.AccessMarket.step;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request from its being handed in to its decision and its review, without a grant. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessLifeTest {
  private final Database database;
  private final Asking asking;

  AccessLifeTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private void sweep(String day) throws Exception {
    sweep(noon(day));
  }

  private void sweep(Instant at) throws Exception {
    try (var sweep = new AccessSweep(database, InstantSource.fixed(at))) {
      sweep.run().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private JsonObject read(Asking as, JsonObject request) {
    return as.data(
            "{ accessRequest(id: \"%s\") { id version state level dueOn overdue paused held supplementDueOn escalationDueOn timeline { kind onDay level dueOn text by { id } decision { outcome } } clocks { ruleName standing length } documents { code name step } } }"
                .formatted(request.getString("id")))
        .getJsonObject("accessRequest");
  }

  @Test
  void a_request_is_handed_in_with_its_policy_and_its_clock() {
    var request = submitted(asking, MONDAY);

    assertThat(request.getString("number")).matches("AR-2026-[0-9A-F]{10}");
    assertThat(request.encode())
        .contains(
            "\"state\":\"SUBMITTED\"",
            "\"level\":\"OPERATOR\"",
            "\"dueOn\":\"" + DUE + "\"",
            "\"version\":1",
            "\"policyVersion\":0",
            "\"scenarioClass\":\"farming\"",
            "\"purposeClass\":\"INDUSTRY\"",
            "\"allowedActions\":[\"WITHDRAW\"]");
    assertThat(read(operator(asking, MONDAY), request).encode())
        .contains("\"ruleName\":\"accessDecisionWd\",\"standing\":\"RUNNING\",\"length\":10");
  }

  @Test
  void a_policy_that_promises_to_be_quicker_is_held_to_it() {
    var input = asked(MONDAY);
    input.put("productId", AccessMarket.product(12));
    var request = done(submit(applicant(asking, MONDAY), input));
    assertThat(request.encode())
        .contains("\"dueOn\":\"2026-03-05\"", "\"policyVersion\":1", "\"termsNumber\":1");
  }

  @Test
  void what_is_certain_stands_against_a_request_all_at_once() {
    var input = asked(MONDAY);
    input.put("scenarioId", AccessMarket.PROHIBITED);
    input.put("startsOn", "2026-03-01");
    input.put("endsOn", "2100-03-01");
    assertThat(rules(submit(applicant(asking, MONDAY), input)))
        .containsExactlyInAnyOrder(
            "OUTSIDE_SCOPE FA-03", "INVALID TERM_AHEAD", "OUTSIDE_SCOPE FA-02");

    var own = asked(MONDAY);
    own.put("applicantId", id(AccessMarket.OPERATOR));
    assertThat(rules(submit(operator(asking, MONDAY), own)))
        .containsExactly("FORBIDDEN NOT_OF_ONESELF");

    var foreign = asked(MONDAY);
    foreign.put("applicantId", id(AccessMarket.COMPETITOR));
    assertThat(rules(submit(applicant(asking, MONDAY), foreign))).containsExactly("FORBIDDEN null");

    var renewal = asked(MONDAY);
    renewal.put("renewsGrantId", "acg_00000000000040009000000000000001");
    renewal.put("purposeClass", "PUBLIC_WELFARE");
    assertThat(rules(submit(applicant(asking, MONDAY), renewal)))
        .containsExactlyInAnyOrder("NOT_FOUND null", "INVALID FA-07");

    var nothing = asked(MONDAY);
    nothing.put("productId", AccessMarket.product(99));
    assertThat(rules(submit(applicant(asking, MONDAY), nothing))).containsExactly("NOT_FOUND null");
  }

  @Test
  void the_same_key_twice_makes_one_request_and_a_trial_makes_none() {
    var input = asked(MONDAY);
    var first = done(submit(applicant(asking, MONDAY), input));
    assertThat(done(submit(applicant(asking, MONDAY), input)).getString("id"))
        .isEqualTo(first.getString("id"));
    input.put("useStatement", "something else");
    assertThat(submit(applicant(asking, MONDAY), input).encode()).contains("IDEMPOTENCY_MISMATCH");

    var before = asking.rows("-- test\nselect count(*)::text from access_request");
    var trial = asked(MONDAY);
    trial.put("validateOnly", true);
    done(submit(applicant(asking, MONDAY), trial));
    assertThat(asking.rows("-- test\nselect count(*)::text from access_request")).isEqualTo(before);
  }

  @Test
  void one_notice_pauses_the_clock_over_working_days_and_a_second_is_refused() throws Exception {
    var request = submitted(asking, MONDAY);
    // Three working days have gone on Thursday; seven are left.
    var asked =
        done(
            step(
                operator(asking, "2026-03-05"),
                "accessRequestAskInformation",
                request,
                "gaps",
                "the proof of security"));
    assertThat(asked.encode())
        .contains(
            "\"state\":\"INCOMPLETE\"",
            "\"dueOn\":null",
            "\"paused\":true",
            "\"supplementDueOn\":\"2026-03-19\"");
    assertThat(
            rules(
                step(
                    operator(asking, "2026-03-06"),
                    "accessRequestDecide",
                    asked,
                    "decision",
                    refusal("CLASSIFICATION"))))
        .containsExactly("STATE_TRANSITION null");
    assertThat(rules(step(applicant(asking, "2026-03-10"), "accessRequestSupplement", asked)))
        .containsExactly("REQUIRED null");
    var again =
        done(
            step(
                applicant(asking, "2026-03-10"),
                "accessRequestSupplement",
                asked,
                "documents",
                List.of(Map.of("code", "SECURITY", "name", "a certificate", "text", "tested"))));
    assertThat(again.encode()).contains("\"state\":\"SUBMITTED\"", "\"dueOn\":\"2026-03-19\"");
    var second =
        step(
            operator(asking, "2026-03-11"),
            "accessRequestAskInformation",
            again,
            "gaps",
            "one thing more");
    assertThat(rules(second)).containsExactly("STATE_TRANSITION FA-12");
    assertThat(read(applicant(asking, "2026-03-11"), request).encode())
        .contains(
            "\"kind\":\"NOTICE\"",
            "\"text\":\"the proof of security\"",
            "\"kind\":\"SUPPLEMENTED\"",
            "{\"code\":\"SECURITY\",\"name\":\"a certificate\",\"step\":3}");
    var decided = refused(asking, "2026-03-12", again);
    assertThat(decided.getJsonObject("decision").encode())
        .contains("\"outcome\":\"REFUSED\"", "\"onTime\":true", "\"workingDays\":5");
  }

  @Test
  void an_applicant_who_does_not_answer_gets_a_decision_on_what_there_is() throws Exception {
    var request = submitted(asking, MONDAY);
    done(
        step(
            operator(asking, "2026-03-05"),
            "accessRequestAskInformation",
            request,
            "gaps",
            "the proof of security"));
    sweep("2026-03-19");
    assertThat(read(applicant(asking, "2026-03-19"), request).getString("state"))
        .isEqualTo("INCOMPLETE");
    sweep("2026-03-20");
    var back = read(operator(asking, "2026-03-20"), request);
    assertThat(back.encode())
        .contains("\"state\":\"SUBMITTED\"", "\"dueOn\":\"2026-03-31\"", "\"kind\":\"RESUMED\"");
    assertThat(
            done(step(
                    operator(asking, "2026-03-20"),
                    "accessRequestDecide",
                    back,
                    "decision",
                    refusal("INCOMPLETE_AFTER_NOTICE")))
                .encode())
        .contains("\"state\":\"REFUSED\"");
  }

  @Test
  void one_extension_with_a_reason_within_the_rule() {
    var request = submitted(asking, MONDAY);
    var as = operator(asking, "2026-03-05");
    assertThat(
            rules(step(as, "accessRequestExtend", request, "workingDays", 11, "reason", "a lot")))
        .containsExactly("QUOTA accessDecisionWd");
    assertThat(rules(step(as, "accessRequestExtend", request, "workingDays", 5, "reason", " ")))
        .containsExactly("REASON_REQUIRED null");
    var extended =
        done(
            step(
                as,
                "accessRequestExtend",
                request,
                "workingDays",
                5,
                "reason",
                "an expert is ill"));
    assertThat(extended.encode()).contains("\"dueOn\":\"2026-03-23\"", "\"extended\":true");
    assertThat(
            rules(step(as, "accessRequestExtend", extended, "workingDays", 1, "reason", "again")))
        .containsExactly("STATE_TRANSITION FA-12");
    assertThat(read(applicant(asking, "2026-03-05"), request).encode())
        .contains("\"text\":\"an expert is ill\"");
    assertThat(
            asking.rows(
                "-- test\nselect organization_id::text from event_outbox where subject = '%s' and subject_version = 2 union all select organization_id::text from event where subject = '%s' and subject_version = 2"
                    .formatted(request.getString("id"), request.getString("id"))))
        .contains(APPLICANT.toString());
  }

  @Test
  void silence_goes_up_and_never_grants_and_never_lapses() throws Exception {
    var request = submitted(asking, MONDAY);
    sweep(DUE);
    assertThat(read(applicant(asking, DUE), request).getString("level")).isEqualTo("OPERATOR");
    sweep("2026-03-17");
    sweep("2026-03-17");
    var told = read(institution(asking, "2026-03-17"), request);
    assertThat(told.encode())
        .contains(
            "\"state\":\"SUBMITTED\"",
            "\"level\":\"INSTITUTION\"",
            "\"overdue\":true",
            "\"dueOn\":\"" + DUE + "\"",
            "\"escalationDueOn\":\"2026-03-23\"");
    assertThat(
            AccessMarket.nodes(institution(asking, "2026-03-17"), "escalatedRequests", "").encode())
        .contains(request.getString("id"));
    assertThat(
            AccessMarket.nodes(authority(asking, "2026-03-17"), "escalatedRequests", "").encode())
        .doesNotContain(request.getString("id"));
    sweep("2026-03-24");
    var higher = read(authority(asking, "2026-03-24"), request);
    assertThat(higher.getString("level")).isEqualTo("AUTHORITY");
    assertThat(
            higher.getJsonArray("timeline").stream()
                .map(JsonObject.class::cast)
                .map(step -> step.getString("kind") + " " + step.getString("level"))
                .toList())
        .containsExactly("SUBMITTED null", "ESCALATED INSTITUTION", "ESCALATED AUTHORITY");
    assertThat(
            AccessMarket.nodes(authority(asking, "2026-03-24"), "escalatedRequests", "").encode())
        .contains(request.getString("id"));
    sweep("2026-12-01");
    // The institution orders, and does not decide in place of the operator.
    for (var as : List.of(institution(asking, "2026-03-24"), authority(asking, "2026-03-24"))) {
      assertThat(
              as.answer(
                      "mutation ($input: AccessRequestDecideInput!) { accessRequestDecide(input: $input) { userErrors { code } } }",
                      Map.of(
                          "input",
                          Map.of(
                              "id",
                              request.getString("id"),
                              "expectedVersion",
                              3,
                              "decision",
                              refusal("CLASSIFICATION"))))
                  .encode())
          .contains("FORBIDDEN");
    }
    // What is overdue is neither paused nor extended; it may still be decided, and is late.
    assertThat(
            rules(
                step(
                    operator(asking, "2026-03-25"),
                    "accessRequestAskInformation",
                    higher,
                    "gaps",
                    "late")))
        .containsExactly("STATE_TRANSITION FA-12");
    assertThat(refused(asking, "2026-03-25", higher).getJsonObject("decision").encode())
        .contains("\"onTime\":false", "\"workingDays\":17", "\"dueOn\":\"" + DUE + "\"");
  }

  @Test
  void a_refusal_names_reasons_that_were_published() {
    var request = submitted(asking, MONDAY);
    var as = operator(asking, MONDAY);
    // T10: not in the list of the policy.
    var bad = step(as, "accessRequestDecide", request, "decision", refusal("BAD_CREDIT"));
    assertThat(rules(bad)).containsExactly("CHECK_FAILED FA-10");
    assertThat(bad.encode()).contains("\"reasons\",\"0\",\"code\"");
    assertThat(rules(step(as, "accessRequestDecide", request, "decision", refusal())))
        .containsExactly("REASON_REQUIRED FA-10");
    assertThat(
            rules(
                step(
                    as,
                    "accessRequestDecide",
                    request,
                    "decision",
                    refusal("INCOMPLETE_AFTER_NOTICE"))))
        .containsExactly("CHECK_FAILED FA-10");
    assertThat(
            rules(
                step(as, "accessRequestDecide", request, "decision", refusal("FORBIDDEN_BY_LAW"))))
        .containsExactly("REQUIRED FA-10");
    assertThat(
            as.answer(
                    "mutation { accessRequestDecide(input: {id: \"%s\", expectedVersion: 1, decision: {refuse: {}}}) { userErrors { code } } }"
                        .formatted(request.getString("id")),
                    Map.of())
                .encode())
        .contains("errors", "reasons");
  }

  @Test
  void a_refusal_is_reviewed_once_by_the_institution() {
    var request = submitted(asking, MONDAY);
    var refused = refused(asking, "2026-03-04", request);
    assertThat(refused.encode())
        .contains(
            "\"state\":\"REFUSED\"",
            "\"reviewUntil\":\"2026-04-03\"",
            "\"reviewedBy\":\"INSTITUTION\"");
    var as = applicant(asking, "2026-03-05");
    var under = done(step(as, "accessRequestReviewAsk", refused, "grounds", "it is within"));
    assertThat(under.encode())
        .contains(
            "\"state\":\"UNDER_REVIEW\"", "\"level\":\"INSTITUTION\"", "\"dueOn\":\"2026-03-19\"");
    assertThat(
            AccessMarket.nodes(institution(asking, "2026-03-05"), "escalatedRequests", "").encode())
        .contains(request.getString("id"));
    var upheld =
        done(
            step(
                institution(asking, "2026-03-09"),
                "accessReviewDecide",
                under,
                "decision",
                Map.of("uphold", Map.of("reasons", "it is not within"))));
    assertThat(upheld.encode())
        .contains(
            "\"state\":\"REFUSAL_UPHELD\"", "\"outcome\":\"UPHELD\"", "\"level\":\"INSTITUTION\"");
    assertThat(rules(step(as, "accessRequestReviewAsk", upheld, "grounds", "once more")))
        .containsExactly("STATE_TRANSITION null");
  }

  @Test
  void a_review_is_too_late_after_its_days() {
    var refused = refused(asking, "2026-03-04", submitted(asking, MONDAY));
    assertThat(
            rules(
                step(
                    applicant(asking, "2026-04-04"),
                    "accessRequestReviewAsk",
                    refused,
                    "grounds",
                    "late")))
        .containsExactly("STATE_TRANSITION null");
  }

  @Test
  void where_the_institution_is_the_data_authority_the_review_goes_one_level_up() throws Exception {
    var input = asked(MONDAY);
    input.put("productId", AccessMarket.OF_OTHER);
    var request = done(submit(applicant(asking, MONDAY), input));
    var refused =
        done(
            step(
                asking.at(noon("2026-03-04")).as(Role.OPERATOR, AccessMarket.OTHER_OPERATOR),
                "accessRequestDecide",
                request,
                "decision",
                refusal("CLASSIFICATION")));
    assertThat(refused.encode())
        .contains("\"reviewedBy\":\"AUTHORITY\"", "\"reviewJurisdiction\":{\"code\":\"000000\"}");
    var under =
        done(
            step(
                applicant(asking, "2026-03-05"),
                "accessRequestReviewAsk",
                refused,
                "grounds",
                "why"));
    assertThat(under.getString("level")).isEqualTo("AUTHORITY");
    var uphold = Map.of("uphold", Map.of("reasons", "it is right"));
    for (var as :
        List.of(
            institution(asking, "2026-03-06"),
            asking.at(noon("2026-03-06")).as(Role.DATA_AUTHORITY, AccessMarket.INSTITUTION))) {
      assertThat(rules(step(as, "accessReviewDecide", under, "decision", uphold)))
          .containsExactly("FORBIDDEN null");
    }
    assertThat(
            done(step(
                    authority(asking, "2026-03-06"),
                    "accessReviewDecide",
                    under,
                    "decision",
                    uphold))
                .getJsonObject("review")
                .encode())
        .contains("\"level\":\"AUTHORITY\"", id(AccessMarket.AUTHORITY));
  }

  @Test
  void a_review_that_is_overdue_is_told_to_the_authority() throws Exception {
    var refused = refused(asking, "2026-03-04", submitted(asking, MONDAY));
    done(
        step(applicant(asking, "2026-03-05"), "accessRequestReviewAsk", refused, "grounds", "why"));
    sweep("2026-03-20");
    assertThat(read(authority(asking, "2026-03-20"), refused).encode())
        .contains("\"level\":\"AUTHORITY\"", "\"state\":\"UNDER_REVIEW\"");
  }

  @Test
  void a_request_is_withdrawn_while_it_is_open_and_then_nothing_can_be_done_with_it() {
    var request = submitted(asking, MONDAY);
    var withdrawn =
        done(
            step(applicant(asking, MONDAY), "accessRequestWithdraw", request, "reason", "no need"));
    assertThat(withdrawn.encode())
        .contains("\"state\":\"WITHDRAWN\"", "\"allowedActions\":[]", "\"dueOn\":null");
    assertThat(
            rules(
                step(
                    operator(asking, MONDAY),
                    "accessRequestDecide",
                    withdrawn,
                    "decision",
                    refusal("CLASSIFICATION"))))
        .containsExactly("STATE_TRANSITION null");
    assertThat(
            step(
                    operator(asking, MONDAY),
                    "accessRequestDecide",
                    request,
                    "decision",
                    refusal("CLASSIFICATION"))
                .encode())
        .contains("VersionConflictError", "\"currentVersion\":2");
  }
}
