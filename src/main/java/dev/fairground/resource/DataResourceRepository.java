package dev.fairground.resource;

import dev.fairground.code.CodeRepository;
import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.SearchedTexts;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.Search;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over public data resources and their data items. */
public final class DataResourceRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          resource_id, [version/dataItems: version], [validFrom: valid_from], [code: code], [title: title],
          [title/summary: locale],
          [title: title_translations], [summary: summary, summary_translations], [holder: holder_id],
          [holderName: holder_name], [origin: origin], [providerConsent: provider_consent],
          [topic: topic], [sectorCode/sector: sector_code], [regionCode/region: region_code], [updateFrequency: update_frequency],
          [updateFrequencyText: update_frequency_text], [openness: openness],
          [opennessText: openness_text], [grade: grade], [personalInformation: personal_information],
          [formats: formats], [keywords: keywords], [landingPage: landing_page], [licence: licence],
          [releasedOn: released_on], [updatedOn: updated_on], [source: source], [demonstration: demonstration],
          [sharing: sharing], [sharingText: sharing_text], [volumeText: volume_text],
          [coverage: covers_from, covers_until], [nextReviewOn: next_review_on],
          [status: status], [catalogue: catalogue], [identifier: identifier]
          """);

  /** One resource by its id. */
  public static final One<DataResource> ONE =
      new One<>(
          "resourcesById",
          "data_resource_version",
          "r",
          true,
          COLUMNS,
          DataResourceRepository::resource,
          new Join("holder", "holder_id", OrganizationRepository.ONE),
          new Join("sector", "sector_code", CodeRepository.SECTOR),
          new Join("region", "region_code", CodeRepository.REGION));

  static final Search SEARCH = new Search("data_resource_search", "r.resource_id");

  static final PageSelect<DataResource> LIST = PageSelect.of("resources", ONE);

  static final PageSelect<DataResource> OF_HOLDERS =
      LIST.linked("resourcesOfHolders", "r.holder_id");

  private static final VersionedSql BY_CODE =
      VersionedSql.of(
          1,
          "-- resourcesByCode\nselect "
              + COLUMNS.all("r")
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
    return ONE.find(database, reading, ids);
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

  private static final VersionedSql TEXTS =
      VersionedSql.of(
          2,
          """
          -- textsOfResources
          select r.resource_id, search_patterns($2), r.title, r.title_translations,
                 coalesce(r.holder_name, h.name), h.name_translations, r.keywords, r.topic,
                 null::jsonb, r.summary, r.summary_translations
            from data_resource_version r
            left join organization_version h on h.organization_id = r.holder_id and {h}
           where r.resource_id = any($1)
             and {r}
          """);

  /** The texts that resources are found by. */
  Future<List<Highlights.Texts>> findTexts(Reading reading, Collection<UUID> ids, String asked) {
    return TEXTS.list(
        database,
        reading,
        row ->
            new SearchedTexts()
                .add("TITLE", row, 2, 3)
                .add("HOLDER", row, 4, 5)
                .addAll("KEYWORD", row, 6)
                .add("TOPIC", row, 7, 8)
                .add("SUMMARY", row, 9, 10)
                .of(row),
        Rows.ids(ids),
        asked);
  }

  private static DataResource resource(Row row) {
    return new DataResource(
        row.getUUID(0),
        Rows.number(row, 1),
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
        Rows.truth(row, 29),
        row.getString(30),
        row.getString(31),
        row.getString(32),
        Rows.periodOrNull(row, 33, 34),
        row.getLocalDate(35),
        Rows.value(row, 36, DataResource.Status.class),
        row.getString(37),
        row.getString(38));
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
