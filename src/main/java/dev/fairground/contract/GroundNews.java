package dev.fairground.contract;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells holders when the product or the authorization that their grants rest on is suspended, goes
 * on, leaves or has ended: one event for each grant that is not over, some grants at a time.
 */
final class GroundNews {
  private final Database database;
  private final EventLog events;
  private final int atOnce;

  GroundNews(Database database, int atOnce) {
    this.database = database;
    this.events = new EventLog(database);
    this.atOnce = atOnce;
  }

  private static final String REMEMBER =
      """
      -- rememberGroundOfAccessGrants
      insert into access_grant_ground (operator_id, product_id, authorization_grant_id, standing)
      values ($1, $2, $3, 'PUBLISHED ACTIVE')
          on conflict do nothing
      """;

  /** From the first grant on, which is given only where both are in force. */
  Future<Void> remember(SqlConnection transaction, NewGrant grant) {
    return database
        .rows(
            transaction,
            REMEMBER,
            Tuple.of(grant.operatorId(), grant.productId(), grant.authorizationId()))
        .mapEmpty();
  }

  /** Tells all that is to be told. */
  Future<Integer> run(Supplier<Write> write, BooleanSupplier closed) {
    return database
        .inPrivateTransaction(transaction -> some(transaction, write.get()))
        .compose(
            told ->
                told == null || closed.getAsBoolean()
                    ? Future.succeededFuture(told == null ? 0 : told)
                    : run(write, closed).map(more -> told + more));
  }

  // One that is being told is told to its end, even where it has changed since: in their order.
  private static final String NEXT =
      """
      -- groundThatHasChanged
      select f.operator_id, f.product_id, f.authorization_grant_id, coalesce(f.telling, p.status || ' ' || a.state),
             f.told_until
        from access_grant_ground f
        join product_version p
          on p.operator_id = f.operator_id and p.product_id = f.product_id and p.valid_to = 'infinity'
        join authorization_grant_version a
          on a.grant_id = f.authorization_grant_id and a.valid_to = 'infinity'
       where f.telling is not null or f.standing <> p.status || ' ' || a.state
       limit 1
         for no key update of f skip locked
      """;

  private record Ground(
      UUID operatorId,
      UUID productId,
      UUID authorizationId,
      String standing,
      @Nullable UUID toldUntil) {}

  /** How many grants of one ground; null where there is none to tell of. */
  private Future<@Nullable Integer> some(SqlConnection transaction, Write write) {
    return database
        .first(
            transaction,
            NEXT,
            Tuple.tuple(),
            row ->
                new Ground(
                    row.getUUID(0),
                    row.getUUID(1),
                    row.getUUID(2),
                    row.getString(3),
                    row.getUUID(4)))
        .compose(
            ground ->
                ground == null
                    ? Future.<@Nullable Integer>succeededFuture()
                    : tell(transaction, write, ground));
  }

  private static final String GRANTS =
      """
      -- accessGrantsOnGround
      select g.id, g.holder_id, v.version
        from access_grant g
        join access_grant_version v
          on v.operator_id = g.operator_id and v.grant_id = g.id and v.valid_to = 'infinity'
       where g.operator_id = $1 and g.product_id = $2 and g.authorization_grant_id = $3
         and g.id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000') and v.state <> 'ENDED'
       order by g.id
       limit $5
      """;

  private record Told(UUID id, UUID holderId, int version) {}

  private Future<@Nullable Integer> tell(SqlConnection transaction, Write write, Ground ground) {
    return database
        .list(
            transaction,
            GRANTS,
            Tuple.of(ground.operatorId(), ground.productId(), ground.authorizationId())
                .addValue(ground.toldUntil())
                .addValue(atOnce),
            row -> new Told(row.getUUID(0), row.getUUID(1), Rows.number(row, 2)))
        .compose(
            grants ->
                events
                    .append(transaction, write, grants.stream().map(GroundNews::event).toList())
                    .compose(told -> keep(transaction, ground, grants))
                    .map(grants.size()));
  }

  private static final String KEEP =
      """
      -- keepWhatWasToldOfGround
      update access_grant_ground
         set standing = $4, telling = $5, told_until = $6
       where operator_id = $1 and product_id = $2 and authorization_grant_id = $3
      """;

  private Future<Void> keep(SqlConnection transaction, Ground ground, List<Told> grants) {
    var more = grants.size() == atOnce;
    return database
        .rows(
            transaction,
            KEEP,
            Tuple.of(ground.operatorId(), ground.productId(), ground.authorizationId())
                .addValue(ground.standing())
                .addValue(more ? ground.standing() : null)
                .addValue(more ? grants.getLast().id() : null))
        .mapEmpty();
  }

  private static NewEvent event(Told told) {
    return new NewEvent(
        EventType.ACCESS_GRANT_CHANGED,
        Ids.write(AccessGrant.PREFIX, told.id()),
        told.version(),
        told.holderId(),
        false,
        List.of("productStanding"));
  }
}
