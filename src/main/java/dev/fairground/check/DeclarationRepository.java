package dev.fairground.check;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
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

/** SQL over declarations. */
final class DeclarationRepository {
  private static final String COLUMNS =
      """
      d.id, d.operator_id, d.product_id, d.version, d.kind, d.state, d.text, d.base_product_id, d.developer_id,
             d.declared_on, d.evidence
      """;

  private final Database database;

  DeclarationRepository(Database database) {
    this.database = database;
  }

  private static final String OF_PRODUCTS =
      """
      -- declarationsOfProducts
      select %s, %s
        from unnest($1::uuid[]) as p (id)
       cross join lateral (
         select * from product_declaration d
          where d.product_id = p.id and d.valid_from <= $5 and d.valid_to > $5
          order by d.declared_on desc, d.id
          limit 50) as d
        left join lateral (
          select g.operator_id, g.institution_id, g.jurisdiction_code
            from product_version v
            join authorization_grant_version g
              on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
           where v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = 'infinity') as x on true
      """
          .formatted(COLUMNS, CheckAccess.seen("x", 2));

  Future<List<Declaration>> findOfProducts(Reading reading, Collection<UUID> products) {
    return find(reading, OF_PRODUCTS, products);
  }

  private static final String BY_ID =
      """
      -- declarationsById
      select %s, %s
        from product_declaration d
        left join lateral (
          select g.operator_id, g.institution_id, g.jurisdiction_code
            from product_version v
            join authorization_grant_version g
              on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
           where v.operator_id = d.operator_id and v.product_id = d.product_id and v.valid_to = 'infinity') as x on true
       where d.id = any($1) and d.valid_from <= $5 and d.valid_to > $5
      """
          .formatted(COLUMNS, CheckAccess.seen("x", 2));

  Future<List<Declaration>> findByIds(Reading reading, Collection<UUID> ids) {
    return find(reading, BY_ID, ids);
  }

  private Future<List<Declaration>> find(Reading reading, String sql, Collection<UUID> ids) {
    var access = CheckAccess.of(reading.viewer(), reading.moment().day());
    return database.list(
        reading.reads(),
        sql,
        Tuple.of(
            Rows.ids(ids),
            access.all(),
            access.organizations(),
            access.day(),
            reading.moment().at().atOffset(ZoneOffset.UTC)),
        row -> declaration(row, Rows.truth(row, 11)));
  }

  private static final String FOR_UPDATE =
      "-- declarationForUpdate\nselect "
          + COLUMNS
          + ", d.valid_from from product_declaration d where d.id = $1 and d.valid_to = 'infinity' for no key update of d";

  Future<@Nullable Declaration> findForUpdate(SqlConnection transaction, UUID id) {
    return database.first(transaction, FOR_UPDATE, Tuple.of(id), row -> declaration(row, true));
  }

  private static final String CLOSE =
      """
      -- closeDeclaration
      update product_declaration d
         set valid_to = greatest($2, d.valid_from + interval '1 microsecond')
       where d.id = $1 and d.valid_to = 'infinity'
      returning d.valid_to
      """;

  /** Ends the current version, and tells when the next one begins. */
  Future<OffsetDateTime> close(SqlConnection transaction, Write write, UUID id) {
    return database
        .first(
            transaction,
            CLOSE,
            Tuple.of(id, write.moment().now().atOffset(ZoneOffset.UTC)),
            row -> row.getOffsetDateTime(0))
        .map(Objects::requireNonNull);
  }

  private static final String INSERT =
      """
      -- insertDeclaration
      insert into product_declaration (operator_id, product_id, id, version, valid_from, kind, state, text, evidence,
             base_product_id, developer_id, declared_on, declared_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """;

  Future<Void> insert(
      SqlConnection transaction, Write write, Declaration declaration, OffsetDateTime from) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.of(declaration.operatorId(), declaration.productId(), declaration.id())
                .addValue(declaration.version())
                .addValue(from)
                .addValue(declaration.kind().name())
                .addValue(declaration.state().name())
                .addValue(declaration.text())
                .addValue(declaration.evidence())
                .addValue(declaration.baseProductId())
                .addValue(declaration.developerId())
                .addValue(declaration.declaredOn())
                .addValue(write.actor().name()))
        .mapEmpty();
  }

  private static final String KNOWN =
      """
      -- whatADeclarationNames
      select (select v.operator_id from product_version v where v.product_id = $1 and v.valid_to = 'infinity'),
             exists (select 1 from product p where p.id = $2),
             exists (select 1 from organization o where o.id = $3),
             exists (select 1 from product_declaration d
                      where d.product_id = $1 and d.kind = 'LINEAGE' and d.state = 'DECLARED' and d.valid_to = 'infinity')
      """;

  /** What a declaration names: its product's operator, null where there is none, and the rest. */
  record Named(@Nullable UUID operatorId, boolean base, boolean developer, boolean hasLineage) {}

  Future<Named> named(
      SqlConnection transaction, UUID product, @Nullable UUID base, @Nullable UUID developer) {
    return database
        .first(
            transaction,
            KNOWN,
            Tuple.of(product, base, developer),
            row ->
                new Named(
                    row.getUUID(0), Rows.truth(row, 1), Rows.truth(row, 2), Rows.truth(row, 3)))
        .map(Objects::requireNonNull);
  }

  private static final String DUE =
      """
      -- checkDueOfDeclaration
      insert into check_due (operator_id, product_id, cause, due_at) values ($1, $2, 'DECLARATION', $3)
      """;

  Future<Void> due(SqlConnection transaction, Write write, UUID operator, UUID product) {
    return database
        .rows(
            transaction,
            DUE,
            Tuple.of(operator, product, write.moment().now().atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private static Declaration declaration(Row row, boolean insider) {
    return new Declaration(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getInteger(3),
        Rows.value(row, 4, Declaration.Kind.class),
        Rows.value(row, 5, Declaration.State.class),
        row.getString(6),
        insider ? row.getString(10) : null,
        row.getUUID(7),
        row.getUUID(8),
        row.getLocalDate(9));
  }
}
