package dev.fairground.registration;

import static dev.fairground.registration.RegistrationGround.BEIJING;
import static dev.fairground.registration.RegistrationGround.HOLDER;
import static dev.fairground.registration.RegistrationGround.NATION;
import static dev.fairground.registration.RegistrationGround.NEIGHBOUR;
import static dev.fairground.registration.RegistrationGround.application;
import static dev.fairground.registration.RegistrationGround.done;
import static dev.fairground.registration.RegistrationGround.id;
import static dev.fairground.registration.RegistrationGround.step;
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

/** An application is its two sides' until its publicity, and then its notice is everybody's. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationHidingTest {
  private static final String DAY = "2025-11-20";

  private final Asking asking;
  private final RegistrationGround ground;
  private JsonObject draft = new JsonObject();
  private JsonObject submitted = new JsonObject();
  private JsonObject shown = new JsonObject();
  private JsonObject objection = new JsonObject();

  RegistrationHidingTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.ground = new RegistrationGround(database, asking);
  }

  @BeforeAll
  void applications() throws Exception {
    ground.market();
    draft = ground.draft("2025-11-03", ground.resource(), NATION);
    submitted = ground.submitted("2025-11-03", ground.resource(), NATION);
    shown = ground.inPublicity();
    objection =
        done(ground.object(RegistrationGround.noon("2025-11-18"), shown))
            .getJsonObject("objection");
  }

  private Map<String, Asking> strangers() {
    var now = asking.at(RegistrationGround.noon(DAY));
    var strangers = new LinkedHashMap<String, Asking>();
    strangers.put("another registrar", now.as(Role.REGISTRAR, BEIJING));
    strangers.put("another holder", now.as(Role.DATA_SOURCE_UNIT, NEIGHBOUR));
    strangers.put("an operator", now.as(Role.OPERATOR, RegistrationGround.OPERATOR));
    return strangers;
  }

  private static String change(String mutation, String more) {
    var input =
        RegistrationGround.mutation(
                mutation, "registrationApplication { id }" + RegistrationGround.ERRORS)
            .replaceAll("mutation \\(\\$input: [^)]*\\)", "mutation (\\$id: ID!)");
    return input.replace("(input: $input)", "(input: {id: $id, expectedVersion: 7" + more + "})");
  }

  @Test
  void strangers_find_an_application_by_no_path_and_take_no_step_with_it() {
    strangers()
        .forEach(
            (who, as) -> {
              var registrar = who.contains("registrar");
              for (var application : List.of(draft, submitted, shown)) {
                var hidden = new Hidden(application.getString("id"), as);
                hidden.answersAsMissing(
                    "query($id: ID!) { registrationApplication(id: $id) { id state } }");
                if (registrar) {
                  hidden.answersAsMissing(
                      change("registrationAccept", ""),
                      change("registrationAcceptanceRefuse", ", reasons: \"no\""),
                      change("registrationReviewPass", ""),
                      change("registrationReviewFail", ", reasons: \"no\""),
                      change("registrationReviewDelayExplain", ", reasons: \"no\""),
                      change("registrationSupplementRequest", ", gaps: [{block: SCENARIO}]"),
                      change("registrationCode", ""));
                } else {
                  hidden.answersAsMissing(
                      change("registrationApplicationUpdate", ""),
                      change("registrationApplicationSubmit", ""),
                      change("registrationApplicationWithdraw", ""));
                }
                hidden.isInNone(
                    "{ registrationApplications(first: 100) { nodes { id } } }",
                    "{ registrationApplications(first: 100, filter: {not: {state: [CODED]}}) { nodes { id } } }",
                    "{ registrationApplications(filter: {applicant: {eq: \"%s\"}}) { totalCount nodes { id } } }"
                        .formatted(id(HOLDER)));
              }
              assertThat(
                      as.data(
                              "{ registrationApplications(filter: {applicant: {eq: \"%s\"}}) { totalCount } }"
                                  .formatted(id(HOLDER)))
                          .encode())
                  .as(who)
                  .contains("\"totalCount\":0");
            });
  }

  @Test
  void the_public_needs_credentials_and_finds_no_application_by_its_id() {
    for (var application : List.of(draft, submitted, shown)) {
      new Hidden(application.getString("id"), asking).answersAsMissing();
    }
    assertThat(asking.errors("{ registrationApplications { totalCount } }").encode())
        .contains("UNAUTHENTICATED");
  }

  @Test
  void a_registrar_finds_no_draft() {
    new Hidden(draft.getString("id"), ground.registrar(DAY))
        .answersAsMissing("query($id: ID!) { registrationApplication(id: $id) { id } }");
    assertThat(
            ground
                .registrar(DAY)
                .data("{ registrationApplications(first: 100) { nodes { id } } }")
                .encode())
        .contains(submitted.getString("id"), shown.getString("id"))
        .doesNotContain(draft.getString("id"));
  }

  @Test
  void of_an_application_in_publicity_everybody_reads_its_notice_and_of_others_none() {
    var notices =
        asking
            .at(RegistrationGround.noon(DAY))
            .data(
                "{ registrationNotices(filter: {state: [OPEN]}) { totalCount nodes { id registrantName kind dataName contentSummary endsOn takesObjections registrar { code } registrant { code } } } }");
    assertThat(notices.encode())
        .contains("\"totalCount\":1", "气象局", "FIRST", "气象观测", "逐时观测", "\"takesObjections\":true");
    for (var application : List.of(draft, submitted)) {
      var notice = application.getString("id").replace("rapp_", "rnot_");
      new Hidden(notice, asking)
          .answersAsMissing("query($id: ID!) { registrationNotice(id: $id) { id } }");
      new Hidden(notice, asking.at(RegistrationGround.noon(DAY)).as(Role.DEVELOPER, NEIGHBOUR))
          .answersAsMissing(
              "mutation($id: ID!) { registrationObject(input: {noticeId: $id, organizationId: \"%s\", name: \"x\", contact: \"x\", grounds: \"x\", evidence: [\"x\"], idempotencyKey: \"hidden\"}) { objection { id } userErrors { code message path } } }"
                  .formatted(id(NEIGHBOUR)));
    }
  }

  @Test
  void what_is_public_of_an_application_does_not_follow_its_content() {
    var notice =
        "{ registrationNotice(id: \"%s\") { dataName version } }"
            .formatted(shown.getJsonObject("notice").getString("id"));
    var before = asking.data(notice).encode();
    assertThat(
            step(
                    ground.holder(DAY),
                    "registrationApplicationUpdate",
                    shown,
                    "expectedVersion",
                    5,
                    "content",
                    Map.of("resource", Map.of("name", "other")))
                .encode())
        .contains("STATE_TRANSITION");
    assertThat(asking.data(notice).encode()).isEqualTo(before);
  }

  @Test
  void an_objection_is_read_by_who_raised_it_by_the_applicant_and_by_the_registrar_only() {
    var query =
        "{ node(id: \"%s\") { ... on RegistrationObjection { personName contact } } }"
            .formatted(objection.getString("id"));
    var now = asking.at(RegistrationGround.noon(DAY));
    assertThat(now.as(Role.DEVELOPER, NEIGHBOUR).data(query).encode())
        .contains("李明", "li@example.org");
    assertThat(ground.registrar(DAY).data(query).encode()).contains("李明", "li@example.org");
    assertThat(ground.holder(DAY).data(query).encode()).contains("李明", "\"contact\":null");
    for (var as :
        List.of(
            asking,
            now.as(Role.REGISTRAR, BEIJING),
            now.as(Role.DEVELOPER, RegistrationGround.OPERATOR))) {
      new Hidden(objection.getString("id"), as).answersAsMissing();
    }
  }

  @Test
  void events_of_an_application_are_its_two_sides_and_those_of_its_notice_everybodys() {
    var open =
        asking.rows(
            "-- test\nselect distinct left(e.subject, 4) from event_outbox e where e.type = 'REGISTRATION_CHANGED' and e.open");
    var closed =
        asking.rows(
            "-- test\nselect distinct left(e.subject, 4) from event_outbox e where e.type = 'REGISTRATION_CHANGED' and not e.open");
    assertThat(open).containsExactly("rnot");
    assertThat(closed).containsExactly("rapp");
    assertThat(
            asking.rows(
                "-- test\nselect e.organization_id::text from event_outbox e where e.subject = '%s'"
                    .formatted(draft.getString("id"))))
        .as("of a draft nobody but the applicant hears")
        .containsOnly(HOLDER.toString());
    assertThat(
            asking.rows(
                "-- test\nselect distinct e.organization_id::text from event_outbox e where e.subject = '%s'"
                    .formatted(submitted.getString("id"))))
        .containsExactlyInAnyOrder(HOLDER.toString(), NATION.toString());
  }

  @Test
  void a_list_comes_in_the_order_of_what_is_due_and_costs_the_same_however_long_it_is() {
    for (int i = 0; i < 4; i++) {
      ground.submitted("2025-11-0" + (3 + i), ground.resource(), NATION);
    }
    var query =
        """
        { registrationApplications(first: %d, filter: {state: [SUBMITTED]}) { totalCount nodes { id dueOn overdue kind applicant { code } registrar { code }
            resource { code } jurisdiction { code } notice { id } registration { id } objections { id } clocks { id } missing { block } allowedActions
            content { subject { name } resource { dataItems } evidenceDeposit { depositedAt } securityAssessment { assessedOn } } } } }
        """;
    var as = ground.registrar(DAY);
    var one = as.statements(query.formatted(1));
    assertThat(as.statements(query.formatted(5))).isEqualTo(one);
    assertThat(one).isLessThanOrEqualTo(8);
    var days =
        as
            .data(query.formatted(50))
            .getJsonObject("registrationApplications")
            .getJsonArray("nodes")
            .stream()
            .map(node -> ((JsonObject) node).getString("dueOn"))
            .toList();
    assertThat(days).isSorted().hasSizeGreaterThanOrEqualTo(5);
    assertThat(
            as.data("{ registrationApplications(filter: {overdue: true}) { totalCount } }")
                .encode())
        .doesNotContain("\"totalCount\":0");
    var products =
        "{ products(first: %d) { nodes { registrationStanding registrationDueOn firstDeliveredOn registrations(first: 1) { nodes { allowedActions } } } } }";
    assertThat(asking.statements(products.formatted(6)))
        .isEqualTo(asking.statements(products.formatted(1)));
  }

  @Test
  void of_two_registrars_at_the_same_time_one_decides() throws Exception {
    for (int i = 0; i < 5; i++) {
      var of = ground.submitted("2025-11-10", ground.resource(), NATION);
      var payloads =
          java.util.stream.Stream.of("registrationAccept", "registrationAcceptanceRefuse")
              .parallel()
              .map(
                  mutation ->
                      mutation.equals("registrationAccept")
                          ? step(ground.registrar("2025-11-11"), mutation, of)
                          : step(ground.registrar("2025-11-11"), mutation, of, "reasons", "no"))
              .map(JsonObject::encode)
              .toList();
      assertThat(payloads.stream().filter(payload -> payload.contains("VERSION_CONFLICT")))
          .hasSize(1);
      assertThat(payloads.stream().filter(payload -> payload.contains("\"userErrors\":[]")))
          .hasSize(1);
    }
    assertThat(
            application(
                    step(
                        ground.holder("2025-11-11"),
                        "registrationApplicationWithdraw",
                        ground.submitted("2025-11-10", ground.resource(), NATION)))
                .getString("state"))
        .isEqualTo("WITHDRAWN");
  }

  @Test
  void what_is_public_is_answered_by_a_plan_as_by_the_engine_field_by_field() {
    ground.registered();
    for (var fields :
        List.of(
            "registrationNotices { totalCount nodes { takesObjections } }",
            "registrationNotices { nodes { id state endsOn jointHolders registrar { code } registrant { code } resource { code } product { code } registration { code } } }",
            "registrationNotices { nodes { registrantName dataName contentSummary sectorCode kind subjectKind version validFrom startsOn demonstration } }",
            "registrations { nodes { registrant { code } allowedActions } }",
            "registrations { nodes { registrantName dataName contentSummary termStartsOn } }",
            "products { nodes { registrationStanding } }",
            "products { nodes { firstDeliveredOn registrationDueOn } }")) {
      var asked = fields.replaceFirst("(\\w+) ", "$1(first: 5) ");
      var root = fields.substring(0, fields.indexOf(' '));
      // Introspection runs on the engine, and takes the rest of the query along.
      assertThat(asking.data("{ " + asked + " }").getJsonObject(root))
          .as(fields)
          .isEqualTo(
              asking.data("{ __schema { queryType { name } } " + asked + " }").getJsonObject(root));
    }
  }

  @Test
  void nobody_decides_its_own_application() {
    asking.change(
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1, 'REGISTRAR', '120000', '2024-01-01')",
        NEIGHBOUR);
    assertThat(
            asking
                .at(RegistrationGround.noon(DAY))
                .as(Role.DATA_SOURCE_UNIT, NEIGHBOUR)
                .mutate(
                    RegistrationGround.mutation(
                        "registrationApplicationCreate", RegistrationGround.APPLICATION),
                    RegistrationGround.input(
                        "kind",
                        "FIRST",
                        "applicantId",
                        id(NEIGHBOUR),
                        "resourceId",
                        "res_00000000000040009000000000000001",
                        "registrarId",
                        id(NEIGHBOUR),
                        "idempotencyKey",
                        RegistrationGround.key()))
                .encode())
        .contains("registrarApart");
  }
}
