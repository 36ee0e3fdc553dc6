package dev.fairground.check;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what is due to be checked. */
final class DueRepository {
  private final Database database;

  DueRepository(Database database) {
    this.database = database;
  }

  /**
   * Something that is due.
   *
   * @param productId null for all that the operator has
   */
  record Due(UUID operatorId, @Nullable UUID productId, String cause) {}

  // What is taken is gone with the transaction that worked on it: one that is taken back, or whose
  // server died, leaves it to the next.
  private static final String TAKE =
      """
      -- takeCheckDue
      delete from check_due d
       using (select id from check_due
               where due_at <= $1
               order by due_at, id
               limit $2
                 for update skip locked) as taken
       where d.id = taken.id
      returning d.operator_id, d.product_id, d.cause
      """;

  Future<List<Due>> take(SqlConnection transaction, Instant now, int most) {
    return database.list(
        transaction,
        TAKE,
        Tuple.of(now.atOffset(ZoneOffset.UTC), most),
        row -> new Due(row.getUUID(0), row.getUUID(1), Objects.requireNonNull(row.getString(2))));
  }

  private static final String SPREAD =
      """
      -- spreadCheckDue
      insert into check_due (operator_id, product_id, cause, due_at)
      select v.operator_id, v.product_id, $2, $3
        from product_version v
       where v.operator_id = any($1) and v.valid_to = 'infinity' and v.status <> 'DELISTED'
      """;

  /** Makes one of each product of operators. */
  Future<Void> spread(
      SqlConnection transaction, Instant now, Collection<UUID> operators, String cause) {
    return database
        .rows(
            transaction, SPREAD, Tuple.of(Rows.ids(operators), cause, now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private static final String POSTPONE =
      """
      -- postponeCheckDue
      update check_due d set due_at = $2
        from (select id from check_due
               where due_at <= $1
               order by due_at, id
               limit 1
                 for update skip locked) as first
       where d.id = first.id
      """;

  /** Puts the first one off, which could not be checked. */
  Future<Void> postpone(SqlConnection transaction, Instant now, Instant until) {
    return database
        .rows(
            transaction,
            POSTPONE,
            Tuple.of(now.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
