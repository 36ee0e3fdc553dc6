package dev.fairground.draft;

import dev.fairground.authorization.AuthorizationRepository;
import dev.fairground.graphql.Write;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over drafts of entries. */
final class ProductDraftRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, operator_id, product_id, kind, code, base_version, version, status, content, authorization_grant_id, missing,
          security_passed, security_reasons, security_at, security_by, norm_passed, norm_reasons, norm_at, norm_by,
          institution_confirmed_at, institution_confirmed_by, authority_confirmed_at, authority_confirmed_by,
          submitted_at, submitted_by, created_at, created_by, updated_at, updated_by
          """);

  private static final One<ProductDraft> ONE =
      new One<>(
          "productDraftsById",
          "product_draft",
          "d",
          false,
          COLUMNS,
          ProductDraftRepository::draft,
          new Join("operator", "operator_id", OrganizationRepository.ONE),
          new Join("authorization", "authorization_grant_id", AuthorizationRepository.ONE));

  static final PageSelect<ProductDraft> LIST = PageSelect.of("productDrafts", ONE);

  static final PageSelect<ProductDraft> OF_OPERATORS =
      LIST.linked("productDraftsOfOperators", "d.operator_id");

  private final Database database;

  ProductDraftRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- productDraftsById\nselect "
          + COLUMNS.all("d")
          + " from product_draft d where d.id = any($4) and "
          + DraftAccess.VISIBLE;

  /** Those that the caller may see. */
  Future<List<ProductDraft>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        DraftAccess.reading(reading.viewer()).tuple().addValue(Rows.ids(ids)),
        ProductDraftRepository::draft);
  }

  private static final String FOR_UPDATE =
      "-- productDraftForUpdate\nselect "
          + COLUMNS.all("d")
          + " from product_draft d where d.id = $4 and "
          + DraftAccess.VISIBLE
          + " for update of d";

  /** One that the caller may see, which nobody else changes until the transaction ends. */
  Future<@Nullable ProductDraft> findForUpdate(SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        FOR_UPDATE,
        DraftAccess.changing(write.viewer()).tuple().addValue(id),
        ProductDraftRepository::draft);
  }

  private static final String INSERT =
      """
      -- insertProductDraft
      insert into product_draft as d (operator_id, id, product_id, kind, code, base_version, content, created_at,
             created_by, updated_at, updated_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9)
          on conflict do nothing
      returning\s"""
          + COLUMNS.all("d");

  /** Null where the operator drafts this product or this code already. */
  Future<@Nullable ProductDraft> insert(
      SqlConnection transaction, Write write, DraftStart start, JsonObject content) {
    return database.first(
        transaction,
        INSERT,
        Tuple.of(start.operatorId(), UUID.randomUUID(), start.productId())
            .addValue(start.kind().name())
            .addValue(start.code())
            .addValue(start.baseVersion())
            .addValue(content)
            .addValue(now(write))
            .addValue(write.actor().name()),
        ProductDraftRepository::draft);
  }

  private static final String SAVE =
      """
      -- saveProductDraft
      update product_draft as d
         set version = version + 1, updated_at = $3, updated_by = $4, code = $5, kind = $6, base_version = $7,
             content = $8, status = $9, submitted_at = $10, submitted_by = $11,
             security_passed = $12, security_reasons = $13, security_at = $14, security_by = $15,
             norm_passed = $16, norm_reasons = $17, norm_at = $18, norm_by = $19,
             institution_confirmed_at = $20, institution_confirmed_by = $21,
             authority_confirmed_at = $22, authority_confirmed_by = $23
       where operator_id = $1 and id = $2
         and not exists (
           select 1 from product_draft o
            where o.operator_id = d.operator_id and o.code = $5 and o.id <> d.id)
      returning\s"""
          + COLUMNS.all("d");

  /** Writes what a change made of a draft; null where another draft has its new code. */
  Future<@Nullable ProductDraft> save(SqlConnection transaction, Write write, ProductDraft draft) {
    var arguments =
        Tuple.of(draft.operatorId(), draft.id(), now(write), write.actor().name(), draft.code())
            .addValue(draft.kind().name())
            .addValue(draft.baseVersion())
            .addValue(draft.content())
            .addValue(draft.status().name())
            .addValue(draft.submittedAt())
            .addValue(draft.submittedBy());
    review(arguments, draft.security());
    review(arguments, draft.norm());
    confirmation(arguments, draft.institution());
    confirmation(arguments, draft.authority());
    return database.first(transaction, SAVE, arguments, ProductDraftRepository::draft);
  }

  private static void review(Tuple arguments, ProductDraft.@Nullable Review review) {
    arguments.addValue(review == null ? null : review.passed());
    arguments.addValue(review == null ? null : review.reasons());
    arguments.addValue(review == null ? null : review.at());
    arguments.addValue(review == null ? null : review.by());
  }

  private static void confirmation(
      Tuple arguments, ProductDraft.@Nullable Confirmation confirmation) {
    arguments.addValue(confirmation == null ? null : confirmation.at());
    arguments.addValue(confirmation == null ? null : confirmation.by());
  }

  private static final String OF_OPERATOR =
      "-- productDraftsToPublish\nselect "
          + COLUMNS.all("d")
          + " from product_draft d where d.operator_id = $1 and d.id = any($2) order by d.code for update of d";

  /**
   * Those of them that are the operator's, which nobody else changes until the transaction ends.
   */
  Future<List<ProductDraft>> findOfOperator(
      SqlConnection transaction, UUID operatorId, Collection<UUID> ids) {
    return database.list(
        transaction,
        OF_OPERATOR,
        Tuple.of(operatorId, (Object) Rows.ids(ids)),
        ProductDraftRepository::draft);
  }

  /** How many drafts one publication takes at most. */
  static final int MOST_AT_ONCE = 1_000;

  private static final String PUBLISHABLE =
      "-- productDraftsThatMayBePublished\nselect "
          + COLUMNS.all("d")
          + """
             from product_draft d
            where d.operator_id = $1
              and d.missing = '{}'
              and (d.status in ('REVIEWED', 'FILED') or d.base_version is not null and d.status in ('DRAFT', 'RETURNED'))
            order by d.status in ('REVIEWED', 'FILED') desc, d.updated_at, d.id
            limit $2
              for update of d
            """;

  /** Those whose state does not stand against it, the reviewed ones first. */
  Future<List<ProductDraft>> findPublishable(SqlConnection transaction, UUID operatorId) {
    return database.list(
        transaction,
        PUBLISHABLE,
        Tuple.of(operatorId, MOST_AT_ONCE),
        ProductDraftRepository::draft);
  }

  private static final String DELETE =
      "-- deleteProductDrafts\ndelete from product_draft where operator_id = $1 and id = any($2)";

  Future<Void> delete(SqlConnection transaction, UUID operatorId, Collection<UUID> ids) {
    return database
        .rows(transaction, DELETE, Tuple.of(operatorId, (Object) Rows.ids(ids)))
        .mapEmpty();
  }

  static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }

  private static ProductDraft draft(Row row) {
    return new ProductDraft(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        Rows.value(row, 3, ProductDraft.Kind.class),
        row.getString(4),
        row.getInteger(5),
        row.getInteger(6),
        Rows.value(row, 7, ProductDraft.Status.class),
        Objects.requireNonNull((JsonObject) row.getValue(8)),
        row.getUUID(9),
        Rows.strings(row, 10),
        review(row, ProductDraft.ReviewKind.SECURITY, 11),
        review(row, ProductDraft.ReviewKind.BUSINESS_NORM, 15),
        confirmation(row, ProductDraft.Confirmer.INSTITUTION, 19),
        confirmation(row, ProductDraft.Confirmer.AUTHORITY, 21),
        row.getOffsetDateTime(23),
        row.getString(24),
        row.getOffsetDateTime(25),
        row.getString(26),
        row.getOffsetDateTime(27),
        row.getString(28));
  }

  private static ProductDraft.@Nullable Review review(
      Row row, ProductDraft.ReviewKind kind, int from) {
    return row.getBoolean(from) == null
        ? null
        : new ProductDraft.Review(
            kind,
            row.getBoolean(from),
            row.getString(from + 1),
            row.getOffsetDateTime(from + 2),
            row.getString(from + 3));
  }

  private static ProductDraft.@Nullable Confirmation confirmation(
      Row row, ProductDraft.Confirmer confirmer, int from) {
    return row.getOffsetDateTime(from) == null
        ? null
        : new ProductDraft.Confirmation(
            confirmer, row.getOffsetDateTime(from), row.getString(from + 1));
  }
}
