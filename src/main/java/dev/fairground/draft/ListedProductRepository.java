package dev.fairground.draft;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over products in lists, and their next versions where only their status is other. */
final class ListedProductRepository {
  private final Database database;

  ListedProductRepository(Database database) {
    this.database = database;
  }

  private static final String LISTED =
      """
      -- listedProducts
      select p.product_id, p.operator_id, p.kind, p.version, p.status, p.authorization_grant_id,
             g.institution_id = any($2),
             exists (
               select 1 from product_draft d
                where d.operator_id = p.operator_id and d.product_id = p.product_id)
        from product_version p
        join authorization_grant g on g.id = p.authorization_grant_id
       where p.product_id = any($1)
         and p.valid_to = 'infinity'
      """;

  Future<List<ListedProduct>> find(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), LISTED, arguments(ids, reading.viewer()), ListedProductRepository::listed);
  }

  Future<@Nullable ListedProduct> find(SqlConnection transaction, Viewer viewer, UUID id) {
    return database.first(
        transaction, LISTED, arguments(List.of(id), viewer), ListedProductRepository::listed);
  }

  private static Tuple arguments(Collection<UUID> ids, Viewer viewer) {
    return Tuple.of(Rows.ids(ids), (Object) viewer.rights().organizations(Scope.REVIEW_WRITE));
  }

  private static final String CONTENT =
      """
      -- contentOfListedProduct
      select product_entry(p.operator_id, p.product_id, p.version)
        from product_version p
       where p.product_id = $1
         and p.valid_to = 'infinity'
      """;

  /** The product as an entry of a list. */
  Future<JsonObject> content(SqlConnection transaction, UUID id) {
    return database
        .first(transaction, CONTENT, Tuple.of(id), row -> (JsonObject) row.getValue(0))
        .map(Objects::requireNonNull);
  }

  private static final String NEXT =
      """
      -- insertVersionOfStatus
      insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, status_reason, title,
             locale, title_translations, summary, summary_translations, authorization_grant_id, form, tier,
             purpose_class, field, sector_code, region_code, deliveries, update_frequency, data_updated_on, grade,
             personal_information, capability_kind, capacity, lead_time_working_days, access_terms, trading_venue,
             starts_on, ends_on, published_at, source, demonstration, source_record)
      select v.operator_id, v.product_id, v.version + 1, $3, v.kind, v.code, $4, $5, v.title, v.locale,
             v.title_translations, v.summary, v.summary_translations, v.authorization_grant_id, v.form, v.tier,
             v.purpose_class, v.field, v.sector_code, v.region_code, v.deliveries, v.update_frequency,
             v.data_updated_on, v.grade, v.personal_information, v.capability_kind, v.capacity,
             v.lead_time_working_days, v.access_terms, v.trading_venue, v.starts_on, v.ends_on, v.published_at,
             v.source, v.demonstration, v.source_record
        from product_version v
       where v.operator_id = $1 and v.product_id = $2 and v.valid_to = $3
      """;

  private static final String NEXT_RESOURCES =
      """
      -- insertResourcesOfNextVersion
      insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
      select u.operator_id, u.product_id, u.product_version + 1, u.resource_id, u.data_items, $3
        from product_resource u
       where u.operator_id = $1 and u.product_id = $2 and u.valid_to = $3
      """;

  private static final String NEXT_SCENARIOS =
      """
      -- insertScenariosOfNextVersion
      insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
      select u.operator_id, u.product_id, u.product_version + 1, u.scenario_id, u.allowed, $3
        from product_scenario u
       where u.operator_id = $1 and u.product_id = $2 and u.valid_to = $3
      """;

  /** Writes the next version of a product whose current one was closed at {@code moment}. */
  Future<Void> next(
      SqlConnection transaction,
      ListedProduct product,
      OffsetDateTime moment,
      ListedProduct.Status status,
      @Nullable String reason) {
    var of = Tuple.of(product.operatorId(), product.id(), moment);
    return database
        .rows(
            transaction,
            NEXT,
            Tuple.of(product.operatorId(), product.id(), moment)
                .addValue(status.name())
                .addValue(reason))
        .compose(done -> database.rows(transaction, NEXT_RESOURCES, of))
        .compose(done -> database.rows(transaction, NEXT_SCENARIOS, of))
        .mapEmpty();
  }

  private static ListedProduct listed(Row row) {
    return new ListedProduct(
        row.getUUID(0),
        row.getUUID(1),
        Rows.value(row, 2, ProductDraft.Kind.class),
        row.getInteger(3),
        Rows.value(row, 4, ListedProduct.Status.class),
        row.getUUID(5),
        Rows.truth(row, 6),
        Rows.truth(row, 7));
  }
}
