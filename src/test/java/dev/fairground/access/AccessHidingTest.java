package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.STRANGER;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.authority;
import static dev.fairground.access.AccessMarket.id;
import static dev.fairground.access.AccessMarket.institution;
import static dev.fairground.access.AccessMarket.noon;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.step;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.Hidden;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request is its parties' and its supervisors'; everybody else finds nothing, by no path. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessHidingTest {
  private static final String REFUSE =
      ", decision: {refuse: {reasons: [{code: CLASSIFICATION, explanation: \"no\"}]}}";

  private final Database database;
  private final Asking asking;
  private JsonObject open = new JsonObject();
  private JsonObject refused = new JsonObject();
  private JsonObject under = new JsonObject();

  AccessHidingTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void requests() throws Exception {
    AccessMarket.into(database, asking);
    open = submitted(asking, MONDAY);
    refused = refused(asking, MONDAY, submitted(asking, MONDAY));
    under =
        AccessMarket.done(
            step(
                applicant(asking, MONDAY),
                "accessRequestReviewAsk",
                refused(asking, MONDAY, submitted(asking, MONDAY)),
                "grounds",
                "why"));
  }

  private Map<String, Asking> strangers() {
    var now = asking.at(noon(MONDAY));
    var strangers = new LinkedHashMap<String, Asking>();
    strangers.put("another applicant", now.as(Role.DEVELOPER, AccessMarket.COMPETITOR));
    strangers.put("another operator", now.as(Role.OPERATOR, AccessMarket.OTHER_OPERATOR));
    strangers.put("a stranger's institution", now.as(Role.IMPLEMENTING_INSTITUTION, STRANGER));
    strangers.put("no authority", now.as(Role.DATA_AUTHORITY, STRANGER));
    return strangers;
  }

  private static String change(String mutation, String more) {
    return "mutation ($id: ID!) { %s(input: {id: $id, expectedVersion: 1%s}) { accessRequest { id } %s } }"
        .formatted(mutation, more, AccessMarket.ERRORS);
  }

  @Test
  void strangers_find_no_request_by_any_path_and_take_no_step() {
    strangers()
        .forEach(
            (who, as) -> {
              for (var request : List.of(open, refused, under)) {
                var hidden = new Hidden(request.getString("id"), as);
                hidden.answersAsMissing(
                    "query($id: ID!) { accessRequest(id: $id) { id state timeline { kind } allowedActions } }");
                if (who.contains("applicant")) {
                  hidden.answersAsMissing(
                      change("accessRequestWithdraw", ""),
                      change("accessRequestSupplement", ", text: \"more\""),
                      change("accessRequestReviewAsk", ", grounds: \"why\""));
                }
                if (who.contains("operator")) {
                  hidden.answersAsMissing(
                      change("accessRequestAskInformation", ", gaps: \"all\""),
                      change("accessRequestExtend", ", workingDays: 1, reason: \"why\""),
                      change("accessRequestDecide", REFUSE),
                      change("accessRequestDecide", ", decision: {approve: {}}"));
                }
                if (who.contains("institution") || who.contains("authority")) {
                  hidden.answersAsMissing(
                      change("accessReviewDecide", ", decision: {uphold: {reasons: \"no\"}}"),
                      change("accessReviewDecide", ", decision: {overturn: {}}"));
                }
                hidden.isInNone(
                    "{ accessRequests(first: 100) { nodes { id } } }",
                    "{ myAccessRequests(first: 100) { nodes { id } } }",
                    "{ decisionsDue(first: 100) { nodes { id } } }",
                    "{ escalatedRequests(first: 100) { nodes { id } } }",
                    "{ accessRequests(first: 100, filter: {not: {state: [GRANTED]}}) { nodes { id } } }",
                    "{ accessRequests(first: 100, orderBy: {field: SUBMITTED_AT, direction: DESC}) { nodes { id } } }");
              }
              for (var filter :
                  List.of(
                      "applicant: {eq: \"%s\"}".formatted(id(AccessMarket.APPLICANT)),
                      "product: {eq: \"%s\"}".formatted(AccessMarket.PRODUCT),
                      "number: {eq: \"%s\"}".formatted(open.getString("number")),
                      "number: {startsWith: \"AR-\"}",
                      "operator: {eq: \"%s\"}, overdue: false"
                          .formatted(id(AccessMarket.OPERATOR)))) {
                assertThat(
                        as.data("{ accessRequests(filter: {%s}) { totalCount } }".formatted(filter))
                            .encode())
                    .as(who + " " + filter)
                    .contains("\"totalCount\":0");
              }
            });
  }

  @Test
  void a_decision_is_as_hidden_as_its_request() {
    var decision = refused.getJsonObject("decision").getString("id");
    strangers()
        .values()
        .forEach(
            as ->
                new Hidden(decision, as)
                    .answersAsMissing(
                        "query($id: ID!) { accessDecision(id: $id) { id outcome reasons { code } request { id } } }"));
    for (var as :
        List.of(
            applicant(asking, MONDAY),
            operator(asking, MONDAY),
            institution(asking, MONDAY),
            authority(asking, MONDAY))) {
      assertThat(
              as.data(
                      "{ accessDecision(id: \"%s\") { outcome request { id } } }"
                          .formatted(decision))
                  .encode())
          .contains("REFUSED", refused.getString("id"));
    }
  }

  @Test
  void the_public_needs_credentials() {
    for (var request : List.of(open, refused, under)) {
      new Hidden(request.getString("id"), asking).answersAsMissing();
    }
    for (var list :
        List.of("accessRequests", "myAccessRequests", "decisionsDue", "escalatedRequests")) {
      assertThat(asking.errors("{ %s { totalCount } }".formatted(list)).encode())
          .contains("UNAUTHENTICATED");
    }
  }

  @Test
  void an_auditor_reads_all_and_changes_nothing() {
    var auditor = asking.at(noon(MONDAY)).as(Role.AUDITOR, STRANGER);
    assertThat(
            auditor.data("{ accessRequests(first: 100) { nodes { id allowedActions } } }").encode())
        .contains(open.getString("id"), under.getString("id"))
        .doesNotContain("DECIDE", "WITHDRAW");
  }

  @Test
  void parties_may_read_what_they_may_not_change() {
    assertThat(
            AccessMarket.rules(
                step(
                    institution(asking, MONDAY),
                    "accessReviewDecide",
                    open,
                    "decision",
                    Map.of("uphold", Map.of("reasons", "no")))))
        .containsExactly("STATE_TRANSITION null");
    assertThat(
            AccessMarket.rules(
                step(
                    authority(asking, MONDAY),
                    "accessReviewDecide",
                    under,
                    "decision",
                    Map.of("uphold", Map.of("reasons", "no")))))
        .containsExactly("FORBIDDEN null");
  }

  @Test
  void a_key_of_another_caller_tells_nothing() {
    var input = asked(MONDAY);
    AccessMarket.done(submit(applicant(asking, MONDAY), input));
    input.put("applicantId", id(AccessMarket.COMPETITOR));
    var other = submit(asking.at(noon(MONDAY)).as(Role.DEVELOPER, AccessMarket.COMPETITOR), input);
    assertThat(other.getJsonArray("userErrors")).isEmpty();
    assertThat(other.getJsonObject("accessRequest").getInteger("version")).isEqualTo(1);
  }

  @Test
  void events_are_told_to_the_parties_and_to_nobody_else() {
    assertThat(
            asking.rows(
                """
                -- test
                select distinct e.organization_id::text
                  from (select subject, organization_id, open from event_outbox
                        union all select subject, organization_id, open from event) as e
                 where e.subject = '%s' order by 1
                """
                    .formatted(open.getString("id"))))
        .containsExactly(
            AccessMarket.INSTITUTION.toString(),
            AccessMarket.OPERATOR.toString(),
            AccessMarket.AUTHORITY.toString(),
            AccessMarket.APPLICANT.toString());
    assertThat(
            asking.rows(
                "-- test\nselect subject from event_outbox where type like 'ACCESS_REQUEST%' and open"))
        .isEmpty();
  }
}
