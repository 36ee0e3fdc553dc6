package dev.fairground.catalog;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes products off their operator's list until they are resumed, because what they rest on is not
 * there any more: within the transaction of the change, with the edition and the events that tell
 * it.
 */
public final class ListedSuspension {
  private final Database database;
  private final EventLog events;

  public ListedSuspension(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  private static final String SUSPEND =
      """
      -- suspendProducts
      select product_id, kind, version, edition_id, edition_number
        from suspend_products($1, $2, $3, $4, $5)
      """;

  private record Suspended(
      UUID id, String kind, int version, @Nullable UUID editionId, @Nullable Integer edition) {
    static Suspended of(Row row) {
      return new Suspended(
          row.getUUID(0), row.getString(1), Rows.number(row, 2), row.getUUID(3), row.getInteger(4));
    }

    NewEvent event(UUID operator) {
      return new NewEvent(
          EventType.PRODUCT_SUSPENDED,
          Ids.write(
              kind.equals("DATA_PRODUCT")
                  ? CatalogResolver.DATA_PRODUCT
                  : CatalogResolver.SERVICE_CAPABILITY,
              id),
          version,
          operator,
          true,
          List.of("status", "statusReason"));
    }
  }

  /**
   * Suspends those of the products that are offered. Others stay as they are. Waits for the
   * operator's turn to publish.
   *
   * @param reason shown with the product, to everybody
   * @return those that were suspended
   */
  public Future<List<UUID>> suspend(
      SqlConnection transaction,
      Write write,
      UUID operator,
      Collection<UUID> products,
      String reason) {
    if (products.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return database
        .list(
            transaction,
            SUSPEND,
            Tuple.of(
                operator,
                Rows.ids(products),
                write.moment().now().atOffset(ZoneOffset.UTC),
                reason,
                write.actor().name()),
            Suspended::of)
        .compose(
            suspended ->
                events
                    .append(transaction, write, happened(operator, suspended))
                    .map(done -> suspended.stream().map(Suspended::id).toList()));
  }

  private static List<NewEvent> happened(UUID operator, List<Suspended> suspended) {
    var happened = new ArrayList<NewEvent>();
    suspended.stream()
        .filter(product -> product.editionId() != null)
        .findFirst()
        .ifPresent(
            first ->
                happened.add(
                    new NewEvent(
                        EventType.LIST_PUBLISHED,
                        Ids.write(ProductLists.PREFIX, Objects.requireNonNull(first.editionId())),
                        first.edition(),
                        operator,
                        true,
                        List.of())));
    suspended.forEach(product -> happened.add(product.event(operator)));
    return happened;
  }
}
