package dev.fairground.event;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes subjects of the tests' own, and tells of it in the log as features do. */
public final class Happenings {
  private final Database database;
  private final EventLog log;

  public Happenings(Database database) {
    this.database = database;
    this.log = new EventLog(database);
  }

  /** The table of the subjects; once for each database. */
  public Happenings prepare() {
    await(
        database.inTransaction(
            transaction ->
                database.rows(
                    transaction,
                    "-- subjects\ncreate table changing_subject (id uuid primary key, version int not null)",
                    Tuple.tuple())));
    return this;
  }

  public static Write write(String name) {
    return new Write(
        new Viewer(name, new Viewer.Actor(name, name, null), Rights.NONE),
        Moment.present(Instant.now()),
        "r1");
  }

  public static String subject(UUID id) {
    return Ids.write("product", id);
  }

  /** One event, in a transaction of its own. */
  public void happen(EventType type, @Nullable UUID organizationId, boolean open) {
    await(
        commit(new NewEvent(type, subject(UUID.randomUUID()), 1, organizationId, open, List.of())));
  }

  public Future<Void> commit(NewEvent... events) {
    return database.inTransaction(
        transaction -> log.append(transaction, write("Zhang Wei"), List.of(events)));
  }

  /** A further version of a subject: whoever changes the same one waits for its end. */
  public Future<Void> change(UUID subject) {
    return database.inTransaction(
        transaction ->
            database
                .first(
                    transaction,
                    """
                    -- changeSubject
                    insert into changing_subject as s (id, version)
                    values ($1, 1)
                    on conflict (id) do update
                       set version = s.version + 1
                    returning version
                    """,
                    Tuple.of(subject),
                    row -> row.getInteger(0))
                .compose(
                    version ->
                        log.append(
                            transaction,
                            write("Zhang Wei"),
                            List.of(
                                new NewEvent(
                                    EventType.PRODUCT_CHANGED,
                                    subject(subject),
                                    version,
                                    null,
                                    true,
                                    List.of("title"))))));
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
