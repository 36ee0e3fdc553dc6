package dev.fairground.catalog;

import dev.fairground.authorization.AuthorizationRepository;
import dev.fairground.authorization.ScenarioRepository;
import dev.fairground.code.CodeRepository;
import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.SearchedTexts;
import dev.fairground.kernel.Period;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.resource.DataResourceRepository;
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
import java.util.Locale;
import java.util.UUID;

/** SQL over products and their versions. */
public final class ProductRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          product_id, [operator/fairness: operator_id], [version: version], [validFrom: valid_from], [code: code], [status: status],
          [statusReason: status_reason], [title/titles: title], [title/titles/summary/summaries: locale],
          [title/titles: title_translations], [summary/summaries: summary, summary_translations], [authorization: authorization_grant_id], [form: form], [tier: tier],
          [purposeClass: purpose_class], [field: field], [sectorCode/sector: sector_code], [regionCode/region: region_code],
          [deliveries: deliveries], [updateFrequency: update_frequency],
          [dataUpdatedOn: data_updated_on], [grade: grade],
          [personalInformation: personal_information], [accessTerms: access_terms],
          [tradingVenue: trading_venue], [term: starts_on, ends_on], [publishedAt: published_at],
          [source: source], [demonstration: demonstration], kind, [capabilityKind: capability_kind],
          [capacity: capacity], [leadTimeWorkingDays: lead_time_working_days]
          """);

  /** One product of either kind by its id. */
  public static final One<Product> ONE =
      new One<>(
          "productsById",
          "product_version",
          "p",
          true,
          COLUMNS,
          ProductRepository::product,
          new Join("operator", "operator_id", OrganizationRepository.ONE),
          new Join("authorization", "authorization_grant_id", AuthorizationRepository.ONE),
          new Join("sector", "sector_code", CodeRepository.SECTOR),
          new Join("region", "region_code", CodeRepository.REGION));

  static final Search SEARCH = new Search("product_search", "p.product_id");

  static final PageSelect<Product> LIST = PageSelect.of("products", ONE);

  static final PageSelect<Product> OF_OPERATORS =
      LIST.linked("productsOfOperators", "p.operator_id");

  static final PageSelect<Product> OF_AUTHORIZATIONS =
      LIST.linked("productsOfAuthorizations", "p.authorization_grant_id");

  static final PageSelect<Product> OF_RESOURCES =
      LIST.linked(
          "productsOfResources",
          "product_resource u join product_version p on p.operator_id = u.operator_id"
              + " and p.product_id = u.product_id",
          "u.resource_id = parent.id",
          "u",
          "p");

  static final PageSelect<Product> OF_SCENARIOS =
      LIST.linked(
          "productsOfScenarios",
          "product_scenario u join product_version p on p.operator_id = u.operator_id"
              + " and p.product_id = u.product_id",
          "u.scenario_id = parent.id",
          "u",
          "p");

  static final PageSelect<ProductResource> RESOURCES =
      new PageSelect<>(
          "resourcesOfProducts",
          Columns.of("resource_id, data_items"),
          "u",
          "product_resource u",
          List.of("u"),
          "u.product_id = parent.id",
          List.of(new Join("resource", "resource_id", DataResourceRepository.ONE)),
          ProductRepository::resource);

  static final PageSelect<ProductScenario> SCENARIOS =
      new PageSelect<>(
          "scenariosOfProducts",
          Columns.of("scenario_id, allowed"),
          "u",
          "product_scenario u",
          List.of("u"),
          "u.product_id = parent.id",
          List.of(new Join("scenario", "scenario_id", ScenarioRepository.ONE)),
          row -> new ProductScenario(row.getUUID(0), row.getBoolean(1)));

  // What is other than before is found by comparing the rows, without what every version has of
  // its own.
  static final PageSelect<ProductChange> CHANGES =
      new PageSelect<>(
          "changesOfProducts",
          Columns.written(
              "v.version, v.valid_from, v.status, v.status_reason, v.title, v.locale,"
                  + " v.title_translations,"
                  + " case when w.version is not null then array(select field.key"
                  + " from jsonb_each(to_jsonb(v) - '{version,valid_from,valid_to,tokens,source_record}'::text[])"
                  + " as field where field.value is distinct from to_jsonb(w) -> field.key"
                  + " order by field.key) end as fields"),
          "v",
          "product_version v left join product_version w on w.operator_id = v.operator_id"
              + " and w.product_id = v.product_id and w.version = v.version - 1",
          List.of(),
          "v.product_id = parent.id",
          List.of(),
          ProductRepository::change);

  private final Database database;

  ProductRepository(Database database) {
    this.database = database;
  }

  Future<List<Product>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  private static final String BY_VERSION =
      "-- productsByVersion\nselect "
          + COLUMNS.all("p")
          + """

             from unnest($1::uuid[], $2::int[]) as wanted (id, version)
             join product_version p on p.product_id = wanted.id and p.version = wanted.version
            """;

  /** Versions of products as editions of lists show them; whatever the moment. */
  Future<List<Product>> findByVersions(Reading reading, Collection<ProductVersion> versions) {
    return database.list(
        reading.reads(),
        BY_VERSION,
        Tuple.of(
            versions.stream().map(ProductVersion::id).toArray(UUID[]::new),
            (Object) versions.stream().map(ProductVersion::version).toArray(Integer[]::new)),
        ProductRepository::product);
  }

  // Of many resources those whose names search keeps.
  private static final VersionedSql TEXTS =
      VersionedSql.of(
          2,
          """
          -- textsOfProducts
          select p.product_id, search_patterns($2), p.title, p.title_translations, o.name,
                 o.name_translations, array(
                   select r.title
                     from product_resource u
                     join data_resource_version r on r.resource_id = u.resource_id and {r}
                    where u.operator_id = p.operator_id
                      and u.product_id = p.product_id
                      and {u}
                    order by u.resource_id
                    limit 100), p.summary, p.summary_translations
            from product_version p
            left join organization_version o on o.organization_id = p.operator_id and {o}
           where p.product_id = any($1)
             and {p}
          """);

  /** The texts that products are found by. */
  Future<List<Highlights.Texts>> findTexts(Reading reading, Collection<UUID> ids, String asked) {
    return TEXTS.list(
        database,
        reading,
        row ->
            new SearchedTexts()
                .add("TITLE", row, 2, 3)
                .add("OPERATOR", row, 4, 5)
                .addAll("RESOURCE", row, 6)
                .add("SUMMARY", row, 7, 8)
                .of(row),
        Rows.ids(ids),
        asked);
  }

  private static Product product(Row row) {
    var startsOn = row.getLocalDate(26);
    var offer =
        new Offer(
            row.getUUID(0),
            row.getUUID(1),
            Rows.number(row, 2),
            row.getOffsetDateTime(3),
            row.getString(4),
            Rows.value(row, 5, Offer.Status.class),
            row.getString(6),
            Rows.text(row, 7, 8, 9),
            Rows.textOrNull(row, 10, 8, 11),
            row.getUUID(12),
            Rows.value(row, 13, Offer.Form.class),
            Rows.value(row, 14, Offer.Tier.class),
            Rows.value(row, 15, Offer.PurposeClass.class),
            row.getString(16),
            row.getString(17),
            row.getString(18),
            Rows.strings(row, 19),
            row.getString(20),
            row.getLocalDate(21),
            row.getString(22),
            row.getBoolean(23),
            row.getString(24),
            row.getString(25),
            startsOn == null ? null : new Period(startsOn, row.getLocalDate(27)),
            row.getOffsetDateTime(28),
            row.getString(29),
            Rows.truth(row, 30));
    return row.getString(31).equals("DATA_PRODUCT")
        ? new DataProduct(offer)
        : new ServiceCapability(
            offer,
            Rows.value(row, 32, ServiceCapability.Kind.class),
            row.getString(33),
            row.getInteger(34));
  }

  private static ProductResource resource(Row row) {
    var items = row.getArrayOfStrings(1);
    return new ProductResource(row.getUUID(0), items == null ? null : List.of(items));
  }

  private static ProductChange change(Row row) {
    return new ProductChange(
        row.getInteger(0),
        row.getOffsetDateTime(1),
        Rows.value(row, 2, Offer.Status.class),
        row.getString(3),
        Rows.text(row, 4, 5, 6),
        Rows.strings(row, 7).stream().map(ProductRepository::field).toList());
  }

  /** The schema's name of a column: status_reason is statusReason. */
  private static String field(String column) {
    var name = new StringBuilder();
    for (var part : column.split("_", -1)) {
      name.append(
          name.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }
}
