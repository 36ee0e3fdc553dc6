package dev.fairground.contract;

import static dev.fairground.contract.ContractGround.done;
import static dev.fairground.contract.ContractGround.read;
import static dev.fairground.contract.ContractGround.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What days alone bring. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantSweepTest {
  private static final String DAY = "2026-03-02";

  private final Database database;
  private final Asking asking;
  private final ContractGround ground;

  GrantSweepTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.ground = new ContractGround(database, asking);
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private Future<GrantSweep.Swept> sweep(String day) {
    return new GrantSweep(database, InstantSource.fixed(ContractGround.noon(day)), 3).run();
  }

  private GrantSweep.Swept swept(String day) throws Exception {
    return sweep(day).await(30, TimeUnit.SECONDS);
  }

  private JsonObject now(JsonObject grant, String day) {
    return read(ground.operator(day), grant.getString("id"));
  }

  @Test
  void a_grant_ends_on_the_day_after_its_last_one() throws Exception {
    var grant = ground.active(DAY, DAY, "2026-03-20");
    var planned = ground.active(DAY, DAY, "2026-12-31");
    planned =
        done(
            step(
                ground.holder(DAY),
                "accessGrantEndPropose",
                planned,
                "endsOn",
                "2026-03-20",
                "reason",
                "enough"));
    planned = done(step(ground.operator(DAY), "accessGrantEndAccept", planned));
    var suspended = ground.active(DAY, DAY, "2026-03-20");
    suspended =
        done(
            step(
                ground.holder(DAY),
                "accessGrantSuspend",
                suspended,
                "ground",
                "PAUSE",
                "reason",
                "a pause"));

    assertThat(swept("2026-03-20").ended()).isZero();
    assertThat(now(grant, "2026-03-21").getJsonArray("allowedActions"))
        .as("before anybody swept")
        .isEmpty();
    assertThat(swept("2026-03-21").ended()).isEqualTo(3);

    assertThat(now(grant, "2026-03-21").encode())
        .contains(
            "\"state\":\"ENDED\"",
            "\"endKind\":\"EXPIRED\"",
            "\"endedOn\":\"2026-03-21\"",
            "its last day was 2026-03-20",
            "\"transfer\":\"COMPLETED\"");
    assertThat(now(planned, "2026-03-21").getString("endKind")).isEqualTo("AGREED");
    assertThat(now(suspended, "2026-03-21").encode())
        .contains("\"endKind\":\"EXPIRED\"", "\"suspension\":null");
    assertThat(
            asking.rows(
                "-- test\nselect e.organization_id::text from event_outbox e where e.subject = '%s' and e.subject_version = 4"
                    .formatted(grant.getString("id"))))
        .hasSize(4);
    assertThat(swept("2026-03-21").ended()).isZero();
  }

  @Test
  void a_grant_that_is_not_signed_in_time_ends() throws Exception {
    var given = ground.given("2027-03-01", "2027-03-10", "2028-03-09").globalId();
    var grant = read(ground.operator("2027-03-01"), given);
    grant = done(ContractGround.sign(ground.operator("2027-03-01"), grant));
    assertThat(swept("2027-03-31").ended()).isZero();
    assertThat(swept("2027-04-01").ended()).isEqualTo(1);
    assertThat(now(grant, "2027-04-01").encode())
        .contains(
            "\"endKind\":\"NOT_SIGNED\"",
            "\"negotiation\":\"TERMINATED\"",
            "not signed by its holder in time");
    assertThat(
            asking.rows("-- test\nselect state from clock where subject = '%s'".formatted(given)))
        .containsExactly("STOPPED");
  }

  @Test
  void several_servers_that_look_at_once_end_each_grant_once() throws Exception {
    var grants = new ArrayList<JsonObject>();
    for (int i = 0; i < 10; i++) {
      grants.add(ground.active("2027-06-01", "2027-06-01", "2027-06-30"));
    }
    var sweeps = List.of(sweep("2027-07-05"), sweep("2027-07-05"), sweep("2027-07-05"));
    Future.all(sweeps).await(30, TimeUnit.SECONDS);
    // Those that one held another passed over.
    var last = swept("2027-07-05").ended();
    assertThat(sweeps.stream().mapToInt(one -> one.result().ended()).sum() + last).isEqualTo(10);
    assertThat(grants)
        .allSatisfy(
            grant ->
                assertThat(
                        asking.rows(
                            "-- test\nselect string_agg(step, ' ' order by version) from access_grant_version where global_id('acg', grant_id) = '%s'"
                                .formatted(grant.getString("id"))))
                    .containsExactly("GIVEN SIGNED SIGNED ENDED"));
  }

  @Test
  void holders_hear_when_what_their_grants_rest_on_stands_otherwise() throws Exception {
    var grants = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      grants.add(
          ContractGround.accepted(
                  ground.give(
                      "2027-09-01",
                      ground.approved(
                          "2027-09-01", "2027-09-10", "2028-09-09", 21, ContractGround.HOLDER)))
              .globalId());
    }
    assertThat(swept("2027-09-02").told()).as("nothing has changed").isZero();
    ground.product(21, "SUSPENDED");
    var sweeps = List.of(sweep("2027-09-02"), sweep("2027-09-02"));
    Future.all(sweeps).await(30, TimeUnit.SECONDS);
    assertThat(
            sweeps.stream().mapToInt(one -> one.result().told()).sum() + swept("2027-09-02").told())
        .isEqualTo(7);
    assertThat(
            asking.rows(
                "-- test\nselect e.subject from event_outbox e where e.changed_fields = '{productStanding}' and e.organization_id = '%s' and not e.open and e.subject = any('{%s}')"
                    .formatted(ContractGround.HOLDER, String.join(",", grants))))
        .containsExactlyInAnyOrderElementsOf(grants);
    ground.product(21, "PUBLISHED");
    assertThat(swept("2027-09-02").told()).isEqualTo(7);
    assertThat(swept("2027-09-02").told()).isZero();
  }
}
