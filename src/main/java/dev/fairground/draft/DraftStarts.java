package dev.fairground.draft;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what drafts begin with. */
final class DraftStarts {
  private final Database database;

  DraftStarts(Database database) {
    this.database = database;
  }

  /**
   * A published product that is to be drafted.
   *
   * @param status where it stands in its list
   */
  record Published(DraftStart start, String status) {}

  private static final String OF_PRODUCT =
      """
      -- startOfProductDraft
      select p.operator_id, p.product_id, p.kind, p.code, p.version,
             product_entry(p.operator_id, p.product_id, p.version) - '{kind,code}'::text[], p.status
        from product_version p
       where p.product_id = $1
         and p.valid_to = 'infinity'
      """;

  Future<@Nullable Published> ofProduct(SqlConnection transaction, UUID productId) {
    return database.first(
        transaction,
        OF_PRODUCT,
        Tuple.of(productId),
        row ->
            new Published(
                new DraftStart(
                    row.getUUID(0),
                    row.getUUID(1),
                    Rows.value(row, 2, ProductDraft.Kind.class),
                    row.getString(3),
                    row.getInteger(4),
                    (JsonObject) row.getValue(5)),
                row.getString(6)));
  }

  /** What a new product of an operator finds. */
  record Ground(boolean isOperator, boolean isCodeTaken, boolean isFull) {}

  private static final String GROUND =
      """
      -- groundOfProductDraft
      select exists (select 1 from organization o where o.id = $1),
             exists (select 1 from product p where p.operator_id = $1 and p.code = $2),
             exists (select 1 from product_draft d where d.operator_id = $1 offset $3::bigint - 1)
      """;

  Future<Ground> ground(SqlConnection transaction, UUID operatorId, String code, int most) {
    return database
        .first(
            transaction,
            GROUND,
            Tuple.of(operatorId, code, (long) most),
            row -> new Ground(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2)))
        .map(Objects::requireNonNull);
  }
}
