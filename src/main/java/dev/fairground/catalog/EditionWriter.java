package dev.fairground.catalog;

import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Publishes editions of operators' lists, within the transaction that wrote the versions they show.
 * Publishers of one operator take turns: {@link #takeTurn} first, then the clock, then the
 * versions, then {@link #publish}.
 */
public final class EditionWriter {
  private final Database database;

  public EditionWriter(Database database) {
    this.database = database;
  }

  /**
   * What is to be published.
   *
   * @param moment when; the edition shows the versions that are published at this moment. Taken
   *     later if the edition before is not earlier
   * @param publisher the name of who publishes it; null for an import
   * @param title what the list is called, in one language; null for as before, not for the first
   * @param source where the list was read; null for nowhere
   * @param products those that may differ from the edition before; others stay as they are
   */
  public record Publication(
      UUID operatorId,
      OffsetDateTime moment,
      @Nullable String publisher,
      @Nullable Text title,
      @Nullable String source,
      boolean demonstration,
      Collection<UUID> products) {}

  /**
   * What was published.
   *
   * @param listingCount how many products it shows
   * @param added how many of them the edition before did not show
   * @param changed how many of them it showed in another version
   * @param removed how many it shows no more
   */
  public record Edition(
      UUID id,
      int number,
      OffsetDateTime publishedAt,
      int listingCount,
      int added,
      int changed,
      int removed) {}

  private static final String TAKE_TURN =
      "-- takeTurnToPublish\nselect take_turn_to_publish($1)::text";

  /** Waits for other publishers of the operator; the turn ends with the transaction. */
  public Future<Void> takeTurn(SqlConnection transaction, UUID operatorId) {
    return database.rows(transaction, TAKE_TURN, Tuple.of(operatorId)).mapEmpty();
  }

  private static final String PUBLISH =
      """
      -- publishEdition
      select id, number, published_at, listing_count, added, changed, removed
        from publish_edition($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  /** The next edition; null where it would be as the one before. */
  public Future<@Nullable Edition> publish(SqlConnection transaction, Publication publication) {
    var title = publication.title();
    return database.first(
        transaction,
        PUBLISH,
        Tuple.of(publication.operatorId(), publication.moment(), publication.publisher())
            .addValue(title == null ? null : title.value())
            .addValue(title == null ? null : title.locale())
            .addValue(publication.source())
            .addValue(publication.demonstration())
            .addValue(Rows.ids(publication.products())),
        EditionWriter::edition);
  }

  private static Edition edition(Row row) {
    return new Edition(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getInteger(3),
        row.getInteger(4),
        row.getInteger(5),
        row.getInteger(6));
  }
}
