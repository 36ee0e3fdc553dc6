package dev.fairground.contract;

import static dev.fairground.contract.ContractGround.done;
import static dev.fairground.contract.ContractGround.read;
import static dev.fairground.contract.ContractGround.refused;
import static dev.fairground.contract.ContractGround.sign;
import static dev.fairground.contract.ContractGround.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A grant from its signatures to its end, and what stands against each step. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantLifeTest {
  private static final String DAY = "2026-03-02";
  private static final String FIRST = "2026-03-02";
  private static final String LAST = "2027-03-01";

  private final Asking asking;
  private final ContractGround ground;

  GrantLifeTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.ground = new ContractGround(database, asking);
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private JsonObject active() {
    return ground.active(DAY, FIRST, LAST);
  }

  @Test
  void it_is_in_use_once_both_sides_have_signed_what_they_read() {
    var id = ground.given(DAY, "2026-04-01", LAST).globalId();
    var given = read(ground.holder(DAY), id);
    assertThat(given.getString("state")).isEqualTo("AWAITING_SIGNATURE");
    assertThat(given.getJsonArray("allowedActions")).containsExactly("SIGN", "END");
    assertThat(given.getJsonObject("dataspaceState").encode())
        .isEqualTo("{\"negotiation\":\"AGREED\",\"transfer\":null}");
    assertThat(given.getJsonObject("productStanding").getJsonArray("stoppedBy"))
        .containsExactly("NOT_SIGNED", "NOT_STARTED");

    var byHolder =
        done(
            sign(ground.holder("2026-03-03"), given, "agreementNumber", "HT-7", "signatory", "李明"));
    assertThat(byHolder.getString("state")).isEqualTo("AWAITING_SIGNATURE");
    assertThat(byHolder.getJsonArray("allowedActions")).containsExactly("END");
    assertThat(byHolder.getJsonObject("dataspaceState").getString("negotiation"))
        .isEqualTo("VERIFIED");

    var active = done(sign(ground.operator("2026-03-04"), byHolder));
    assertThat(active.getString("state")).isEqualTo("ACTIVE");
    assertThat(active.getJsonArray("signatures").encode())
        .contains("\"agreementNumber\":\"HT-7\",\"signatory\":\"李明\"", "AG-20260302-");
    assertThat(active.getJsonArray("allowedActions"))
        .containsExactly("SUSPEND", "END", "PROPOSE_END");
    assertThat(active.getJsonObject("dataspaceState").encode())
        .isEqualTo("{\"negotiation\":\"FINALIZED\",\"transfer\":\"REQUESTED\"}");
    assertThat(read(ground.holder("2026-04-01"), id).getJsonObject("productStanding").encode())
        .isEqualTo("{\"usable\":true,\"stoppedBy\":[],\"runsOff\":false}");
    assertThat(
            asking.rows(
                "-- test\nselect state || ' ' || due_on || ' ' || (responsible_id = '%s') from clock where subject = '%s' and rule = 'accessSignDays'"
                    .formatted(ContractGround.HOLDER, id)))
        .as("first the holder has to act, then the operator, until the same day")
        .containsExactlyInAnyOrder("MET 2026-04-01 true", "MET 2026-04-01 false");
    assertThat(
            ground
                .institution("2026-03-04")
                .data(
                    "{ accessGrant(id: \"%s\") { history { version step by state } clocks { ruleName } } }"
                        .formatted(id))
                .encode())
        .contains(
            "{\"version\":1,\"step\":\"GIVEN\",\"by\":\"OPERATOR\",\"state\":\"AWAITING_SIGNATURE\"}",
            "{\"version\":2,\"step\":\"SIGNED\",\"by\":\"HOLDER\",\"state\":\"AWAITING_SIGNATURE\"}",
            "{\"version\":3,\"step\":\"SIGNED\",\"by\":\"OPERATOR\",\"state\":\"ACTIVE\"}",
            "accessSignDays");
  }

  @Test
  void nobody_signs_twice_too_late_or_what_it_has_not_read() {
    var id = ground.given(DAY, "2026-04-01", LAST).globalId();
    var given = read(ground.holder(DAY), id);
    var other = sign(ground.holder(DAY), given, "agreementDigest", "0".repeat(64));
    assertThat(refused(other).encode()).contains("INVALID", "agreementDigest");
    var signed = done(sign(ground.holder(DAY), given));
    var twice = refused(sign(ground.holder(DAY), signed));
    assertThat(twice.encode()).contains("STATE_TRANSITION", "Your side has signed it already");
    assertThat(refused(sign(ground.holder(DAY), given)).encode())
        .contains("VERSION_CONFLICT", "\"currentVersion\":2");
    assertThat(refused(sign(ground.operator("2026-04-02"), signed)).encode())
        .contains("STATE_TRANSITION", "until 2026-04-01");
    assertThat(refused(sign(ground.institution(DAY), signed)).encode())
        .as("an institution signs nothing")
        .contains("FORBIDDEN");
    done(sign(ground.operator("2026-04-01"), signed));
  }

  @Test
  void misuse_is_put_right_first_and_ends_it_only_when_it_was_not() {
    var grant = active();
    var operator = ground.operator("2026-05-04");
    assertThat(
            refused(step(operator, "accessGrantEnd", grant, "kind", "BREACH", "reason", "misuse"))
                .encode())
        .contains("STATE_TRANSITION", "put right first", "\"SECURITY\"");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantSuspend",
                        grant,
                        "ground",
                        "MISUSE",
                        "reason",
                        "resold"))
                .encode())
        .contains("REQUIRED", "accessCorrectionDays", "2026-05-19");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantSuspend",
                        grant,
                        "ground",
                        "MISUSE",
                        "reason",
                        "resold",
                        "correctBy",
                        "2026-05-18"))
                .encode())
        .contains("INVALID", "accessCorrectionDays", "2026-05-19");
    assertThat(
            refused(step(operator, "accessGrantSuspend", grant, "ground", "ORDER", "reason", " "))
                .encode())
        .contains("REASON_REQUIRED");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantSuspend",
                        grant,
                        "ground",
                        "PAUSE",
                        "reason",
                        "we like to"))
                .encode())
        .as("no stop without a reason that counts")
        .contains("FA-25", "[MISUSE, SECURITY]");

    var suspended =
        done(
            step(
                operator,
                "accessGrantSuspend",
                grant,
                "ground",
                "MISUSE",
                "reason",
                "resold",
                "correctBy",
                "2026-05-19"));
    assertThat(suspended.getJsonObject("suspension").encode())
        .isEqualTo(
            "{\"by\":\"OPERATOR\",\"ground\":\"MISUSE\",\"reason\":\"resold\",\"correctBy\":\"2026-05-19\",\"uncorrected\":false}");
    assertThat(suspended.getJsonObject("productStanding").getJsonArray("stoppedBy"))
        .containsExactly("SUSPENDED");
    var onTheDay = ground.operator("2026-05-19");
    assertThat(
            refused(
                    step(
                        onTheDay, "accessGrantEnd", suspended, "kind", "BREACH", "reason", "still"))
                .encode())
        .contains("STATE_TRANSITION");
    assertThat(
            refused(
                    step(
                        ground.holder("2026-05-19"),
                        "accessGrantResume",
                        suspended,
                        "reason",
                        "we are good"))
                .encode())
        .as("the wrong side")
        .contains("STATE_TRANSITION", "suspended by its operator");
    var proposed =
        done(
            step(
                ground.holder("2026-05-19"),
                "accessGrantEndPropose",
                suspended,
                "endsOn",
                "2026-06-30",
                "reason",
                "enough"));
    assertThat(proposed.getJsonObject("suspension").getString("reason")).isEqualTo("resold");

    var after = ground.operator("2026-05-20");
    var now = read(after, grant.getString("id"));
    assertThat(now.getJsonArray("allowedEnds"))
        .containsExactly("BREACH", "SECURITY", "PRODUCT_EXIT", "AUTHORIZATION_EXIT");
    assertThat(now.getJsonObject("suspension").getBoolean("uncorrected")).isTrue();
    assertThat(
            after.data("{ accessGrants(filter: {uncorrected: true}) { nodes { id } } }").encode())
        .contains(grant.getString("id"));
    var ended =
        done(step(after, "accessGrantEnd", now, "kind", "BREACH", "reason", "resold still"));
    assertThat(ended.encode())
        .contains("\"state\":\"ENDED\"", "\"endKind\":\"BREACH\"", "\"endedOn\":\"2026-05-20\"");
    assertThat(ended.getJsonObject("dataspaceState").getString("transfer")).isEqualTo("TERMINATED");
    assertThat(ended.getJsonArray("allowedActions")).isEmpty();
  }

  @Test
  void who_suspended_it_resumes_it_or_who_stands_above() {
    var grant = active();
    var paused =
        done(
            step(
                ground.holder("2026-05-04"),
                "accessGrantSuspend",
                grant,
                "ground",
                "PAUSE",
                "reason",
                "no budget"));
    for (var as : List.of(ground.operator("2026-05-05"), ground.authority("2026-05-05"))) {
      assertThat(refused(step(as, "accessGrantResume", paused, "reason", "go on")).encode())
          .contains("STATE_TRANSITION", "by its holder");
    }
    // An order takes the place of a pause, so that nobody evades it by pausing.
    var ordered =
        done(
            step(
                ground.institution("2026-05-05"),
                "accessGrantSuspend",
                paused,
                "ground",
                "ORDER",
                "reason",
                "an inquiry"));
    assertThat(
            refused(step(ground.holder("2026-05-06"), "accessGrantResume", ordered, "reason", "x"))
                .encode())
        .contains("STATE_TRANSITION");
    assertThat(
            refused(
                    step(
                        ground.operator("2026-05-06"), "accessGrantResume", ordered, "reason", "x"))
                .encode())
        .contains("STATE_TRANSITION", "by its institution");
    var nation =
        asking
            .at(ContractGround.noon("2026-05-06"))
            .as(dev.fairground.kernel.Role.DATA_AUTHORITY, ContractGround.NATION);
    assertThat(done(step(nation, "accessGrantResume", ordered, "reason", "cleared")).encode())
        .contains("\"state\":\"ACTIVE\"", "\"suspension\":null");
  }

  @Test
  void a_holder_ends_it_with_notice_and_before_the_signatures_at_once() {
    var grant = active();
    var holder = ground.holder("2026-05-04");
    assertThat(
            refused(
                    step(
                        holder,
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "BY_HOLDER",
                        "reason",
                        "done",
                        "endsOn",
                        "2026-05-31"))
                .encode())
        .contains(
            "NoticeTooShortError", "accessHolderNoticeDays", "\"earliestEndsOn\":\"2026-06-03\"");
    var ending = done(step(holder, "accessGrantEnd", grant, "kind", "BY_HOLDER", "reason", "done"));
    assertThat(ending.encode())
        .contains(
            "\"state\":\"ACTIVE\"", "\"endsOn\":\"2026-06-03\"", "\"plannedEnd\":\"BY_HOLDER\"");
    assertThat(
            done(step(
                    holder,
                    "accessGrantEnd",
                    ending,
                    "kind",
                    "BY_HOLDER",
                    "reason",
                    "later",
                    "endsOn",
                    "2026-07-31"))
                .encode())
        .as("its own day it may put off")
        .contains("\"endsOn\":\"2026-07-31\"");

    var waiting = read(holder, ground.given("2026-05-04", "2026-06-01", LAST).globalId());
    var given = done(step(holder, "accessGrantEnd", waiting, "kind", "BY_HOLDER", "reason", "no"));
    assertThat(given.encode())
        .contains("\"state\":\"ENDED\"", "\"negotiation\":\"TERMINATED\",\"transfer\":null");
  }

  @Test
  void both_sides_end_it_sooner_by_a_proposal_and_its_acceptance() {
    var grant = active();
    var holder = ground.holder("2026-05-04");
    var operator = ground.operator("2026-05-04");
    for (var day : List.of("2026-05-03", LAST)) {
      assertThat(
              refused(
                      step(
                          holder,
                          "accessGrantEndPropose",
                          grant,
                          "endsOn",
                          day,
                          "reason",
                          "moving"))
                  .encode())
          .contains("INVALID", "endsOn");
    }
    var proposed =
        done(
            step(
                holder,
                "accessGrantEndPropose",
                grant,
                "endsOn",
                "2026-05-10",
                "reason",
                "moving"));
    assertThat(proposed.getJsonObject("endProposal").encode())
        .isEqualTo("{\"by\":\"HOLDER\",\"endsOn\":\"2026-05-10\",\"reason\":\"moving\"}");
    assertThat(refused(step(holder, "accessGrantEndAccept", proposed)).encode())
        .contains("STATE_TRANSITION", "The other one accepts it");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantEndPropose",
                        proposed,
                        "endsOn",
                        "2026-05-20",
                        "reason",
                        "no"))
                .encode())
        .contains("STATE_TRANSITION", "Accept it or turn it down first");
    var turnedDown = done(step(operator, "accessGrantEndDrop", proposed, "reason", "too soon"));
    assertThat(turnedDown.getValue("endProposal")).isNull();
    var again =
        done(
            step(
                operator,
                "accessGrantEndPropose",
                turnedDown,
                "endsOn",
                "2026-05-20",
                "reason",
                "as agreed"));
    var agreed = done(step(holder, "accessGrantEndAccept", again));
    assertThat(agreed.encode())
        .contains(
            "\"state\":\"ACTIVE\"",
            "\"endsOn\":\"2026-05-20\"",
            "\"plannedEnd\":\"AGREED\"",
            "\"endProposal\":null");
    var today =
        done(
            step(
                operator,
                "accessGrantEndPropose",
                agreed,
                "endsOn",
                "2026-05-05",
                "reason",
                "today"));
    assertThat(done(step(ground.holder("2026-05-06"), "accessGrantEndAccept", today)).encode())
        .contains("\"state\":\"ENDED\"", "\"endKind\":\"AGREED\"", "\"endedOn\":\"2026-05-06\"");
  }

  @Test
  void an_operator_that_leaves_gives_notice_and_may_offer_another_product() {
    var id =
        ContractGround.accepted(
                ground.give(
                    DAY, ground.approved(DAY, FIRST, "2028-03-01", 13, ContractGround.HOLDER)))
            .globalId();
    var grant = done(sign(ground.holder(DAY), read(ground.holder(DAY), id)));
    grant = done(sign(ground.operator(DAY), grant));
    var operator = ground.operator("2026-05-04");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "PRODUCT_EXIT",
                        "reason",
                        "we stop it"))
                .encode())
        .contains("FA-25", "offered still");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "AUTHORIZATION_EXIT",
                        "reason",
                        "we leave"))
                .encode())
        .contains("FA-25", "notice of exit");
    ground.product(13, "DELISTED");
    assertThat(read(operator, id).getJsonObject("productStanding").encode())
        .as("what was given runs off")
        .isEqualTo("{\"usable\":true,\"stoppedBy\":[],\"runsOff\":true}");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "PRODUCT_EXIT",
                        "reason",
                        "we stop it",
                        "endsOn",
                        "2026-05-04"))
                .encode())
        .contains(
            "NoticeTooShortError", "CHECK_FAILED", "FA-25", "\"earliestEndsOn\":\"2026-11-04\"");
    assertThat(
            refused(
                    step(
                        operator,
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "PRODUCT_EXIT",
                        "reason",
                        "we stop it",
                        "replacementProductId",
                        Ids.write("sc", ContractGround.product(13))))
                .encode())
        .contains("NOT_FOUND", "replacementProductId");
    var other = Ids.write("dp", ContractGround.product(12));
    var ending =
        done(
            step(
                operator,
                "accessGrantEnd",
                grant,
                "kind",
                "PRODUCT_EXIT",
                "reason",
                "we stop it",
                "replacementProductId",
                other));
    assertThat(ending.encode())
        .contains(
            "\"endsOn\":\"2026-11-04\"",
            "\"plannedEnd\":\"PRODUCT_EXIT\"",
            "\"replacement\":{\"id\":\"%s\"}".formatted(other));
    assertThat(
            ground
                .holder("2026-05-04")
                .data(
                    "{ product(id: \"%s\") { ... on ServiceCapability { accessGrants { totalCount nodes { id endsOn } } } } }"
                        .formatted(Ids.write("sc", ContractGround.product(13))))
                .encode())
        .contains("\"totalCount\":1", id);
    // The holder does not wait for the day.
    assertThat(
            done(step(
                    ground.holder("2026-05-04"),
                    "accessGrantEnd",
                    ending,
                    "kind",
                    "BY_HOLDER",
                    "reason",
                    "then now"))
                .encode())
        .contains("\"endsOn\":\"2026-06-03\"", "\"replacement\":{\"id\":\"%s\"}".formatted(other));
    var now = read(operator, id);
    assertThat(
            refused(step(operator, "accessGrantEnd", now, "kind", "PRODUCT_EXIT", "reason", "no"))
                .encode())
        .as("nobody prolongs what the other side has ended")
        .contains("INVALID", "ends on 2026-06-03 already");
  }

  @Test
  void security_ends_it_at_once_and_nobody_else_stops_it_without_a_reason() {
    var grant = active();
    assertThat(
            refused(
                    step(
                        ground.authority("2026-05-04"),
                        "accessGrantEnd",
                        grant,
                        "kind",
                        "PRODUCT_EXIT",
                        "reason",
                        "x"))
                .encode())
        .contains("STATE_TRANSITION", "SECURITY");
    for (var kind : List.of("EXPIRED", "NOT_SIGNED", "AGREED")) {
      assertThat(
              refused(
                      step(
                          ground.operator("2026-05-04"),
                          "accessGrantEnd",
                          grant,
                          "kind",
                          kind,
                          "reason",
                          "x"))
                  .encode())
          .contains("STATE_TRANSITION");
    }
    var tried =
        step(
            ground.operator("2026-05-04"),
            "accessGrantEnd",
            grant,
            "kind",
            "SECURITY",
            "reason",
            "a leak",
            "validateOnly",
            true);
    assertThat(done(tried).getString("state")).as("only tried").isEqualTo("ACTIVE");
    assertThat(
            done(step(
                    ground.operator("2026-05-04"),
                    "accessGrantEnd",
                    grant,
                    "kind",
                    "SECURITY",
                    "reason",
                    "a leak"))
                .encode())
        .contains("\"endKind\":\"SECURITY\"", "\"endsOn\":\"2026-05-04\"");
  }

  @Test
  void a_suspended_product_or_authorization_stops_use_and_ends_no_grant() {
    var grant = active();
    var holder = ground.holder("2026-05-04");
    ground.product(11, "SUSPENDED");
    assertThat(read(holder, grant.getString("id")).getJsonObject("productStanding").encode())
        .contains("\"usable\":false,\"stoppedBy\":[\"PRODUCT_SUSPENDED\"],\"runsOff\":false");
    ground.authorizations("SUSPENDED", "2029-12-31", null);
    assertThat(read(holder, grant.getString("id")).getJsonObject("productStanding").encode())
        .contains("[\"PRODUCT_SUSPENDED\",\"AUTHORIZATION_SUSPENDED\"]");
    ground.authorizations("ENDED", "2029-12-31", null);
    var now = read(holder, grant.getString("id"));
    assertThat(now.getString("state")).isEqualTo("ACTIVE");
    assertThat(now.getJsonObject("productStanding").encode())
        .as("a contract runs off though its product is suspended with its authorization")
        .isEqualTo("{\"usable\":true,\"stoppedBy\":[],\"runsOff\":true}");
    assertThat(
            ground
                .operator("2026-05-04")
                .data(
                    "{ authorization(id: \"%s\") { accessGrants(filter: {state: [ACTIVE, SUSPENDED]}, first: 100) { nodes { id } } } }"
                        .formatted(Ids.write("ag", ContractGround.authorization(1))))
                .encode())
        .contains(grant.getString("id"));
    ground.authorizations("ACTIVE", "2029-12-31", null);
    ground.product(11, "PUBLISHED");
  }

  @Test
  void of_two_steps_at_once_one_is_taken() {
    for (int i = 0; i < 5; i++) {
      var grant = active();
      var payloads =
          Stream.of(true, false)
              .parallel()
              .map(
                  operator ->
                      operator
                          ? step(
                                  ground.operator("2026-05-04"),
                                  "accessGrantEnd",
                                  grant,
                                  "kind",
                                  "SECURITY",
                                  "reason",
                                  "a leak")
                              .encode()
                          : step(
                                  ground.holder("2026-05-04"),
                                  "accessGrantSuspend",
                                  grant,
                                  "ground",
                                  "PAUSE",
                                  "reason",
                                  "a pause")
                              .encode())
              .toList();
      assertThat(payloads.stream().filter(payload -> payload.contains("\"userErrors\":[]")))
          .as(payloads.toString())
          .hasSize(1);
      assertThat(payloads.stream().filter(payload -> payload.contains("VERSION_CONFLICT")))
          .hasSize(1);
    }
  }

  @Test
  void each_party_hears_of_each_step_and_nobody_else() {
    var grant = active();
    done(
        step(
            ground.holder("2026-05-04"),
            "accessGrantSuspend",
            grant,
            "ground",
            "PAUSE",
            "reason",
            "a pause"));
    assertThat(
            asking.rows(
                "-- test\nselect e.organization_id || ' ' || array_to_string(e.changed_fields, ',') || ' ' || e.open from event_outbox e where e.subject = '%s' and e.subject_version = 4"
                    .formatted(grant.getString("id"))))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    ContractGround.HOLDER,
                    ContractGround.OPERATOR,
                    ContractGround.INSTITUTION,
                    ContractGround.HUNAN)
                .map(told -> told + " version,state false")
                .toList());
    assertThat(
            new JsonArray(
                asking.rows(
                    "-- test\nselect distinct subject_version::text from event_outbox where subject = '%s'"
                        .formatted(grant.getString("id")))))
        .hasSize(4);
  }
}
