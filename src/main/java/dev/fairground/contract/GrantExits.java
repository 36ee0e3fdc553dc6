package dev.fairground.contract;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what a grant rests on, when it is to end because that does. */
final class GrantExits {
  private final Database database;

  GrantExits(Database database) {
    this.database = database;
  }

  /**
   * What a grant rests on, today.
   *
   * @param productLeaves whether the product is off its list for good
   * @param authorizationLeaves whether the authorization has ended, or notice of exit was given
   * @param replacementOffered whether the other product is there, is another, and is offered
   */
  record Standing(boolean productLeaves, boolean authorizationLeaves, boolean replacementOffered) {}

  private static final String STANDING =
      """
      -- exitsOfAccessGrant
      select exists (
               select 1 from product_version p
                where p.operator_id = $1 and p.product_id = $2 and p.valid_to = 'infinity' and p.status = 'DELISTED'),
             exists (
               select 1 from authorization_grant_version a
                where a.grant_id = $3 and a.valid_to = 'infinity' and a.state in ('EXITING', 'ENDED')),
             exists (
               select 1 from product_version r
                where r.product_id = $4 and r.product_id <> $2 and r.valid_to = 'infinity' and r.status = 'PUBLISHED')
      """;

  Future<Standing> standing(
      SqlConnection transaction, AccessGrant grant, @Nullable UUID replacement) {
    return database
        .first(
            transaction,
            STANDING,
            Tuple.of(grant.operatorId(), grant.productId(), grant.authorizationId(), replacement),
            row -> new Standing(Rows.truth(row, 0), Rows.truth(row, 1), Rows.truth(row, 2)))
        .map(Objects::requireNonNull);
  }
}
