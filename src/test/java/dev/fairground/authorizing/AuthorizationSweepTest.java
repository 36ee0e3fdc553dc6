package dev.fairground.authorizing;

import static dev.fairground.authorizing.AuthorizingMarket.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.authorizing.OfferedProducts.Ground;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What time alone does. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationSweepTest {
  private final Database database;
  private final Asking asking;
  private final OfferedProducts offered;

  AuthorizationSweepTest(Database database, MeterRegistry metrics) {
    this.database = database;
    this.asking = new Asking(database, metrics);
    this.offered = new OfferedProducts(asking);
  }

  @BeforeAll
  void market() {
    AuthorizingMarket.into(asking);
  }

  @Test
  void a_term_that_is_over_ends_once_however_many_servers_look_and_however_late() throws Exception {
    var ground = offered.ground();
    offered.product(ground, "wind", WEATHER, "wind", FARMING);
    offered.list(ground);
    var late = OfferedProducts.clock(LocalDate.parse("2031-03-01"));
    var ended =
        Future.all(
                new AuthorizationSweep(database, late).run(),
                new AuthorizationSweep(database, late).run())
            .await(60, TimeUnit.SECONDS);
    assertThat(ended.<Integer>list().stream().mapToInt(number -> number).sum())
        .isGreaterThanOrEqualTo(1);
    var told = read(asking, ground.id());
    assertThat(told.getString("endKind")).isEqualTo("EXPIRED");
    assertThat(told.getInteger("version")).isEqualTo(ground.grant().getInteger("version") + 1);
    assertThat(offered.statuses(ground)).containsExactly("wind SUSPENDED");
    assertThat(new AuthorizationSweep(database, late).run().await(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void the_last_day_of_a_term_is_a_day_of_it_and_the_next_selection_is_reminded_of_before() {
    var ground = offered.ground();
    assertThat(clocks(ground)).isEmpty();
    sweep(LocalDate.parse("2030-09-29"));
    assertThat(clocks(ground)).isEmpty();
    sweep(LocalDate.parse("2030-10-05"));
    sweep(LocalDate.parse("2030-10-06"));
    assertThat(clocks(ground)).hasSize(1).first().asString().startsWith("RUNNING 2030-12-3");
    sweep(LocalDate.parse("2030-12-31"));
    assertThat(read(asking, ground.id()).getString("state")).isEqualTo("ACTIVE");
    sweep(LocalDate.parse("2031-01-01"));
    assertThat(read(asking, ground.id()).getString("state")).isEqualTo("ENDED");
    assertThat(clocks(ground)).first().asString().startsWith("STOPPED");
  }

  private List<String> clocks(Ground ground) {
    return asking.rows(
        "select state || ' ' || due_on from clock where subject = '%s' and rule = 'reselectMonths'"
            .formatted(ground.id()));
  }

  @Test
  void an_operator_leaves_after_notice_and_its_users_are_not_disturbed_until_then() {
    var ground = offered.ground();
    offered.product(ground, "wind", WEATHER, "wind", FARMING);
    offered.list(ground);
    var operator = asking.as(Role.OPERATOR, ground.operator());
    assertThat(
            error(
                    step(
                        operator,
                        "authorizationExitNotice",
                        ground.grant(),
                        "reason",
                        "we leave",
                        "exitsOn",
                        OfferedProducts.today().plusMonths(5).toString()))
                .getString("rule"))
        .isEqualTo("exitNoticeMonths");
    var exitsOn = OfferedProducts.today().plusMonths(6);
    var exiting =
        done(
            step(
                operator,
                "authorizationExitNotice",
                ground.grant(),
                "reason",
                "we leave",
                "exitsOn",
                exitsOn.toString()));
    assertThat(exiting.getJsonObject("authorization").getString("state")).isEqualTo("EXITING");
    assertThat(exiting.getInteger("affectedCount")).isZero();
    assertThat(
            error(
                    step(
                        institution(asking),
                        "authorizationEnd",
                        exiting.getJsonObject("authorization"),
                        "kind",
                        "VOLUNTARY",
                        "reason",
                        "now"))
                .getString("rule"))
        .isEqualTo("exitNoticeMonths");

    assertThat(sweep(exitsOn)).isZero();
    assertThat(sweep(exitsOn.plusDays(1))).isEqualTo(1);
    assertThat(read(asking, ground.id()).getString("endKind")).isEqualTo("VOLUNTARY");
    assertThat(offered.statuses(ground)).containsExactly("wind SUSPENDED");
  }

  private int sweep(LocalDate day) {
    try {
      return new AuthorizationSweep(database, OfferedProducts.clock(day))
          .run()
          .await(60, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void a_suspension_does_not_move_the_day_of_new_access_that_a_notice_named() {
    var ground = offered.ground();
    var today = OfferedProducts.today();
    var named = today.plusDays(40).toString();
    var exiting =
        done(step(
                institution(asking),
                "authorizationExitNotice",
                ground.grant(),
                "reason",
                "it leaves",
                "exitsOn",
                today.plusMonths(6).toString(),
                "newAccessUntil",
                named))
            .getJsonObject("authorization");
    var suspended =
        done(step(institution(asking), "authorizationSuspend", exiting, "reason", "an incident"))
            .getJsonObject("authorization");
    assertThat(suspended.getString("newAccessUntil")).isEqualTo(today.toString());

    var resumed =
        done(step(institution(asking), "authorizationResume", suspended, "reason", "corrected"))
            .getJsonObject("authorization");

    assertThat(resumed.getString("state")).isEqualTo("EXITING");
    assertThat(resumed.getString("newAccessUntil")).isEqualTo(named);
  }
}
