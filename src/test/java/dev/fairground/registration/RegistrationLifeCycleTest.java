package dev.fairground.registration;

import static dev.fairground.registration.RegistrationGround.APPLICATION;
import static dev.fairground.registration.RegistrationGround.BEIJING;
import static dev.fairground.registration.RegistrationGround.HOLDER;
import static dev.fairground.registration.RegistrationGround.HUNAN;
import static dev.fairground.registration.RegistrationGround.NATION;
import static dev.fairground.registration.RegistrationGround.application;
import static dev.fairground.registration.RegistrationGround.content;
import static dev.fairground.registration.RegistrationGround.done;
import static dev.fairground.registration.RegistrationGround.id;
import static dev.fairground.registration.RegistrationGround.input;
import static dev.fairground.registration.RegistrationGround.key;
import static dev.fairground.registration.RegistrationGround.mutation;
import static dev.fairground.registration.RegistrationGround.product;
import static dev.fairground.registration.RegistrationGround.step;
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

/** The rules of 公共数据资源登记管理暂行办法, with days computed by the calendar of the law. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationLifeCycleTest {
  private final Database database;
  private final Asking asking;
  private final RegistrationGround ground;

  RegistrationLifeCycleTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.ground = new RegistrationGround(database, asking);
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private JsonObject of(JsonObject application, String fields) {
    return ground
        .holder("2025-11-28")
        .data(
            "{ registrationApplication(id: \"%s\") { %s } }"
                .formatted(application.getString("id"), fields))
        .getJsonObject("registrationApplication");
  }

  private static String errors(JsonObject payload) {
    assertThat(payload.getJsonArray("userErrors")).as(payload.encode()).isNotEmpty();
    return payload.getJsonArray("userErrors").encode();
  }

  private RegistrationSweep.Swept sweep(String day) throws Exception {
    return new RegistrationSweep(database, InstantSource.fixed(RegistrationGround.noon(day)))
        .run()
        .await(20, TimeUnit.SECONDS);
  }

  @Test
  void a_product_goes_from_its_first_delivery_to_a_code_on_the_days_of_the_law() {
    var asked =
        "{ product(id: \"%s\") { firstDeliveredOn registrationDueOn registrationStanding } }"
            .formatted(product(11));
    done(
        ground
            .operator("2025-09-16")
            .mutate(
                mutation(
                    "productFirstDeliveryReport", "product { code }" + RegistrationGround.ERRORS),
                input("productId", product(11), "deliveredOn", "2025-09-15")));
    assertThat(asking.data(asked).encode())
        .contains(
            "\"firstDeliveredOn\":\"2025-09-15\",\"registrationDueOn\":\"2025-10-17\",\"registrationStanding\":\"TO_BE_REGISTERED\"");

    var draft =
        application(
            ground
                .operator("2025-10-13")
                .mutate(
                    mutation("registrationApplicationCreate", APPLICATION),
                    input(
                        "kind",
                        "FIRST",
                        "applicantId",
                        id(RegistrationGround.OPERATOR),
                        "productId",
                        product(11),
                        "registrarId",
                        id(NATION),
                        "content",
                        content(true),
                        "idempotencyKey",
                        key())));
    assertThat(draft.getJsonArray("allowedActions").getList())
        .containsExactly("UPDATE", "SUBMIT", "WITHDRAW");
    var submitted =
        application(step(ground.operator("2025-10-13"), "registrationApplicationSubmit", draft));
    assertThat(submitted.getString("dueOn")).isEqualTo("2025-10-16");
    assertThat(submitted.getBoolean("late")).isFalse();
    assertThat(asking.data(asked).encode())
        .as("private until publicity")
        .contains("TO_BE_REGISTERED");
    assertThat(ground.operator("2025-10-14").data(asked).encode()).contains("IN_PROGRESS");
    assertThat(ground.registrar("2025-10-14").data(asked).encode()).contains("IN_PROGRESS");

    var accepted =
        application(step(ground.registrar("2025-10-16"), "registrationAccept", submitted));
    assertThat(accepted.getString("dueOn")).isEqualTo("2025-11-13");
    var shown =
        application(step(ground.registrar("2025-11-13"), "registrationReviewPass", accepted));
    assertThat(shown.getString("dueOn")).isEqualTo("2025-11-27");
    assertThat(asking.data(asked).encode()).contains("IN_PROGRESS");
    assertThat(errors(step(ground.registrar("2025-11-27"), "registrationCode", shown)))
        .contains("STATE_TRANSITION", "until the end of 2025-11-27");

    var coded = done(step(ground.registrar("2025-11-28"), "registrationCode", shown));
    assertThat(coded.getInteger("affectedCount")).isEqualTo(1);
    var registration =
        asking
            .data(
                "{ registration(id: \"%s\") { code codedOn validUntil registrantName dataName contentSummary confirmationSheet } }"
                    .formatted(application(coded).getJsonObject("registration").getString("id")))
            .getJsonObject("registration");
    // Its authorization ends before three years are over.
    assertThat(registration.getString("validUntil")).isEqualTo("2026-12-31");
    assertThat(registration.getString("code")).matches("00\\d{20}");
    assertThat(
            ground
                .operator("2025-12-01")
                .data(
                    "{ registrationApplication(id: \"%s\") { clocks { standing } } }"
                        .formatted(draft.getString("id")))
                .encode())
        .doesNotContain("MET_LATE");
    assertThat(registration.encode()).contains("气象局", "气象查询", "查询天气", "\"confirmationSheet\":null");
    assertThat(asking.at(RegistrationGround.noon("2026-12-31")).data(asked).encode())
        .contains("REGISTERED");
    assertThat(asking.at(RegistrationGround.noon("2027-01-01")).data(asked).encode())
        .contains("EXPIRED");
    assertThat(
            asking.rows(
                "-- test\nselect count(*)::text from check_due where product_id = '00000000-0000-4000-b000-000000000011' and cause = 'REGISTRATION_CHANGE'"))
        .containsExactly("1");
  }

  @Test
  void a_resource_is_valid_for_three_years_from_the_day_of_its_code() {
    var registration = ground.registered();
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { codedOn validUntil } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains("\"codedOn\":\"2025-11-28\",\"validUntil\":\"2028-11-27\"");
  }

  @Test
  void an_application_after_the_days_for_it_is_taken_and_marked_as_late() {
    assertThat(ground.submitted("2025-10-17", ground.resource(), NATION).getBoolean("late"))
        .isFalse();
    assertThat(ground.submitted("2025-10-20", ground.resource(), NATION).getBoolean("late"))
        .isTrue();
  }

  @Test
  void what_the_form_lacks_is_told_by_block_and_member_all_of_it() {
    var draft = ground.draft("2025-10-13", ground.resource(), NATION);
    var less =
        application(
            step(
                ground.holder("2025-10-13"),
                "registrationApplicationUpdate",
                draft,
                "content",
                input(
                    "evidenceDeposit",
                    null,
                    "lawfulSource",
                    Map.of("sourceType", "OTHER"),
                    "subject",
                    Map.of("agentName", "代理"))));
    assertThat(of(less, "missing { block member }").encode())
        .contains(
            "{\"block\":\"EVIDENCE_DEPOSIT\",\"member\":\"hash\"}",
            "{\"block\":\"LAWFUL_SOURCE\",\"member\":\"sourceText\"}",
            "{\"block\":\"SUBJECT\",\"member\":\"powerOfAttorney\"}");
    assertThat(errors(step(ground.holder("2025-10-13"), "registrationApplicationSubmit", less)))
        .contains(
            "completeApplication",
            "[\"input\",\"id\",\"content\",\"evidenceDeposit\",\"certificateNumber\"]");
  }

  @Test
  void beijing_wants_the_scenarios_ruled_out_and_shows_more_of_an_application() {
    var draft = ground.draft("2026-03-02", ground.resource(), BEIJING);
    assertThat(errors(step(ground.holder("2026-03-02"), "registrationApplicationSubmit", draft)))
        .contains("\"scenario\",\"prohibited\"", "\"scenario\",\"allowed\"");
    var now =
        application(
            step(
                ground.holder("2026-03-02"),
                "registrationApplicationUpdate",
                draft,
                "content",
                Map.of("scenario", Map.of("allowed", List.of("保险"), "prohibited", List.of("营销")))));
    now = application(step(ground.holder("2026-03-02"), "registrationApplicationSubmit", now));
    now = application(step(ground.registrar("2026-03-03", BEIJING), "registrationAccept", now));
    now = application(step(ground.registrar("2026-03-04", BEIJING), "registrationReviewPass", now));
    var notice = now.getJsonObject("notice").getString("id");
    assertThat(
            asking
                .data(
                    "{ registrationNotice(id: \"%s\") { sectorCode jointHolders } }"
                        .formatted(notice))
                .encode())
        .contains("M74", "环境局");
    now =
        application(
            step(
                ground.registrar("2026-03-19", BEIJING),
                "registrationCode",
                now,
                "code",
                "1100-X"));
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { code confirmationSheet } }"
                        .formatted(now.getJsonObject("registration").getString("id")))
                .encode())
        .contains("\"code\":\"1100-X\",\"confirmationSheet\":\"QRD-1100-X\"");

    var other = ground.inPublicity();
    assertThat(
            asking
                .data(
                    "{ registrationNotice(id: \"%s\") { sectorCode jointHolders } }"
                        .formatted(other.getJsonObject("notice").getString("id")))
                .encode())
        .contains("\"sectorCode\":null,\"jointHolders\":[]");
    assertThat(
            errors(
                step(ground.registrar("2026-03-19"), "registrationCode", other, "code", "1100-X")))
        .contains("ALREADY_EXISTS", "uniqueCode");
  }

  @Test
  void there_is_one_notice_of_what_is_missing_and_the_days_count_anew_from_the_resubmission() {
    var submitted = ground.submitted("2025-10-13", ground.resource(), NATION);
    assertThat(
            errors(
                step(
                    ground.registrar("2025-10-14"),
                    "registrationSupplementRequest",
                    submitted,
                    "gaps",
                    List.of(Map.of("block", "RESOURCE", "member", "nonsense")))))
        .contains("no such member");
    var back =
        application(
            step(
                ground.registrar("2025-10-14"),
                "registrationSupplementRequest",
                submitted,
                "gaps",
                List.of(
                    Map.of("block", "SECURITY_ASSESSMENT", "member", "report", "text", "illegible"),
                    Map.of("block", "SCENARIO"))));
    assertThat(back.getString("state")).isEqualTo("SUPPLEMENT_REQUIRED");
    assertThat(back.getString("dueOn")).as("no rule says how long").isNull();
    var again =
        application(
            step(
                ground.holder("2025-10-20"),
                "registrationApplicationUpdate",
                back,
                "content",
                Map.of("securityAssessment", Map.of("report", "R-2"))));
    again = application(step(ground.holder("2025-10-20"), "registrationApplicationSubmit", again));
    assertThat(again.getString("dueOn")).isEqualTo("2025-10-23");
    assertThat(of(again, "submittedAt").encode())
        .as("what was in time stays in time")
        .contains("2025-10-13");
    assertThat(
            errors(
                step(
                    ground.registrar("2025-10-21"),
                    "registrationSupplementRequest",
                    again,
                    "gaps",
                    List.of(Map.of("block", "SCENARIO")))))
        .contains("STATE_TRANSITION", "one only", "\"allowed\":[\"ACCEPT\",\"REFUSE_ACCEPTANCE\"]");
    assertThat(
            of(again, "supplement { block member text } clocks { ruleName standing dueOn }")
                .encode())
        .contains(
            "illegible",
            "{\"ruleName\":\"acceptWd\",\"standing\":\"MET\",\"dueOn\":\"2025-10-16\"}",
            "{\"ruleName\":\"acceptWd\",\"standing\":\"OVERDUE\",\"dueOn\":\"2025-10-23\"}");
  }

  @Test
  void a_refusal_needs_reasons_and_so_does_a_failed_review() {
    var submitted = ground.submitted("2025-10-13", ground.resource(), NATION);
    assertThat(
            errors(
                step(
                    ground.registrar("2025-10-14"),
                    "registrationAcceptanceRefuse",
                    submitted,
                    "reasons",
                    " ")))
        .contains("REASON_REQUIRED");
    var refused =
        application(
            step(
                ground.registrar("2025-10-14"),
                "registrationAcceptanceRefuse",
                submitted,
                "reasons",
                "not ours"));
    assertThat(refused.getString("state")).isEqualTo("NOT_ACCEPTED");
    assertThat(of(refused, "stateReason").encode()).contains("not ours");
    var failed =
        application(
            step(
                ground.registrar("2025-11-11"),
                "registrationReviewFail",
                ground.accepted("2025-11-10", NATION),
                "reasons",
                "disputed"));
    assertThat(failed.getString("state")).isEqualTo("REJECTED");
    assertThat(failed.getJsonArray("allowedActions")).isEmpty();
  }

  @Test
  void an_overdue_review_goes_on_when_its_delay_was_explained() {
    var accepted = ground.accepted("2025-10-16", HUNAN);
    assertThat(accepted.getString("dueOn")).as("fifteen days in Hunan").isEqualTo("2025-11-06");
    var late = ground.registrar("2025-11-07", HUNAN);
    assertThat(errors(step(late, "registrationReviewPass", accepted)))
        .contains("Tell the reason for the delay first", "\"allowed\":[\"EXPLAIN_DELAY\"]");
    var explained =
        application(step(late, "registrationReviewDelayExplain", accepted, "reasons", "much work"));
    assertThat(explained.getBoolean("overdue")).isTrue();
    assertThat(application(step(late, "registrationReviewPass", explained)).getString("state"))
        .isEqualTo("IN_PUBLICITY");
  }

  @Test
  void a_rule_that_changes_during_a_review_does_not_move_its_clock() {
    var accepted = ground.accepted("2025-10-16", HUNAN);
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ('00000000-0000-4000-f000-000000000001', '430000', 9, '规则', 'rules', '2025-10-20', '2025-10-20Z')
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        values ('00000000-0000-4000-f000-000000000001', 'reviewWd', '20', 'WORKING_DAYS', '期限', 'days', 'a test', 'PROPOSAL')
        """);
    assertThat(of(accepted, "dueOn clocks { ruleName length dueOn }").encode())
        .contains(
            "{\"dueOn\":\"2025-11-06\"",
            "{\"ruleName\":\"reviewWd\",\"length\":15,\"dueOn\":\"2025-11-06\"}");
    assertThat(ground.accepted("2025-10-20", HUNAN).getString("dueOn"))
        .as("one that begins later")
        .isEqualTo("2025-11-17");
    asking.change(
        "update rule_set set replaced_on = '2025-11-01', replaced_at = now() where version = 9");
  }

  @Test
  void an_objection_one_minute_before_the_end_of_the_last_day_is_taken_and_one_after_it_is_not() {
    var last = Instant.parse("2025-11-27T15:59:00Z");
    var objected = done(ground.object(last, ground.inPublicity())).getJsonObject("objection");
    assertThat(objected).isNotNull();
    assertThat(errors(ground.object(Instant.parse("2025-11-27T16:00:00Z"), ground.inPublicity())))
        .contains("STATE_TRANSITION", "until the end of 2025-11-27", "\"from\":\"OPEN\"");
  }

  @Test
  void an_objection_that_is_upheld_ends_the_application_and_its_notice() {
    var shown = ground.inPublicity();
    var first =
        done(ground.object(RegistrationGround.noon("2025-11-14"), shown))
            .getJsonObject("objection");
    done(ground.object(RegistrationGround.noon("2025-11-17"), shown));
    assertThat(
            of(shown, "state dueOn allowedActions objections { personName contact state }")
                .encode())
        .contains(
            "OBJECTED", "\"dueOn\":\"2025-11-21\"", "\"allowedActions\":[]", "\"contact\":null");
    var answered =
        done(step(
                ground.holder("2025-11-18"),
                "registrationObjectionAnswer",
                first,
                "answer",
                "it is ours"))
            .getJsonObject("objection");
    assertThat(
            errors(
                step(
                    ground.registrar("2025-11-18", BEIJING),
                    "registrationObjectionDecide",
                    answered,
                    "upheld",
                    false,
                    "reasons",
                    "no")))
        .contains("NOT_FOUND");
    var decided =
        done(step(
                ground.registrar("2025-11-18"),
                "registrationObjectionDecide",
                answered,
                "upheld",
                true,
                "reasons",
                "it is theirs"))
            .getJsonObject("objection");
    assertThat(decided.getString("state")).isEqualTo("UPHELD");
    assertThat(
            of(
                    shown,
                    "state stateReason objections { state } notice { state } clocks { ruleName standing }")
                .encode())
        .contains(
            "TERMINATED",
            "it is theirs",
            "CLOSED",
            "{\"ruleName\":\"publicityWd\",\"standing\":\"STOPPED\"}");
    assertThat(errors(ground.object(RegistrationGround.noon("2025-11-19"), shown)))
        .contains("STATE_TRANSITION", "TERMINATED");
  }

  @Test
  void a_publicity_lasts_as_long_as_its_clock_and_is_not_over_on_a_provisional_day()
      throws Exception {
    var shown = ground.inPublicity();
    var subject = shown.getString("id");
    asking.change(
        "update clock set unknown_years = '{2025}' where subject = $1 and rule = 'publicityWd'",
        subject);
    sweep("2025-11-28");
    assertThat(of(shown, "state").encode()).contains("IN_PUBLICITY");

    asking.change(
        "update clock set unknown_years = '{}', due_on = '2025-12-01' where subject = $1 and rule = 'publicityWd'",
        subject);
    sweep("2025-11-28");
    assertThat(of(shown, "state publicityEndsOn dueOn notice { endsOn state }").encode())
        .contains("IN_PUBLICITY", "\"publicityEndsOn\":\"2025-12-01\"")
        .contains("\"dueOn\":\"2025-12-01\"", "\"endsOn\":\"2025-12-01\"", "OPEN");
    sweep("2025-12-02");
    assertThat(of(shown, "state").encode()).contains("CODED");
  }

  @Test
  void an_objection_that_is_rejected_does_not_shorten_the_publicity_nor_lengthen_it()
      throws Exception {
    var shown = ground.inPublicity();
    var objection =
        done(ground.object(RegistrationGround.noon("2025-11-14"), shown))
            .getJsonObject("objection");
    sweep("2025-12-01");
    assertThat(of(shown, "state").encode()).as("not while it is open").contains("OBJECTED");
    done(
        step(
            ground.registrar("2025-11-17"),
            "registrationObjectionDecide",
            objection,
            "upheld",
            false,
            "reasons",
            "unfounded"));
    assertThat(of(shown, "state publicityEndsOn dueOn").encode())
        .contains("IN_PUBLICITY", "\"dueOn\":\"2025-11-27\"");
    sweep("2025-11-27");
    assertThat(of(shown, "state").encode()).as("not on its last day").contains("IN_PUBLICITY");
    assertThat(sweep("2025-11-28").coded()).isPositive();
    assertThat(
            of(
                    shown,
                    "state registration { state codedOn } notice { state registration { state } }")
                .encode())
        .contains("CODED", "\"codedOn\":\"2025-11-28\"");
    assertThat(sweep("2025-11-28").coded()).isZero();
  }

  @Test
  void a_person_hands_an_objection_to_the_registrar_which_enters_it() {
    var shown = ground.inPublicity();
    var entered =
        done(
            ground
                .registrar("2025-11-28")
                .mutate(
                    mutation("registrationObject", RegistrationGround.OBJECTION),
                    input(
                        "noticeId",
                        shown.getJsonObject("notice").getString("id"),
                        "name",
                        "张伟",
                        "contact",
                        "a letter",
                        "grounds",
                        "mine",
                        "evidence",
                        List.of("a deed"),
                        "receivedAt",
                        "2025-11-27T15:00:00Z",
                        "idempotencyKey",
                        key())));
    assertThat(entered.getJsonObject("objection")).isNotNull();
    assertThat(
            errors(
                ground
                    .registrar("2025-11-28")
                    .mutate(
                        mutation("registrationObject", RegistrationGround.OBJECTION),
                        input(
                            "noticeId",
                            shown.getJsonObject("notice").getString("id"),
                            "name",
                            "张伟",
                            "contact",
                            "a letter",
                            "grounds",
                            "mine",
                            "evidence",
                            List.of("a deed"),
                            "receivedAt",
                            "2020-01-01T00:00:00Z",
                            "idempotencyKey",
                            key()))))
        .as("before there was a notice")
        .contains("receivedAt");
    assertThat(
            errors(
                asking
                    .at(RegistrationGround.noon("2025-11-14"))
                    .as(Role.DEVELOPER, RegistrationGround.NEIGHBOUR)
                    .mutate(
                        mutation("registrationObject", RegistrationGround.OBJECTION),
                        input(
                            "noticeId",
                            shown.getJsonObject("notice").getString("id"),
                            "name",
                            "x",
                            "contact",
                            "x",
                            "grounds",
                            "x",
                            "evidence",
                            List.of(),
                            "idempotencyKey",
                            key()))))
        .contains("realName", "objectionWithEvidence");
  }

  @Test
  void a_renewal_sixty_one_days_before_the_end_is_too_early_and_sixty_days_before_is_not()
      throws Exception {
    var registration = ground.registered();
    var id = registration.getString("id");
    var early = renew(ground.holder("2028-09-27"), id);
    assertThat(errors(early)).contains("renewWindowDays", "Apply from 2028-09-28 on");
    assertThat(
            ground
                .holder("2028-09-27")
                .data("{ registration(id: \"%s\") { allowedActions } }".formatted(id))
                .encode())
        .contains("[\"CHANGE\",\"CORRECT\",\"CANCEL\"]");
    assertThat(
            ground
                .holder("2028-09-28")
                .data("{ registration(id: \"%s\") { allowedActions } }".formatted(id))
                .encode())
        .contains("[\"RENEW\",\"CHANGE\",\"CORRECT\",\"CANCEL\"]");
    var now = application(renew(ground.holder("2028-09-28"), id));
    assertThat(now.getString("state")).isEqualTo("SUBMITTED");
    now = application(step(ground.registrar("2028-09-29"), "registrationAccept", now));
    now = application(step(ground.registrar("2028-10-10"), "registrationReviewPass", now));
    assertThat(now.getString("state")).isEqualTo("CODED");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { code kind validUntil termStartsOn version } }"
                        .formatted(id))
                .encode())
        .contains(
            "\"kind\":\"RENEWAL\",\"validUntil\":\"2031-11-27\",\"termStartsOn\":\"2028-11-28\",\"version\":2");
  }

  private JsonObject renew(Asking as, String id) {
    return as.mutate(
        mutation("registrationRenew", APPLICATION),
        input("registrationId", id, "applicantId", id(HOLDER), "idempotencyKey", key()));
  }

  @Test
  void a_registration_of_a_product_is_not_renewed_beyond_its_authorization() {
    var registration = ground.registered(product(12));
    var refused =
        ground
            .operator("2026-12-01")
            .mutate(
                mutation("registrationRenew", APPLICATION),
                input(
                    "registrationId",
                    registration.getString("id"),
                    "applicantId",
                    id(RegistrationGround.OPERATOR),
                    "idempotencyKey",
                    key()));
    assertThat(errors(refused)).contains("withinAuthorization", "ends on 2026-12-31");
  }

  @Test
  void a_registration_that_nobody_renews_ends_by_itself() throws Exception {
    var registration = ground.registered();
    var other = ground.registered();
    application(renew(ground.holder("2028-11-27"), other.getString("id")));
    sweep("2028-11-27");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { state } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains("VALID");
    assertThat(sweep("2028-11-28").ended()).isPositive();
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { state stateReason } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains("DEREGISTERED", "valid until 2028-11-27, and was not renewed");
    assertThat(
            asking
                .data("{ registration(id: \"%s\") { state } }".formatted(other.getString("id")))
                .encode())
        .contains("VALID");
    assertThat(sweep("2028-11-28").ended()).isZero();
  }

  private JsonObject applied(
      Asking as, String kind, String applicant, JsonObject registration, Object... more) {
    var input = input(more);
    input.putAll(
        input(
            "kind",
            kind,
            "applicantId",
            applicant,
            "registrationId",
            registration.getString("id"),
            "idempotencyKey",
            key()));
    var made =
        application(as.mutate(mutation("registrationApplicationCreate", APPLICATION), input));
    return step(as, "registrationApplicationSubmit", made);
  }

  @Test
  void a_change_begins_with_what_is_registered_goes_through_publicity_and_keeps_the_code() {
    var registration = ground.registered();
    var as = ground.holder("2025-12-02");
    assertThat(errors(applied(as, "CHANGE", id(HOLDER), registration)))
        .contains("changeWd", "changedOn");
    var now =
        application(
            applied(
                as,
                "CHANGE",
                id(HOLDER),
                registration,
                "request",
                Map.of("changedOn", "2025-12-01"),
                "content",
                Map.of("resource", Map.of("name", "新气象观测"))));
    now = application(step(ground.registrar("2025-12-03"), "registrationAccept", now));
    now = application(step(ground.registrar("2025-12-04"), "registrationReviewPass", now));
    assertThat(now.getString("state")).isEqualTo("IN_PUBLICITY");
    now = application(step(ground.registrar("2025-12-19"), "registrationCode", now));
    assertThat(now.getString("state")).isEqualTo("CODED");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { version kind dataName registrantName validUntil } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains(
            "\"version\":2,\"kind\":\"CHANGE\",\"dataName\":\"新气象观测\",\"registrantName\":\"气象局\",\"validUntil\":\"2028-11-27\"");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\", asOf: \"2025-12-01T00:00:00Z\") { version dataName } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains("\"version\":1,\"dataName\":\"气象观测\"");
  }

  @Test
  void an_interested_party_corrects_with_consent_or_evidence_and_sees_nothing_else() {
    var registration = ground.registered();
    var as =
        asking
            .at(RegistrationGround.noon("2025-12-02"))
            .as(Role.DATA_SOURCE_UNIT, RegistrationGround.NEIGHBOUR);
    var party = id(RegistrationGround.NEIGHBOUR);
    var content = Map.of("resource", Map.of("name", "更正"));
    assertThat(errors(applied(as, "CORRECTION", party, registration, "content", content)))
        .contains("written consent, or on evidence");
    var now =
        application(
            applied(
                as,
                "CORRECTION",
                party,
                registration,
                "content",
                content,
                "request",
                Map.of("evidence", List.of("doc-9"))));
    now = application(step(ground.registrar("2025-12-03"), "registrationAccept", now));
    now = application(step(ground.registrar("2025-12-04"), "registrationReviewPass", now));
    assertThat(now.getString("state")).isEqualTo("CODED");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { kind dataName registrant { code } } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains(
            "\"kind\":\"CORRECTION\",\"dataName\":\"更正\",\"registrant\":{\"code\":\"org-3\"}");
    assertThat(
            errors(
                as.mutate(
                    mutation("registrationApplicationCreate", APPLICATION),
                    input(
                        "kind",
                        "CHANGE",
                        "applicantId",
                        party,
                        "registrationId",
                        registration.getString("id"),
                        "idempotencyKey",
                        key()))))
        .contains("registrant", "Only a correction");
  }

  @Test
  void a_cancellation_has_a_ground_and_days_of_its_own_and_no_publicity() {
    var registration = ground.registered();
    var as = ground.holder("2025-12-02");
    assertThat(errors(applied(as, "CANCELLATION", id(HOLDER), registration)))
        .contains("ground of the cancellation");
    var now =
        application(
            applied(
                as, "CANCELLATION", id(HOLDER), registration, "request", Map.of("ground", "LOST")));
    now = application(step(ground.registrar("2025-12-03"), "registrationAccept", now));
    assertThat(now.getString("dueOn")).as("ten days").isEqualTo("2025-12-17");
    now = application(step(ground.registrar("2025-12-04"), "registrationReviewPass", now));
    assertThat(now.getString("state")).isEqualTo("DEREGISTERED");
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { state stateReason kind } }"
                        .formatted(registration.getString("id")))
                .encode())
        .contains("DEREGISTERED", "LOST", "CANCELLATION");
    assertThat(
            errors(
                applied(
                    as,
                    "CANCELLATION",
                    id(HOLDER),
                    registration,
                    "request",
                    Map.of("ground", "LOST"))))
        .contains("validRegistration");
  }

  @Test
  void a_revoked_product_is_suspended_at_once_with_the_reason() {
    var registration = ground.registered(product(13));
    var as = ground.registrar("2026-01-05");
    assertThat(
            errors(
                step(
                    ground.registrar("2026-01-05", BEIJING),
                    "registrationDisputeMark",
                    registration,
                    "disputed",
                    true,
                    "reason",
                    "x")))
        .contains("FORBIDDEN");
    var disputed =
        done(step(
                as,
                "registrationDisputeMark",
                registration,
                "disputed",
                true,
                "reason",
                "a late objection"))
            .getJsonObject("registration");
    assertThat(
            errors(
                step(as, "registrationDisputeMark", disputed, "disputed", true, "reason", "again")))
        .contains("STATE_TRANSITION");
    var tried =
        done(
            step(
                as,
                "registrationRevoke",
                disputed,
                "reason",
                "false material",
                "validateOnly",
                true));
    assertThat(tried.getInteger("affectedCount")).isEqualTo(1);
    assertThat(
            asking
                .data(
                    "{ registration(id: \"%s\") { state disputeMark } }"
                        .formatted(disputed.getString("id")))
                .encode())
        .contains("\"state\":\"VALID\",\"disputeMark\":true");
    var revoked = done(step(as, "registrationRevoke", disputed, "reason", "false material"));
    assertThat(revoked.encode())
        .contains(
            "\"state\":\"REVOKED\"", "\"status\":\"SUSPENDED\"", "was revoked: false material");
    assertThat(
            asking
                .data(
                    "{ product(id: \"%s\") { status registrationStanding } }"
                        .formatted(product(13)))
                .encode())
        .contains("SUSPENDED", "REVOKED");
    assertThat(
            errors(
                step(
                    as,
                    "registrationRevoke",
                    revoked.getJsonObject("registration"),
                    "reason",
                    "again")))
        .contains("STATE_TRANSITION");
  }

  @Test
  void a_resource_whose_registration_is_revoked_has_all_products_checked_that_use_it() {
    var resource = "res_00000000000040009000000000000001";
    asking.change(
        "update data_resource_version set valid_to = '2025-01-01Z' where resource_id = '00000000-0000-4000-9000-000000000001' and valid_to = 'infinity'");
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, holder_id, source, demonstration)
        select resource_id, 2, valid_to, code, title, locale, $1, source, demonstration from data_resource_version
         where resource_id = '00000000-0000-4000-9000-000000000001'
        """,
        HOLDER);
    var now = ground.submitted("2025-10-13", resource, NATION);
    now = application(step(ground.registrar("2025-10-14"), "registrationAccept", now));
    now = application(step(ground.registrar("2025-10-15"), "registrationReviewPass", now));
    now = application(step(ground.registrar("2025-11-28"), "registrationCode", now));
    var revoked =
        done(
            step(
                ground.registrar("2026-01-05"),
                "registrationRevoke",
                now.getJsonObject("registration"),
                "reason",
                "unlawful use"));
    assertThat(revoked.getInteger("affectedCount")).isEqualTo(6);
    assertThat(revoked.getJsonArray("affectedProducts")).hasSize(6);
  }

  @Test
  void a_draft_is_made_once_for_its_key_and_of_two_registrars_one_comes_too_late() {
    var input =
        input(
            "kind",
            "FIRST",
            "applicantId",
            id(HOLDER),
            "resourceId",
            ground.resource(),
            "registrarId",
            id(NATION),
            "idempotencyKey",
            key());
    var one =
        application(
            ground
                .holder("2025-10-13")
                .mutate(mutation("registrationApplicationCreate", APPLICATION), input));
    var two =
        application(
            ground
                .holder("2025-10-13")
                .mutate(mutation("registrationApplicationCreate", APPLICATION), input));
    assertThat(two).isEqualTo(one);

    var submitted = ground.submitted("2025-10-13", ground.resource(), NATION);
    application(step(ground.registrar("2025-10-14"), "registrationAccept", submitted));
    assertThat(
            errors(
                step(
                    ground.registrar("2025-10-14"),
                    "registrationAcceptanceRefuse",
                    submitted,
                    "reasons",
                    "no")))
        .contains("VERSION_CONFLICT", "\"currentVersion\":3");
  }

  @Test
  void of_one_thing_there_is_one_application_of_a_kind_and_one_valid_registration() {
    var resource = ground.resource();
    ground.submitted("2025-10-13", resource, NATION);
    assertThat(
            errors(
                step(
                    ground.holder("2025-10-13"),
                    "registrationApplicationSubmit",
                    ground.draft("2025-10-13", resource, HUNAN))))
        .contains("oneApplication");
  }

  @Test
  void who_withdraws_during_publicity_ends_the_notice_and_the_clocks() {
    var shown = ground.inPublicity();
    var gone =
        application(step(ground.holder("2025-11-17"), "registrationApplicationWithdraw", shown));
    assertThat(gone.getString("state")).isEqualTo("WITHDRAWN");
    assertThat(of(shown, "notice { state takesObjections } clocks { ruleName standing }").encode())
        .contains("WITHDRAWN", "false", "{\"ruleName\":\"publicityWd\",\"standing\":\"STOPPED\"}");
  }

  @Test
  void in_hunan_a_change_of_the_data_has_five_days_and_one_of_the_registrant_ten() {
    var draft = ground.draft("2025-10-13", ground.resource(), HUNAN);
    var now =
        application(step(ground.holder("2025-10-13"), "registrationApplicationSubmit", draft));
    now = application(step(ground.registrar("2025-10-14", HUNAN), "registrationAccept", now));
    now = application(step(ground.registrar("2025-10-15", HUNAN), "registrationReviewPass", now));
    now = application(step(ground.registrar("2025-11-03", HUNAN), "registrationCode", now));
    var registration = now.getJsonObject("registration");
    var as = ground.holder("2025-11-14");
    // Nine working days after the change.
    var ofData =
        application(
            applied(
                as,
                "CHANGE",
                id(HOLDER),
                registration,
                "request",
                Map.of("changedOn", "2025-11-03"),
                "content",
                Map.of("resource", Map.of("volume", "20 GB"))));
    assertThat(ofData.getBoolean("late")).isTrue();
    application(step(as, "registrationApplicationWithdraw", ofData));
    var ofSubject =
        application(
            applied(
                as,
                "CHANGE",
                id(HOLDER),
                registration,
                "request",
                Map.of("changedOn", "2025-11-03"),
                "content",
                Map.of("subject", Map.of("address", "新址"))));
    assertThat(ofSubject.getBoolean("late")).isFalse();
  }
}
