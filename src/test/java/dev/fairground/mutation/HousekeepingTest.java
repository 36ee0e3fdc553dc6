package dev.fairground.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.TestDatabase;
import dev.fairground.identity.Identity;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class HousekeepingTest {
  private final Vertx vertx;
  private final Database database;

  HousekeepingTest(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(vertx, database, InstantSource.system(), List.of(Identity.chore()));
  }

  @Test
  void keys_of_more_than_seven_days_go_by_whoever_comes_first_and_others_stay() throws Exception {
    await(
        database.inPrivateTransaction(
            transaction ->
                database
                    .rows(
                        transaction,
                        """
                        insert into idempotency_key (caller, key, mutation, input_digest, created_at)
                        select 'c', n::text, 'm', repeat('0', 64),
                               now() - case when n <= 1300 then interval '7 days 1 minute' else interval '6 days 23 hours' end
                          from generate_series(1, 1303) as n
                        """,
                        Tuple.tuple())
                    .mapEmpty()));

    var deleted = await(Future.all(housekeeping().run(), housekeeping().run()));

    assertThat(deleted.<Integer>resultAt(0) + deleted.<Integer>resultAt(1)).isEqualTo(1_300);
    assertThat(
            await(
                database.list(
                    new Reads(),
                    "select count(*)::integer from idempotency_key",
                    Tuple.tuple(),
                    row -> row.getInteger(0))))
        .containsExactly(3);
  }
}
