package dev.fairground.authorizing;

import dev.fairground.catalog.ListedSuspension;
import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What follows for products when an authorization changed, in the transaction of the change: those
 * that fall outside are suspended, the others are looked at again. Up to 1,000 at once; more are
 * suspended afterwards by {@link EffectWorker}.
 */
final class Effects {
  static final int AT_ONCE = 1_000;
  private static final int TOLD = 100;

  private final Database database;
  private final ListedSuspension suspension;
  private final Checks checks;

  Effects(Database database) {
    this.database = database;
    this.suspension = new ListedSuspension(database);
    this.checks = new Checks(database);
  }

  /**
   * What follows.
   *
   * @param count how many products
   * @param first the first 100 of them, by code
   * @param later whether they are suspended after this transaction
   */
  record Affected(int count, List<AffectedProduct> first, boolean later) {
    static final Affected NONE = new Affected(0, List.of(), false);

    Affected {
      first = List.copyOf(first);
    }
  }

  private static final String OUTSIDE =
      """
      -- productsOutsideAuthorization
      select f.operator_id, f.product_id, f.code, case when f.unusable then '{}' else f.outside end, f.words
        from standing_on_authorization($1, $2, 'PUBLISHED') as f
       where f.unusable or f.outside <> '{}'
       order by f.code, f.product_id
       limit $3
      """;

  /** Offered products that fall outside of the authorization as it now is. */
  Future<List<AffectedProduct>> outside(
      SqlConnection transaction, UUID grantId, LocalDate day, int most) {
    return database.list(transaction, OUTSIDE, Tuple.of(grantId, day, most), Effects::product);
  }

  private static final String COUNT =
      """
      -- countProductsOutsideAuthorization
      select count(*)::integer
        from standing_on_authorization($1, $2, 'PUBLISHED') as f
       where f.unusable or f.outside <> '{}'
      """;

  private static final String RESUMABLE =
      """
      -- productsWithinAuthorizationAgain
      select f.operator_id, f.product_id, f.code, '{}'::text[], '{}'::text[], (count(*) over ())::integer
        from standing_on_authorization($1, $2, 'SUSPENDED') as f
       where not f.unusable and f.outside = '{}'
       order by f.code, f.product_id
       limit 100
      """;

  /** Suspended products that lie within it again; their operator offers them, or does not. */
  Future<Affected> resumable(SqlConnection transaction, Write write, UUID grantId) {
    var count = new int[1];
    return database
        .list(
            transaction,
            RESUMABLE,
            Tuple.of(grantId, write.moment().day()),
            row -> {
              count[0] = Rows.number(row, 5);
              return product(row);
            })
        .map(found -> new Affected(count[0], found, false));
  }

  private static AffectedProduct product(Row row) {
    return new AffectedProduct(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        Rows.strings(row, 3),
        Rows.strings(row, 4));
  }

  private static final String LATER =
      """
      -- suspendLater
      insert into authorization_effect (grant_id, operator_id, due_at) values ($1, $2, $3)
      """;

  /**
   * Applies what a change brought about.
   *
   * @param after the authorization as it now is
   */
  Future<Affected> apply(SqlConnection transaction, Write write, Grant after) {
    return outside(transaction, after.id(), write.moment().day(), AT_ONCE + 1)
        .compose(
            found ->
                found.size() <= AT_ONCE
                    ? suspend(transaction, write, after, found)
                        .map(
                            done ->
                                new Affected(
                                    found.size(), found.stream().limit(TOLD).toList(), false))
                    : later(transaction, write, after, found))
        .compose(affected -> look(transaction, write, after.id()).map(due -> affected));
  }

  private Future<Affected> later(
      SqlConnection transaction, Write write, Grant after, List<AffectedProduct> found) {
    return database
        .rows(
            transaction,
            LATER,
            Tuple.of(after.id(), after.operatorId(), GrantRepository.now(write)))
        .compose(
            done ->
                database.first(
                    transaction,
                    COUNT,
                    Tuple.of(after.id(), write.moment().day()),
                    row -> Rows.number(row, 0)))
        .map(
            count ->
                new Affected(
                    Objects.requireNonNull(count), found.stream().limit(TOLD).toList(), true));
  }

  /** Suspends products that were found outside; an edition for each reason that there is. */
  Future<Void> suspend(
      SqlConnection transaction, Write write, Grant after, List<AffectedProduct> found) {
    Future<Void> all = Future.succeededFuture();
    for (var group : EffectReasons.of(after, found)) {
      all =
          all.compose(
              before ->
                  suspension
                      .suspend(
                          transaction, write, after.operatorId(), group.products(), group.reason())
                      .mapEmpty());
    }
    return all;
  }

  private static final String LOOK =
      """
      -- checksDueByAuthorization
      insert into check_due (operator_id, product_id, cause, due_at)
      select p.operator_id, p.product_id, $3, $2
        from product_version p
       where p.authorization_grant_id = $1 and p.valid_to = 'infinity' and p.status = 'PUBLISHED'
      """;

  private Future<Void> look(SqlConnection transaction, Write write, UUID grantId) {
    return database
        .rows(
            transaction,
            LOOK,
            Tuple.of(grantId, GrantRepository.now(write), Cause.SCOPE_CHANGE.name()))
        .compose(due -> checks.ofGrants(transaction, write, Cause.SCOPE_CHANGE, List.of(grantId)))
        .mapEmpty();
  }

  /** Ids of the products, for statements. */
  static List<UUID> ids(List<AffectedProduct> products) {
    return new ArrayList<>(products.stream().map(AffectedProduct::productId).toList());
  }
}
