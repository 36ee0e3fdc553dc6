package dev.fairground.check;

import static dev.fairground.check.CheckDueTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sweep of each day. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckSweepTest {
  private static final String SWEEP =
      "{ checkSweep { day state parts partsDone checked changed missedDays } }";

  private final Database database;
  private final Asking asking;

  CheckSweepTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    CheckMarket.into(asking, database);
    // Products with ids over the whole range.
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select '00000000-0000-4000-8000-000000000001', md5('sweep ' || n)::uuid, 'DATA_PRODUCT', 'sweep-' || n, '2024-01-01Z'
          from generate_series(1, 300) as n
        """);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, id, 1, created_at, kind, code, 'PUBLISHED', code, 'zh', '00000000-0000-4000-a000-000000000001',
               'API', 'BASE', 'INDUSTRY', created_at, true
          from product where code like 'sweep-%'
        """);
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        select operator_id, id, 1, '00000000-0000-4000-9000-000000000001', created_at from product where code like 'sweep-%'
        """);
  }

  private SweepWorker worker(String now) {
    return new SweepWorker(
        database,
        InstantSource.fixed(Instant.parse(now)),
        new SweepWorker.Pace(LocalTime.of(2, 0), Duration.ZERO, 7, Duration.ofSeconds(1)));
  }

  @Test
  @Order(1)
  void workers_share_a_sweep_and_check_everything_once_and_later_days_write_what_differs_only() {
    var now = Instant.now().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).withHour(0);
    var early = now.minusHours(8).toInstant().toString();
    await(worker(early).work());
    var before = asking.data(SWEEP).getJsonObject("checkSweep");
    assertThat(before == null ? "" : before.getString("day"))
        .isNotEqualTo(now.toLocalDate().toString());

    await(
        Future.all(
            worker(now.toString()).work(),
            worker(now.toString()).work(),
            worker(now.toString()).work()));
    var sweep = asking.data(SWEEP).getJsonObject("checkSweep");
    assertThat(sweep.getString("state")).isEqualTo("DONE");
    assertThat(sweep.getInteger("parts")).isEqualTo(44);
    assertThat(sweep.getInteger("partsDone")).isEqualTo(44);
    var subjects =
        asking
            .rows(
                """
                select (count(*) + (select count(*) from authorization_grant) + 2 + 1)::text
                  from product_version where valid_to = 'infinity' and status = 'PUBLISHED'
                """)
            .getFirst();
    assertThat(sweep.getInteger("checked")).isEqualTo(Integer.valueOf(subjects));
    assertThat(asking.rows("select count(*)::text from check_run")).containsExactly(subjects);
    assertThat(
            asking.rows(
                "select count(*)::text from (select subject from check_run group by subject having count(*) > 1) as twice"))
        .containsExactly("0");

    var later = now.plusDays(3).toString();
    await(worker(later).work());
    var next = asking.data(SWEEP).getJsonObject("checkSweep");
    assertThat(next.getString("state")).isEqualTo("DONE");
    assertThat(next.getInteger("checked")).isEqualTo(Integer.valueOf(subjects));
    assertThat(next.getInteger("changed")).isZero();
    assertThat(next.getJsonArray("missedDays").size()).isEqualTo(2);
    assertThat(asking.rows("select count(*)::text from check_run")).containsExactly(subjects);
  }

  @Test
  @Order(2)
  void a_part_whose_server_died_is_taken_over_where_it_stood() {
    var day = Instant.now().plus(Duration.ofDays(20)).atOffset(ZoneOffset.UTC).withHour(0);
    var dead = worker(day.toString());
    var moment = dev.fairground.kernel.Moment.present(day.toInstant());
    var sweeps = new SweepRepository(database);
    await(database.inTransaction(transaction -> sweeps.begin(transaction, moment)));
    asking.change(
        "update check_sweep_part set holder = gen_random_uuid(), held_until = $1 where day = $2 and part = 10",
        day.plusMinutes(1),
        moment.day());
    await(dead.work());
    assertThat(asking.data(SWEEP).encode()).contains("\"partsDone\":43", "RUNNING");

    await(worker(day.plusMinutes(5).toString()).work());
    assertThat(asking.data(SWEEP).encode()).contains("\"partsDone\":44", "DONE");
  }

  @Test
  @Order(3)
  void one_that_cannot_be_checked_holds_up_nothing_else() {
    var day = Instant.now().plus(Duration.ofDays(40)).atOffset(ZoneOffset.UTC).withHour(0);
    asking.change(
        "create function fail_of_sweep() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$");
    asking.change(
        "create trigger fail_of_sweep before insert on check_run for each row when (new.subject_id = md5('sweep 7')::uuid) execute function fail_of_sweep()");
    asking.change(
        "update product_version set valid_to = '2025-01-01Z' where code like 'sweep-%' and valid_to = 'infinity'");
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, id, 2, '2025-01-01Z', kind, code, 'PUBLISHED', code, 'zh', '00000000-0000-4000-a000-000000000001',
               'DATASET', 'BASE', 'INDUSTRY', created_at, true
          from product where code like 'sweep-%'
        """);
    await(worker(day.toString()).work());
    assertThat(asking.data(SWEEP).encode()).contains("\"partsDone\":44", "DONE");
    assertThat(
            asking.rows(
                "select count(distinct product_id)::text from product_version v join check_run r on r.subject_id = v.product_id and r.subject_version = 2 where v.code like 'sweep-%'"))
        .containsExactly("299");
  }
}
