package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A network that loses everything and says nothing is worse than a database that is gone. */
@ExtendWith(TestDatabase.class)
class SilentDatabaseTest {
  private final Wire wire;
  private final Database database;

  SilentDatabaseTest(Vertx vertx, DatabaseAddress address) throws Exception {
    wire = new Wire(vertx, address);
    database =
        Database.connect(
            vertx, wire.near(address), DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
  }

  @BeforeEach
  void connect() throws Exception {
    await(database.ping());
    await(read());
  }

  @AfterEach
  void close() {
    // Not waited for: a dead connection does not say good-bye.
    database.close();
  }

  @Test
  void silence_is_noticed_where_changes_are_listened_for_and_ends_when_the_network_is_back()
      throws Exception {
    var content = await(database.listen());
    assertThat(content.version()).isNotNegative();

    wire.goDead();
    until(() -> content.version() < 0);
    wire.takeNewConnections();
    until(() -> content.version() >= 0);
  }

  @Test
  void reads_and_the_health_check_are_given_up_in_time_and_work_on_new_connections()
      throws Exception {
    wire.goDead();
    // As many as there are connections for them: none is left that works.
    var pings =
        IntStream.range(0, DatabaseLimits.DEFAULTS.transactionConnections())
            .mapToObj(number -> database.ping())
            .toList();
    var read = read();
    for (var ping : pings) {
      assertThatThrownBy(() -> await(ping)).isInstanceOf(Exception.class);
    }
    assertThatThrownBy(() -> await(read)).hasRootCauseInstanceOf(DatabaseUnavailable.class);

    wire.takeNewConnections();
    await(database.ping());
    await(read());
  }

  private Future<?> read() {
    return database.rows(new Reads(), "-- one\nselect 1", Tuple.tuple());
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}
