package dev.fairground.access;

import dev.fairground.graphql.Write;
import dev.fairground.policy.AccessPolicies;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Which access policy a request is judged by: the one in force when it was handed in, or a newer
 * one where that is better for the applicant (domain I11, check FA-11).
 */
final class JudgedBy {
  private final Database database;
  private final AccessPolicies policies;

  JudgedBy(Database database) {
    this.database = database;
    this.policies = new AccessPolicies(database);
  }

  /** The policy that is written down with a request of today. */
  Future<AccessPolicy> today(SqlConnection transaction, Write write, UUID product) {
    return policies
        .onDay(transaction, write.moment(), write.moment().day(), List.of(product))
        .map(found -> Objects.requireNonNull(found.get(product)));
  }

  // A newer policy is better where no step to it was a tightening, and one was a loosening.
  private static final String BETTER =
      """
      -- betterPolicySince
      select max(a.version)
        from access_policy a
       where a.product_id = $1 and a.version > $2 and a.effective_on <= $3 and a.published_at <= $4
      having bool_and(a.change in ('LOOSER', 'NEUTRAL')) and bool_or(a.change = 'LOOSER')
      """;

  /** The policy that a request is decided by today. */
  Future<AccessPolicy> of(SqlConnection transaction, Write write, AccessRequest request) {
    return database
        .first(
            transaction,
            BETTER,
            Tuple.of(
                request.productId(),
                request.policyVersion(),
                write.moment().day(),
                AccessRequests.now(write)),
            row -> row.getInteger(0))
        .compose(
            better ->
                policies.byVersion(
                    transaction,
                    Map.of(request.productId(), better == null ? request.policyVersion() : better)))
        .map(found -> Objects.requireNonNull(found.get(request.productId())));
  }
}
