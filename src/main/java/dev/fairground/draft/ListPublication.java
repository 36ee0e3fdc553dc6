package dev.fairground.draft;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SQL that turns drafts into versions of products, all of them by the same few statements. Called
 * by who has the operator's turn to publish.
 */
final class ListPublication {
  private final Database database;

  ListPublication(Database database) {
    this.database = database;
  }

  /**
   * Who publishes, and on what.
   *
   * @param name what the operator is called
   * @param demonstration whether the operator was made up
   * @param number of the newest edition; 0 before the first
   */
  record Publisher(Text name, boolean demonstration, int number) {}

  private static final String PUBLISHER =
      """
      -- publisherOfList
      select o.name, o.locale, o.name_translations, o.demonstration,
             coalesce((select max(l.number) from product_list l where l.operator_id = o.organization_id), 0)
        from organization_version o
       where o.organization_id = $1
         and o.valid_to = 'infinity'
      """;

  /** Null where there is no such organization. */
  Future<@Nullable Publisher> publisher(SqlConnection transaction, UUID operatorId) {
    return database.first(
        transaction,
        PUBLISHER,
        Tuple.of(operatorId),
        row -> new Publisher(Rows.text(row, 0, 1, 2), Rows.truth(row, 3), Rows.number(row, 4)));
  }

  // Whoever ends an authorization waits until the publication is committed, or was first: then what
  // is read afterwards says so. So does whoever changes its ceilings.
  private static final String HOLD_AUTHORIZATIONS =
      """
      -- holdAuthorizations
      select g.grant_id
        from authorization_grant a
        join authorization_grant_version g on g.grant_id = a.id and g.valid_to = 'infinity'
       where a.id = any($1)
       order by a.id
         for share
      """;

  Future<Void> hold(SqlConnection transaction, Collection<UUID> grants) {
    return database.rows(transaction, HOLD_AUTHORIZATIONS, Tuple.of(Rows.ids(grants))).mapEmpty();
  }

  // The turn was waited for: the nearer the moment is to the commit, the fewer see the list of
  // before
  // under a moment at which there is a newer one.
  private static final String MOMENT =
      """
      -- momentOfPublication
      select greatest(
               $3::timestamptz + (clock_timestamp() - now()),
               (select max(v.valid_from) + interval '1 microsecond'
                  from product_version v
                 where v.operator_id = $1 and v.product_id = any($2) and v.valid_to = 'infinity'),
               (select max(l.published_at) + interval '1 microsecond'
                  from product_list l
                 where l.operator_id = $1))
      """;

  /** Now, or just behind what was published last, so that versions and editions follow on. */
  Future<OffsetDateTime> moment(
      SqlConnection transaction, Write write, UUID operatorId, Collection<UUID> products) {
    return database
        .first(
            transaction,
            MOMENT,
            Tuple.of(operatorId, Rows.ids(products), ProductDraftRepository.now(write)),
            row -> row.getOffsetDateTime(0))
        .map(Objects::requireNonNull);
  }

  private static final String PRODUCTS =
      """
      -- insertProductsOfDrafts
      insert into product (operator_id, id, kind, code, created_at)
      select d.operator_id, d.product_id, d.kind, d.code, $3
        from product_draft d
       where d.operator_id = $1
         and d.id = any($2)
         and d.base_version is null
          on conflict do nothing
      returning id
      """;

  // After the versions: while a product has a current one, each change of what it uses makes its
  // entry of search anew.
  private static final String CLOSE_RESOURCES =
      """
      -- closeResourcesOfProducts
      update product_resource u set valid_to = $3
       where u.operator_id = $1 and u.product_id = any($2) and u.valid_to = 'infinity'
      """;

  private static final String CLOSE_SCENARIOS =
      """
      -- closeScenariosOfProducts
      update product_scenario u set valid_to = $3
       where u.operator_id = $1 and u.product_id = any($2) and u.valid_to = 'infinity'
      """;

  private static final String CLOSE_VERSIONS =
      """
      -- closeVersionsOfProducts
      update product_version v set valid_to = $3
       where v.operator_id = $1 and v.product_id = any($2) and v.valid_to = 'infinity'
      """;

  /** Ends the current versions of products at the moment at which their next ones begin. */
  Future<Void> close(
      SqlConnection transaction,
      UUID operatorId,
      Collection<UUID> products,
      OffsetDateTime moment) {
    return database
        .rows(transaction, CLOSE_VERSIONS, arguments(operatorId, products, moment))
        .compose(
            done ->
                database.rows(
                    transaction, CLOSE_RESOURCES, arguments(operatorId, products, moment)))
        .compose(
            done ->
                database.rows(
                    transaction, CLOSE_SCENARIOS, arguments(operatorId, products, moment)))
        .mapEmpty();
  }

  private static Tuple arguments(UUID operatorId, Collection<UUID> ids, OffsetDateTime moment) {
    return Tuple.of(operatorId, Rows.ids(ids), moment);
  }

  private static final String VERSIONS =
      """
      -- insertVersionsOfDrafts
      insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
             title_translations, summary, summary_translations, authorization_grant_id, form, tier, purpose_class,
             field, sector_code, region_code, deliveries, update_frequency, data_updated_on, grade,
             personal_information, capability_kind, capacity, lead_time_working_days, access_terms, trading_venue,
             starts_on, ends_on, published_at, demonstration)
      select d.operator_id, d.product_id, coalesce(v.version, 0) + 1, $3, d.kind, d.code, 'PUBLISHED',
             c.title #>> '{0,value}', c.title #>> '{0,locale}', more.titles, c.summary #>> '{0,value}', more.summaries,
             d.authorization_grant_id, c."form", coalesce(c."tier", 'BASE'), c."purposeClass", c."field",
             c."sectorCode", c."regionCode", coalesce(c."deliveries", '{}'), c."updateFrequency", c."dataUpdatedOn",
             c."grade", c."personalInformation", c."capabilityKind", c."capacity", c."leadTimeWorkingDays",
             c."accessTerms", c."tradingVenue", c."startsOn", c."endsOn", coalesce(v.published_at, $3), $4
        from product_draft d
       cross join lateral jsonb_to_record(d.content) as c (
               title jsonb, summary jsonb, "form" text, "tier" text, "purposeClass" text, "field" text,
               "sectorCode" text, "regionCode" text, "deliveries" text[], "updateFrequency" text,
               "dataUpdatedOn" date, "grade" text, "personalInformation" boolean, "capabilityKind" text,
               "capacity" text, "leadTimeWorkingDays" integer, "accessTerms" text, "tradingVenue" text,
               "startsOn" date, "endsOn" date)
       cross join lateral (
         select (select jsonb_object_agg(t ->> 'locale', t ->> 'value')
                   from jsonb_array_elements(c.title - 0) as t) as titles,
                (select jsonb_object_agg(t ->> 'locale', t ->> 'value')
                   from jsonb_array_elements(c.summary - 0) as t) as summaries) as more
        left join product_version v
          on v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = $3
       where d.operator_id = $1
         and d.id = any($2)
      returning product_id, version
      """;

  private static final String RESOURCES =
      """
      -- insertResourcesOfDrafts
      insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
      select v.operator_id, v.product_id, v.version, substr(r ->> 'resource', 5)::uuid,
             case when r -> 'dataItems' is not null
                  then array(select jsonb_array_elements_text(r -> 'dataItems')) end,
             v.valid_from
        from product_draft d
        join product_version v
          on v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = 'infinity'
       cross join lateral jsonb_array_elements(d.content -> 'resources') as r
       where d.operator_id = $1
         and d.id = any($2)
      """;

  private static final String SCENARIOS =
      """
      -- insertScenariosOfDrafts
      insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
      select v.operator_id, v.product_id, v.version, substr(s ->> 'scenario', 5)::uuid,
             (s ->> 'allowed')::boolean, v.valid_from
        from product_draft d
        join product_version v
          on v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = 'infinity'
       cross join lateral jsonb_array_elements(d.content -> 'scenarios') as s
       where d.operator_id = $1
         and d.id = any($2)
      """;

  /** Those new products of drafts that could be entered: another one may have the code. */
  Future<List<UUID>> enter(
      SqlConnection transaction, UUID operatorId, Collection<UUID> drafts, OffsetDateTime moment) {
    return database.list(
        transaction, PRODUCTS, arguments(operatorId, drafts, moment), row -> row.getUUID(0));
  }

  /** A version of a product that was written. */
  record Version(UUID productId, int version) {}

  /** Writes the contents of drafts as the next versions of their products. */
  Future<List<Version>> write(
      SqlConnection transaction,
      UUID operatorId,
      Collection<UUID> drafts,
      OffsetDateTime moment,
      boolean demonstration) {
    var some = Tuple.of(operatorId, (Object) Rows.ids(drafts));
    return database
        .list(
            transaction,
            VERSIONS,
            arguments(operatorId, drafts, moment).addValue(demonstration),
            ListPublication::version)
        .compose(
            versions ->
                database
                    .rows(transaction, RESOURCES, some)
                    .compose(done -> database.rows(transaction, SCENARIOS, some))
                    .map(versions));
  }

  private static Version version(Row row) {
    return new Version(row.getUUID(0), row.getInteger(1));
  }
}
