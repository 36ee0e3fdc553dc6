package dev.fairground.policy;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over the products that policies are made for. */
final class PolicyProducts {
  private final Database database;

  PolicyProducts(Database database) {
    this.database = database;
  }

  // In one order, so that two calls over the same products do not wait for each other.
  private static final String HOLD =
      """
      -- holdProductsOfPolicies
      select p.id
        from product p
       where p.id = any($1)
       order by p.operator_id, p.id
         for no key update
      """;

  private static final String PRODUCTS =
      """
      -- productsOfPolicies
      select v.operator_id, v.product_id, v.kind, v.status, g.jurisdiction_code, least(v.ends_on, g.ends_on),
             v.demonstration,
             array(select u.scenario_id
                     from product_scenario u
                    where u.operator_id = v.operator_id and u.product_id = v.product_id
                      and u.product_version = v.version and u.allowed
                    order by u.scenario_id),
             array(select u.scenario_id
                     from product_scenario u
                    where u.operator_id = v.operator_id and u.product_id = v.product_id
                      and u.product_version = v.version and not u.allowed
                    order by u.scenario_id),
             newest.version,
             (select max(t.number)
                from standard_terms t
               where t.operator_id = v.operator_id and t.product_id = v.product_id),
             newest.published_at
        from product_version v
        join authorization_grant_version g on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
        left join lateral (
          select a.version, a.published_at
            from access_policy a
           where a.operator_id = v.operator_id and a.product_id = v.product_id
           order by a.version desc
           limit 1
        ) as newest on true
       where v.product_id = any($1)
         and v.valid_to = 'infinity'
      """;

  /** Published products as they are now, held until the transaction ends. */
  Future<Map<UUID, PolicyProduct>> hold(SqlConnection transaction, Collection<UUID> ids) {
    return database
        .rows(transaction, HOLD, Tuple.of((Object) Rows.ids(ids)))
        .compose(
            held ->
                database.list(
                    transaction,
                    PRODUCTS,
                    Tuple.of((Object) Rows.ids(ids)),
                    PolicyProducts::product))
        .map(
            products -> {
              var found = new HashMap<UUID, PolicyProduct>();
              products.forEach(product -> found.put(product.id(), product));
              return found;
            });
  }

  private static PolicyProduct product(Row row) {
    return new PolicyProduct(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLocalDate(5),
        Rows.truth(row, 6),
        ids(row.getArrayOfUUIDs(7)),
        ids(row.getArrayOfUUIDs(8)),
        Rows.number(row, 9),
        Rows.number(row, 10),
        row.getOffsetDateTime(11));
  }

  private static List<UUID> ids(UUID @Nullable [] ids) {
    return ids == null ? List.of() : List.of(ids);
  }

  private static final String SCENARIOS =
      """
      -- scenariosOfConditions
      select s.id from scenario s where s.id = any($1)
      """;

  /** Those that there are. */
  Future<List<UUID>> scenarios(SqlConnection transaction, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture(List.of())
        : database.list(
            transaction, SCENARIOS, Tuple.of((Object) Rows.ids(ids)), row -> row.getUUID(0));
  }
}
