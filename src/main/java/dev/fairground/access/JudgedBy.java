package dev.fairground.access;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which access policy a request that is handed in today is judged by. */
final class JudgedBy {
  private final Database database;

  JudgedBy(Database database) {
    this.database = database;
  }

  /**
   * The policy that is written down with a request.
   *
   * @param version 0 for the basic policy
   * @param decisionDays working days; null for those of the rules
   */
  record Judging(int version, int termsNumber, @Nullable Integer decisionDays) {
    static final Judging BASIC = new Judging(0, 0, null);
  }

  private static final String TODAY =
      """
      -- policyOfToday
      select a.version, a.terms_number, a.decision_days
        from access_policy a
       where a.product_id = $1 and a.effective_on <= $2 and a.published_at <= $3
       order by a.version desc
       limit 1
      """;

  Future<Judging> today(SqlConnection transaction, Write write, UUID product) {
    return database
        .first(
            transaction,
            TODAY,
            Tuple.of(product, write.moment().day(), AccessRequests.now(write)),
            row -> new Judging(row.getInteger(0), row.getInteger(1), row.getInteger(2)))
        .map(found -> found == null ? Judging.BASIC : found);
  }
}
