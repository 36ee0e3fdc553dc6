package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicContentTest {
  private final Database here;
  private final Database elsewhere;
  private PublicContent content;

  PublicContentTest(Database database, Vertx vertx, DatabaseAddress address) {
    here = database;
    elsewhere =
        Database.connect(vertx, address, DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
  }

  @BeforeAll
  void listen() throws Exception {
    content = await(here.listen());
  }

  @AfterAll
  void close() throws Exception {
    await(elsewhere.close());
  }

  @Test
  void a_change_by_another_server_is_heard() throws Exception {
    var before = content.version();
    assertThat(before).isNotNegative();

    change(elsewhere, "insert into work_calendar values ('HEARD', '-', '-', 'UTC')");

    until(version -> version > before);
  }

  @Test
  void a_change_by_this_server_shows_before_it_is_acknowledged() throws Exception {
    var before = content.version();

    change(here, "insert into work_calendar values ('OWN', '-', '-', 'UTC')");

    assertThat(content.version()).isGreaterThan(before);
  }

  @Test
  void a_lost_connection_is_told_and_its_silence_counts_as_a_change() throws Exception {
    until(version -> version >= 0);
    var before = content.version();

    change(
        elsewhere,
        "select pg_terminate_backend(pid)::text from pg_stat_activity"
            + " where datname = current_database() and query like 'listen%'");

    until(version -> version < 0);
    until(version -> version > before);
  }

  private void until(LongPredicate version) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!version.test(content.version())) {
      assertThat(System.nanoTime()).as("still %s", content.version()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static void change(Database database, String sql) throws Exception {
    await(
        database.inTransaction(
            transaction -> database.rows(transaction, "-- change\n" + sql, Tuple.tuple())));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
