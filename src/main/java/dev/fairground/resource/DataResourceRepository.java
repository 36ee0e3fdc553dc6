package dev.fairground.resource;

import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over public data resources and their data items. */
final class DataResourceRepository {
  private static final String COLUMNS =
      "r.resource_id, r.version, r.valid_from, r.code, r.title, r.locale, r.title_translations,"
          + " r.summary, r.summary_translations, r.holder_id, r.holder_name, r.origin,"
          + " r.provider_consent, r.topic, r.sector_code, r.region_code, r.update_frequency,"
          + " r.update_frequency_text, r.openness, r.openness_text, r.grade,"
          + " r.personal_information, r.formats, r.keywords, r.landing_page, r.licence,"
          + " r.released_on, r.updated_on, r.source, r.demonstration, r.sharing, r.sharing_text,"
          + " r.volume_text, r.covers_from, r.covers_until, r.next_review_on";

  static final PageSelect<DataResource> LIST =
      PageSelect.of(
          "resources", COLUMNS, "data_resource_version r", DataResourceRepository::resource, "r");

  static final PageSelect<DataResource> OF_HOLDERS =
      LIST.linked("resourcesOfHolders", "data_resource_version r", "r.holder_id = parent.id", "r");

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- resourcesById\nselect "
              + COLUMNS
              + """

               from data_resource_version r
              where r.resource_id = any($1)
                and {r}
              """);

  private static final VersionedSql BY_CODE =
      VersionedSql.of(
          1,
          "-- resourcesByCode\nselect "
              + COLUMNS
              + """

               from data_resource known
               join data_resource_version r on r.resource_id = known.id
              where known.code = any($1)
                and {r}
              """);

  // A resource has few columns; the bound keeps a broken import from flooding an answer.
  private static final String ITEMS =
      """
      -- itemsOfResources
      select i.resource_id, i.resource_version, i.name, i.position, i.type, i.description,
             i.sensitive
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
       cross join lateral (
         select resource_id, resource_version, name, position, type, description, sensitive
           from data_item
          where resource_id = parent.id
            and resource_version = parent.version
          order by position, name
          limit 500
       ) as i
      """;

  private final Database database;

  DataResourceRepository(Database database) {
    this.database = database;
  }

  Future<List<DataResource>> findByIds(Reading reading, Collection<UUID> ids) {
    return BY_ID.list(database, reading, DataResourceRepository::resource, (Object) Rows.ids(ids));
  }

  Future<List<DataResource>> findByCodes(Reading reading, Collection<String> codes) {
    return BY_CODE.list(
        database, reading, DataResourceRepository::resource, (Object) codes.toArray(String[]::new));
  }

  Future<List<DataItem>> findItems(Reading reading, Collection<DataResource.Version> versions) {
    return database.list(
        reading.reads(),
        ITEMS,
        Tuple.of(
            versions.stream().map(DataResource.Version::id).toArray(UUID[]::new),
            (Object) versions.stream().map(DataResource.Version::version).toArray(Integer[]::new)),
        DataResourceRepository::item);
  }

  private static DataResource resource(Row row) {
    return new DataResource(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getString(3),
        Rows.text(row, 4, 5, 6),
        Rows.textOrNull(row, 7, 5, 8),
        row.getUUID(9),
        row.getString(10),
        row.getString(11),
        row.getBoolean(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        row.getString(17),
        row.getString(18),
        row.getString(19),
        row.getString(20),
        row.getBoolean(21),
        Rows.strings(row, 22),
        Rows.strings(row, 23),
        row.getString(24),
        row.getString(25),
        row.getLocalDate(26),
        row.getLocalDate(27),
        row.getString(28),
        row.getBoolean(29),
        row.getString(30),
        row.getString(31),
        row.getString(32),
        Rows.periodOrNull(row, 33, 34),
        row.getLocalDate(35));
  }

  private static DataItem item(Row row) {
    return new DataItem(
        new DataResource.Version(row.getUUID(0), row.getInteger(1)),
        row.getString(2),
        row.getInteger(3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6));
  }
}
