package dev.fairground.access;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a grant keeps of its holder and its product on the day on which it is given. */
final class Holders {
  private final Database database;

  Holders(Database database) {
    this.database = database;
  }

  /**
   * What is known on the day.
   *
   * @param affiliate whether it is linked with the operator; null where the operator did not
   *     declare its links
   * @param ways in which the product is delivered
   */
  record Holder(
      @Nullable Boolean smallOrMicro,
      @Nullable Boolean affiliate,
      int productVersion,
      List<String> ways) {}

  private static final String HOLDER =
      """
      -- holderOfAccess
      select (select o.small_or_micro
                from organization_version o where o.organization_id = $1 and o.valid_to = 'infinity'),
             case when exists (select 1 from affiliation_declaration d
                                where d.organization_id = $2 and d.declared_on <= $4 and d.declared_at <= $5)
                  then exists (select 1 from related_organizations($2, $4, $6, $5) as r
                                where r.organization_id = $1) end,
             p.version, p.deliveries
        from product_version p
       where p.operator_id = $2 and p.product_id = $3 and p.valid_to = 'infinity'
      """;

  Future<Holder> find(SqlConnection transaction, Write write, AccessRequest of) {
    return database
        .first(
            transaction,
            HOLDER,
            Tuple.of(
                of.applicantId(),
                of.operatorId(),
                of.productId(),
                write.moment().day(),
                AccessRequests.now(write),
                of.jurisdictionCode()),
            row ->
                new Holder(
                    row.getBoolean(0), row.getBoolean(1), row.getInteger(2), Rows.strings(row, 3)))
        .map(Objects::requireNonNull);
  }
}
