package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairground.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {
  private static final String NUMBERS = "-- numbers\nselect n from generate_series(1, $1) n";
  private static final String SLEEP = "-- sleep\nselect 1 from (select pg_sleep($1)) s";
  private static final String MODE = "-- mode\nselect current_setting('plan_cache_mode')";
  private static final Function<Row, String> MODE_OF = row -> row.getString(0);
  private static final String RUNNING =
      "select count(*) from pg_stat_activity where state = 'active' and query like '-- sleep%'";

  private final Database database;
  private final MeterRegistry metrics;

  DatabaseTest(Database database, MeterRegistry metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  @BeforeAll
  void account() {
    change("create table account (id int primary key, balance int not null)", Tuple.tuple());
  }

  @Test
  void rows_become_values_in_order() {
    var numbers = get(database.list(new Reads(), NUMBERS, Tuple.of(3), row -> row.getInteger(0)));

    assertThat(numbers).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> numbers.add(4)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void the_first_row_is_null_when_there_is_none() {
    var none = get(database.first(new Reads(), NUMBERS, Tuple.of(0), row -> row.getInteger(0)));
    var one = get(database.first(new Reads(), NUMBERS, Tuple.of(2), row -> row.getInteger(0)));

    assertThat(none).isNull();
    assertThat(one).isEqualTo(1);
  }

  @Test
  void a_read_by_key_does_not_follow_a_filtered_one_of_its_operation() {
    var reads = new Reads();
    var filtered =
        database.list(
            reads, Planning.FOR_ARGUMENTS, MODE + " from pg_sleep(0.5)", Tuple.tuple(), MODE_OF);
    var byKey = database.list(reads, Planning.ONCE, MODE, Tuple.tuple(), MODE_OF);

    assertThat(get(byKey)).containsExactly("force_generic_plan");
    assertThat(filtered.isComplete()).isFalse();
    assertThat(get(filtered)).containsExactly("auto");
  }

  @Test
  void statements_are_timed_under_their_names_and_logged_in_order() {
    var log = new StatementLog();
    var reads = new Reads(log);

    get(database.rows(reads, NUMBERS, Tuple.of(5)));
    get(database.rows(reads, "select 7", Tuple.tuple()));

    assertThat(log.entries())
        .extracting(StatementLog.Entry::name, StatementLog.Entry::rows)
        .containsExactly(tuple("numbers", 5), tuple("other", 1));
    assertThat(metrics.get("fairground.sql").tag("statement", "numbers").timer().count())
        .isPositive();
  }

  @Test
  void a_statement_of_more_than_three_seconds_is_ended() {
    assertThatThrownBy(() -> get(database.rows(new Reads(), SLEEP, Tuple.of(10))))
        .hasRootCauseInstanceOf(PgException.class)
        .isInstanceOf(StatementTimeout.class);
  }

  @Test
  void a_refusal_of_postgresql_passes_through() {
    assertThatThrownBy(() -> get(database.rows(new Reads(), "select 1/0", Tuple.tuple())))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("22012"));
  }

  @Test
  void a_wrong_argument_is_our_fault_and_not_the_database_s() {
    assertThatThrownBy(() -> get(database.rows(new Reads(), NUMBERS, Tuple.of("three"))))
        .isNotInstanceOf(DatabaseUnavailable.class);
  }

  @Test
  void cancelled_reads_send_nothing_more() {
    var reads = new Reads();
    reads.cancel();

    assertThatThrownBy(() -> get(database.rows(reads, NUMBERS, Tuple.of(1))))
        .isInstanceOf(ReadsCancelled.class);
  }

  @Test
  void a_running_read_is_ended_in_postgresql_when_its_caller_leaves() throws Exception {
    var reads = new Reads();
    var asked = database.rows(reads, SLEEP, Tuple.of(2));
    await(() -> running() == 1);
    Thread.sleep(100);

    reads.cancel();
    var leftAt = System.nanoTime();
    await(() -> running() == 0);

    // Left alone it would sleep for almost two seconds more; a busy machine may take half of one.
    assertThat(Duration.ofNanos(System.nanoTime() - leftAt)).isLessThan(Duration.ofSeconds(1));
    assertThatThrownBy(() -> get(asked)).isInstanceOf(ReadsCancelled.class);
  }

  @Test
  void neighbours_of_cancelled_reads_all_get_their_answers() throws Exception {
    var leaving = IntStream.range(0, 40).mapToObj(number -> new Reads()).toList();
    var left = leaving.stream().map(reads -> database.rows(reads, SLEEP, Tuple.of(0.15))).toList();
    var staying =
        IntStream.range(0, 150)
            .mapToObj(number -> database.rows(new Reads(), SLEEP, Tuple.of(0.01)))
            .toList();
    for (var reads : leaving) {
      Thread.sleep(10);
      reads.cancel();
    }

    for (var answer : staying) {
      assertThat(get(answer).size()).isEqualTo(1);
    }
    assertThat(left).allSatisfy(answer -> assertThat(settled(answer)).isTrue());
  }

  @Test
  void too_many_reads_at_once_are_refused_and_the_rest_is_answered() {
    var all =
        IntStream.range(0, 400)
            .mapToObj(number -> database.rows(new Reads(), SLEEP, Tuple.of(0.005)))
            .toList();

    all.forEach(DatabaseTest::settled);

    assertThat(all.stream().filter(Future::failed).map(Future::cause))
        .isNotEmpty()
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(DatabaseUnavailable.class));
    assertThat(all.stream().filter(Future::succeeded).count()).isGreaterThanOrEqualTo(256);
  }

  @Test
  void a_failed_transaction_changes_nothing() {
    var failing =
        database.<String>inTransaction(
            transaction ->
                database
                    .rows(transaction, "insert into account values (1, 10)", Tuple.tuple())
                    .compose(ignored -> Future.failedFuture(new IllegalStateException("no"))));

    assertThatThrownBy(() -> get(failing)).isInstanceOf(IllegalStateException.class);
    assertThat(balances("id = 1")).isEmpty();
  }

  @Test
  void a_transaction_that_throws_changes_nothing_and_gives_its_connection_back() {
    for (int time = 0; time < 10; time++) {
      var throwing =
          database.<String>inTransaction(
              transaction -> {
                throw new IllegalStateException("thrown");
              });
      assertThatThrownBy(() -> get(throwing)).hasMessage("thrown");
    }

    assertThat(change("insert into account values (2, 20)", Tuple.tuple())).isEqualTo(1);
    assertThat(balances("id = 2")).containsExactly(20);
  }

  @Test
  void transactions_in_each_other_s_way_are_run_again() {
    change("insert into account values (30, 0), (31, 0)", Tuple.tuple());
    var runs = new AtomicInteger();

    var both =
        Future.join(IntStream.range(0, 4).mapToObj(number -> addToBoth(number, runs)).toList());
    get(both);

    assertThat(balances("id in (30, 31)")).containsExactly(4, 4);
    assertThat(runs.get()).isGreaterThan(4);
  }

  /** Takes the two rows in opposite orders, which is a deadlock when two do it at once. */
  private Future<?> addToBoth(int number, AtomicInteger runs) {
    var sql = "update account set balance = balance + 1 where id = $1";
    var first = number % 2 == 0 ? 30 : 31;
    return database.inTransaction(
        transaction -> {
          runs.incrementAndGet();
          return database
              .rows(transaction, "set local lock_timeout = '5s'", Tuple.tuple())
              .compose(ignored -> database.rows(transaction, sql, Tuple.of(first)))
              .compose(ignored -> database.rows(transaction, "select pg_sleep(0.2)", Tuple.tuple()))
              .compose(ignored -> database.rows(transaction, sql, Tuple.of(61 - first)));
        });
  }

  @Test
  void a_ping_is_answered_while_the_reads_are_busy() {
    var busy =
        IntStream.range(0, 24)
            .mapToObj(number -> database.rows(new Reads(), SLEEP, Tuple.of(1)))
            .toList();
    var askedAt = System.nanoTime();

    get(database.ping());

    assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(Duration.ofSeconds(1));
    busy.forEach(DatabaseTest::settled);
  }

  private int change(String sql, Tuple arguments) {
    return get(database.inTransaction(transaction -> database.rows(transaction, sql, arguments)))
        .rowCount();
  }

  private List<Integer> balances(String where) {
    return get(
        database.list(
            new Reads(),
            "select balance from account where " + where + " order by id",
            Tuple.tuple(),
            row -> row.getInteger(0)));
  }

  private long running() {
    return get(
        database.inTransaction(
            transaction ->
                database
                    .rows(transaction, RUNNING, Tuple.tuple())
                    .map(rows -> rows.iterator().next().getLong(0))));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      Thread.sleep(5);
    }
  }

  private static boolean settled(Future<?> future) {
    try {
      get(future);
      return true;
    } catch (RuntimeException failed) {
      return future.isComplete();
    }
  }

  /** Fails with what the future failed with. */
  private static <T> T get(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("not answered", late);
    }
  }
}
