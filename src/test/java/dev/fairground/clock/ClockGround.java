package dev.fairground.clock;

import dev.fairground.Asking;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Viewer;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Reference data, two organizations, and changes on days that a test names. */
final class ClockGround {
  static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-0000000000a1");
  static final UUID REGISTRAR = UUID.fromString("00000000-0000-4000-8000-0000000000a2");
  static final UUID STRANGER = UUID.fromString("00000000-0000-4000-8000-0000000000a3");
  static final UUID BEIJING = UUID.fromString("00000000-0000-4000-8000-0000000000a4");
  static final UUID NATION = UUID.fromString("00000000-0000-4000-8000-0000000000a5");

  final Database database;
  final Clocks clocks;

  ClockGround(Database database, Asking asking) {
    this.database = database;
    clocks = new Clocks(database);
    try {
      await(new ReferenceData(database).load());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
    for (var id : new UUID[] {OPERATOR, REGISTRAR, STRANGER, BEIJING, NATION}) {
      asking.change(
          "insert into organization (id, code, created_at) values ($1, $2, timestamptz '2024-01-01Z')",
          id,
          code(id));
    }
    asking.change(
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on)"
            + " values ($1, 'DATA_AUTHORITY', '110000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '000000', '2024-01-01')",
        BEIJING,
        NATION);
  }

  private static String code(UUID id) {
    return "9111000000000" + id.toString().substring(31);
  }

  /** A change by the server at noon in China. */
  static Write on(String day) {
    return Write.ofServer(Moment.present(Instant.parse(day + "T04:00:00Z")), "test");
  }

  static Viewer viewer() {
    return new Viewer("nobody", null, Rights.NONE);
  }

  <T> T change(String day, BiFunction<SqlConnection, Write, Future<T>> work) {
    return await(database.inTransaction(transaction -> work.apply(transaction, on(day))));
  }

  LocalDate start(String day, String subject, String rule, String jurisdiction) {
    return change(
        day,
        (transaction, write) ->
            clocks.start(
                transaction,
                write,
                new Clocks.Start(
                    subject, rule, jurisdiction, OPERATOR, REGISTRAR, LocalDate.parse(day))));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(failure);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
