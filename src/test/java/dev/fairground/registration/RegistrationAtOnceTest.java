package dev.fairground.registration;

import static dev.fairground.registration.RegistrationGround.APPLICATION;
import static dev.fairground.registration.RegistrationGround.HOLDER;
import static dev.fairground.registration.RegistrationGround.NATION;
import static dev.fairground.registration.RegistrationGround.NEIGHBOUR;
import static dev.fairground.registration.RegistrationGround.application;
import static dev.fairground.registration.RegistrationGround.id;
import static dev.fairground.registration.RegistrationGround.input;
import static dev.fairground.registration.RegistrationGround.key;
import static dev.fairground.registration.RegistrationGround.mutation;
import static dev.fairground.registration.RegistrationGround.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several at once, what is kept, and what stands against a code that the server would give. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationAtOnceTest {
  private final Database database;
  private final Asking asking;
  private final RegistrationGround ground;

  RegistrationAtOnceTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.ground = new RegistrationGround(database, asking);
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private Future<RegistrationSweep.Swept> sweep(String day) {
    return new RegistrationSweep(database, InstantSource.fixed(RegistrationGround.noon(day))).run();
  }

  private String state(JsonObject application) {
    return asking
        .rows(
            "-- test\nselect state from registration_application where 'rapp_' || replace(id::text, '-', '') = '%s'"
                .formatted(application.getString("id")))
        .getFirst();
  }

  @Test
  void several_servers_that_look_at_once_give_each_code_once_and_end_each_registration_once()
      throws Exception {
    var shown = new ArrayList<JsonObject>();
    for (int i = 0; i < 8; i++) {
      shown.add(ground.inPublicity());
    }
    var sweeps = List.of(sweep("2025-11-28"), sweep("2025-11-28"), sweep("2025-11-28"));
    Future.all(sweeps).await(30, TimeUnit.SECONDS);
    assertThat(sweeps.stream().mapToInt(done -> done.result().coded()).sum())
        .isGreaterThanOrEqualTo(8);
    assertThat(shown).allSatisfy(of -> assertThat(state(of)).isEqualTo("CODED"));
    assertThat(
            count("select resource_id from registration group by resource_id having count(*) > 1"))
        .isZero();

    var before = count("select 1 from registration_version where state = 'DEREGISTERED'");
    var ends = List.of(sweep("2028-11-28"), sweep("2028-11-28"), sweep("2028-11-28"));
    Future.all(ends).await(30, TimeUnit.SECONDS);
    var ended = ends.stream().mapToInt(done -> done.result().ended()).sum();
    assertThat(ended).isGreaterThanOrEqualTo(8);
    assertThat(count("select 1 from registration_version where state = 'DEREGISTERED'") - before)
        .isEqualTo(ended);
    assertThat(sweep("2028-11-28").await(20, TimeUnit.SECONDS).ended()).isZero();
  }

  /** As it is now. */
  private JsonObject told(JsonObject application) {
    return ground
        .registrar("2027-01-04")
        .data(
            "{ registrationApplication(id: \"%s\") { id version codeByItself } }"
                .formatted(application.getString("id")))
        .getJsonObject("registrationApplication");
  }

  private int count(String sql) {
    return Integer.parseInt(
        asking.rows("-- test\nselect count(*)::text from (" + sql + ") as counted").getFirst());
  }

  @Test
  void a_thing_that_two_apply_for_is_registered_once() {
    var resource = "res_00000000000040009000000000000002";
    var shown =
        Stream.of(HOLDER, NEIGHBOUR)
            .map(
                applicant -> {
                  var as =
                      asking
                          .at(RegistrationGround.noon("2025-11-10"))
                          .as(Role.DATA_SOURCE_UNIT, applicant);
                  var draft =
                      application(
                          as.mutate(
                              mutation("registrationApplicationCreate", APPLICATION),
                              input(
                                  "kind",
                                  "FIRST",
                                  "applicantId",
                                  id(applicant),
                                  "resourceId",
                                  resource,
                                  "registrarId",
                                  id(NATION),
                                  "providedOn",
                                  "2025-11-03",
                                  "content",
                                  RegistrationGround.content(false),
                                  "idempotencyKey",
                                  key())));
                  var now = application(step(as, "registrationApplicationSubmit", draft));
                  now =
                      application(step(ground.registrar("2025-11-10"), "registrationAccept", now));
                  return application(
                      step(
                          ground.registrar("2025-11-13"),
                          "registrationReviewPass",
                          now,
                          "codeByItself",
                          false));
                })
            .toList();
    var payloads =
        shown.parallelStream()
            .map(of -> step(ground.registrar("2025-11-28"), "registrationCode", of).encode())
            .toList();
    assertThat(payloads.stream().filter(payload -> payload.contains("CODED"))).hasSize(1);
    assertThat(payloads.stream().filter(payload -> payload.contains("oneRegistration"))).hasSize(1);
  }

  @Test
  void who_objects_while_the_code_is_given_comes_before_it_or_too_late() {
    var shown = ground.inPublicity();
    var payloads =
        Stream.of(true, false)
            .parallel()
            .map(
                objects ->
                    objects
                        ? ground
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
                                    key()))
                            .encode()
                        : step(ground.registrar("2025-11-28"), "registrationCode", shown).encode())
            .toList();
    assertThat(payloads.stream().filter(payload -> payload.contains("\"userErrors\":[]")))
        .hasSize(1);
    assertThat(state(shown)).isIn("CODED", "OBJECTED");
  }

  @Test
  void a_code_against_which_something_stands_waits_for_its_registrar_and_holds_up_no_other()
      throws Exception {
    var product = RegistrationGround.product(21);
    var as =
        asking
            .at(RegistrationGround.noon("2026-11-02"))
            .as(Role.OPERATOR, RegistrationGround.OTHER_OPERATOR);
    var draft =
        application(
            as.mutate(
                mutation("registrationApplicationCreate", APPLICATION),
                input(
                    "kind",
                    "FIRST",
                    "applicantId",
                    id(RegistrationGround.OTHER_OPERATOR),
                    "productId",
                    product,
                    "registrarId",
                    id(NATION),
                    "providedOn",
                    "2026-10-20",
                    "content",
                    RegistrationGround.content(true),
                    "idempotencyKey",
                    key())));
    var now = application(step(as, "registrationApplicationSubmit", draft));
    now = application(step(ground.registrar("2026-11-03"), "registrationAccept", now));
    now = application(step(ground.registrar("2026-11-04"), "registrationReviewPass", now));
    // Its authorization ends with the year.
    assertThat(sweep("2027-01-04").await(20, TimeUnit.SECONDS).coded()).isZero();
    assertThat(state(now)).isEqualTo("IN_PUBLICITY");
    assertThat(step(ground.registrar("2027-01-04"), "registrationCode", told(now)).encode())
        .contains("withinAuthorization", "NOT_IN_FORCE");
    now = application(step(ground.registrar("2026-12-31"), "registrationCode", told(now)));
    assertThat(now.getString("state")).isEqualTo("CODED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update registration_notice set data_name = 'other'",
        "delete from registration_notice",
        "truncate registration_notice cascade",
        "update product_first_delivery set delivered_on = '2020-01-01'",
        "delete from product_first_delivery",
        "update registration_version set data_name = 'other'"
      })
  void what_was_public_is_not_changed_or_deleted(String sql) {
    ground.registered();
    asking.change(
        "insert into product_first_delivery (operator_id, product_id, delivered_on, reported_at, reported_by) select operator_id, id, '2025-01-01', '2025-01-01Z', 'test' from product on conflict do nothing");
    assertThatThrownBy(() -> asking.change(sql)).hasStackTraceContaining("never");
  }

  @Test
  void a_stranger_reports_no_delivery_and_nobody_reports_it_twice() {
    var report =
        mutation("productFirstDeliveryReport", "product { code }" + RegistrationGround.ERRORS);
    var product = RegistrationGround.product(22);
    var other =
        ground
            .operator("2025-09-16")
            .mutate(report, input("productId", product, "deliveredOn", "2025-09-15"));
    assertThat(other.encode()).contains("FORBIDDEN");
    var as =
        asking
            .at(RegistrationGround.noon("2025-09-16"))
            .as(Role.OPERATOR, RegistrationGround.OTHER_OPERATOR);
    assertThat(as.mutate(report, input("productId", product, "deliveredOn", "2025-09-17")).encode())
        .contains("has not come yet");
    assertThat(
            as.mutate(
                    report,
                    input("productId", product, "deliveredOn", "2025-09-15", "validateOnly", true))
                .encode())
        .contains("\"userErrors\":[]");
    assertThat(as.mutate(report, input("productId", product, "deliveredOn", "2025-09-15")).encode())
        .contains("\"userErrors\":[]");
    assertThat(as.mutate(report, input("productId", product, "deliveredOn", "2025-09-15")).encode())
        .contains("ALREADY_EXISTS");
    assertThat(
            as.mutate(
                    report,
                    input(
                        "productId",
                        dev.fairground.kernel.Ids.write("dp", new UUID(1, 2)),
                        "deliveredOn",
                        "2025-09-15"))
                .encode())
        .contains("NOT_FOUND");
  }
}
