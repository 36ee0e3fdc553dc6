package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.approval;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.decide;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.noon;
import static dev.fairground.access.AccessMarket.operator;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was asked for is given as it was asked for, or not at all; and time hides nothing. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessAsAskedTest {
  private static final String TUESDAY = "2026-03-03";

  private final Database database;
  private final Asking asking;

  AccessAsAskedTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private void sweep(String day) throws Exception {
    try (var sweep = new AccessSweep(database, InstantSource.fixed(noon(day)))) {
      sweep.run().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private JsonObject read(String day, JsonObject request) {
    return applicant(asking, day)
        .data(
            "{ accessRequest(id: \"%s\") { version state level dueOn overdue held supplementDueOn timeline { kind dueOn } } }"
                .formatted(request.getString("id")))
        .getJsonObject("accessRequest");
  }

  /** The next version of product 11, in another status or with another last day. */
  private void product(String status, String endsOn) {
    asking.change(
        """
        with closed as (
          update product_version set valid_to = valid_from + interval '1 second'
           where product_id = '00000000-0000-4000-b000-000000000011' and valid_to = 'infinity'
          returning *)
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration, ends_on)
        select operator_id, product_id, version + 1, valid_to, kind, code, $1, title, locale, authorization_grant_id,
               form, tier, purpose_class, published_at, demonstration, nullif($2, '')::date
          from closed
        """,
        status,
        endsOn);
  }

  private void authorizations(String state, String newAccessUntil) {
    asking.change(
        """
        with closed as (
          update authorization_grant_version set valid_to = valid_from + interval '1 second'
           where valid_to = 'infinity'
          returning *)
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, new_access_until, exits_on, demonstration)
        select grant_id, version + 1, valid_to, number, institution_id, operator_id, jurisdiction_code, title, locale, mode,
               $1, starts_on, ends_on, nullif($2, '')::date, case when $1 = 'EXITING' then date '2026-12-31' end, demonstration
          from closed
        """,
        state,
        newAccessUntil);
  }

  private static Map<String, Object> until(String day) {
    return Map.of("approve", Map.of("endsOn", day));
  }

  @Test
  void fewer_days_than_were_asked_for_are_a_refusal_without_a_reason() {
    var request = submitted(asking, MONDAY);
    var payload = decide(operator(asking, TUESDAY), request, until("2026-03-04"));
    assertThat(rules(payload)).containsExactly("CHECK_FAILED FA-10");
    assertThat(payload.encode()).contains("\"approve\",\"endsOn\"");
    product("PUBLISHED", "2026-06-30");
    assertThat(rules(decide(operator(asking, TUESDAY), request, approval())))
        .as("the product ends before")
        .containsExactly("OUTSIDE_SCOPE FA-02");
    done(decide(operator(asking, TUESDAY), request, until("2026-06-30")));
    product("PUBLISHED", "");
  }

  @Test
  void nothing_is_given_for_a_scenario_that_was_ruled_out_since() {
    var request = submitted(asking, MONDAY);
    asking.change(
        """
        insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
        select grant_id, version, '00000000-0000-4000-c000-000000000001', false, valid_from
          from authorization_grant_version
         where valid_to = 'infinity' and number = 'grant-1'
        """);
    var refused = decide(operator(asking, TUESDAY), request, approval());
    asking.change("update authorized_scenario set valid_to = valid_from + interval '1 second'");
    assertThat(refused.getJsonArray("userErrors").encode()).contains("FA-03");
    assertThat(refused.getValue("grant")).isNull();
  }

  @Test
  void who_leaves_gives_new_access_until_the_day_that_it_named() {
    var request = submitted(asking, MONDAY);
    authorizations("EXITING", TUESDAY);
    var beyond = asked(TUESDAY);
    beyond.put("endsOn", "2027-01-01");
    assertThat(rules(submit(applicant(asking, TUESDAY), beyond)))
        .as("behind the exit")
        .containsExactly("OUTSIDE_SCOPE FA-02");
    done(submit(applicant(asking, TUESDAY), asked(TUESDAY)));
    assertThat(rules(decide(operator(asking, "2026-03-04"), request, approval())))
        .contains("NOT_IN_FORCE FA-02");
    done(decide(operator(asking, TUESDAY), request, approval()));
    authorizations("ACTIVE", "");
  }

  @Test
  void a_term_that_is_over_is_told_as_one() {
    var request = submitted(asking, MONDAY);
    var payload = decide(operator(asking, "2026-10-08"), request, approval());
    assertThat(rules(payload)).containsExactly("INVALID TERM_AS_ASKED");
    assertThat(payload.encode()).contains("ended on 2026-09-02");
  }

  @Test
  void what_is_overdue_stays_so_when_its_product_is_suspended() throws Exception {
    var request = submitted(asking, MONDAY);
    sweep("2026-03-17");
    product("SUSPENDED", "");
    sweep("2026-03-18");
    assertThat(read("2026-03-18", request).encode())
        .contains("\"overdue\":true", "\"held\":false", "\"dueOn\":\"2026-03-16\"");
    sweep("2026-03-24");
    assertThat(read("2026-03-24", request).getString("level")).isEqualTo("AUTHORITY");
    product("PUBLISHED", "");
  }

  @Test
  void the_days_to_supplement_follow_a_calendar_that_is_published_meanwhile() throws Exception {
    var request = submitted(asking, MONDAY);
    done(
        step(
            operator(asking, TUESDAY),
            "accessRequestAskInformation",
            request,
            "gaps",
            "who reads"));
    assertThat(read(TUESDAY, request).getString("supplementDueOn")).isEqualTo("2026-03-17");
    asking.change(
        "update clock set due_on = '2026-03-19' where subject = $1 and rule = 'accessSupplementWd'",
        request.getString("id"));
    sweep("2026-03-18");
    var told = read("2026-03-18", request);
    assertThat(told.encode())
        .contains("\"state\":\"INCOMPLETE\"", "\"supplementDueOn\":\"2026-03-19\"", "RECOUNTED");
    sweep("2026-03-18");
    assertThat(read("2026-03-18", request).getInteger("version"))
        .isEqualTo(told.getInteger("version"));
    sweep("2026-03-20");
    assertThat(read("2026-03-20", request).getString("state")).isEqualTo("SUBMITTED");
  }

  @Test
  void every_field_of_a_grant_on_trial_can_be_read() {
    var request = submitted(asking, MONDAY);
    var answer =
        operator(asking, TUESDAY)
            .data(
                """
                mutation { accessRequestDecide(input: {id: "%s", expectedVersion: 1, decision: {approve: {}}, validateOnly: true}) {
                  grant { number odrl agreementDigest productStanding { usable } } } }
                """
                    .formatted(request.getString("id")));
    assertThat(answer.encode())
        .contains("\"number\":\"AG-", "\"odrl\":null", "\"productStanding\":null");
  }

  @Test
  void what_waits_or_is_decided_is_due_on_no_day() {
    var open = submitted(asking, MONDAY);
    var waits = submitted(asking, MONDAY);
    done(step(operator(asking, TUESDAY), "accessRequestAskInformation", waits, "gaps", "who"));
    var decided = submitted(asking, MONDAY);
    done(decide(operator(asking, TUESDAY), decided, approval()));
    assertThat(
            AccessMarket.nodes(
                    applicant(asking, TUESDAY),
                    "myAccessRequests",
                    ", filter: {dueOn: {from: \"2026-03-10\"}}")
                .encode())
        .contains(open.getString("id"))
        .doesNotContain(waits.getString("id"), decided.getString("id"));
  }

  @Test
  void nobody_has_to_take_more_than_it_asked_for() {
    var input = asked(MONDAY);
    input.put("productId", AccessMarket.product(12));
    var request = done(submit(applicant(asking, MONDAY), input));
    var more =
        Map.of(
            "approve",
            Map.of(
                "deviations",
                java.util.List.of(
                    Map.of(
                        "field",
                        "MINIMUM_QUANTITY",
                        "granted",
                        "1001",
                        "factor",
                        "SCALE",
                        "justification",
                        "much",
                        "evidence",
                        "the 1000 calls of the request"))));
    var refused = decide(operator(asking, TUESDAY), request, more);
    assertThat(rules(refused)).containsExactly("INVALID FA-26");
    assertThat(refused.encode()).contains("asked for, 1000, can");
  }
}
