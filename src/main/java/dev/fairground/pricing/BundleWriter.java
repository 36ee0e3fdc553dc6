package dev.fairground.pricing;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes bundles, each change as a new version. */
final class BundleWriter {
  private final Database database;

  BundleWriter(Database database) {
    this.database = database;
  }

  private static final String OWN =
      """
      -- productsToBundle
      select p.product_id
        from product_version p
       where p.operator_id = $1
         and p.product_id = any($2)
         and p.valid_to = 'infinity'
         and p.status <> 'DELISTED'
      """;

  /** Those of the products that are in the operator's list. */
  Future<List<UUID>> own(SqlConnection transaction, UUID operator, List<UUID> products) {
    return database.list(
        transaction, OWN, Tuple.of(operator, (Object) Rows.ids(products)), row -> row.getUUID(0));
  }

  private static final String FIND =
      """
      -- bundleToChange
      select b.id, b.operator_id, b.version, b.effective_on, b.ends_on,
             greatest($2::timestamptz, b.valid_from + interval '1 microsecond'),
             array(
               select m.product_id
                 from product_bundle_member m
                where m.operator_id = b.operator_id and m.bundle_id = b.id and m.bundle_version = b.version)
        from product_bundle b
       where b.id = $1
         and b.valid_to = 'infinity'
         for no key update of b
      """;

  /**
   * A bundle as it is, held until the transaction ends.
   *
   * @param moment at which its next version begins
   */
  record Current(
      UUID id,
      UUID operatorId,
      int version,
      Period term,
      OffsetDateTime moment,
      List<UUID> members) {}

  Future<@Nullable Current> find(SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        FIND,
        Tuple.of(id, write.moment().now().atOffset(ZoneOffset.UTC)),
        row ->
            new Current(
                row.getUUID(0),
                row.getUUID(1),
                Rows.number(row, 2),
                new Period(row.getLocalDate(3), row.getLocalDate(4)),
                row.getOffsetDateTime(5),
                List.of(row.getArrayOfUUIDs(6))));
  }

  private static final String CLOSE =
      """
      -- closeBundle
      update product_bundle b set valid_to = $2 where b.id = $1 and b.valid_to = 'infinity'
      """;

  Future<Void> close(SqlConnection transaction, Current bundle) {
    return database.rows(transaction, CLOSE, Tuple.of(bundle.id(), bundle.moment())).mapEmpty();
  }

  private static final String ADD =
      """
      -- insertBundle
      insert into product_bundle (operator_id, id, version, valid_from, title, locale, title_translations, price, currency,
             unit, unit_text, effective_on, ends_on, demonstration)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, o.demonstration
        from organization_version o
       where o.organization_id = $1 and o.valid_to = 'infinity'
      """;

  private static final String ADD_MEMBERS =
      """
      -- insertMembersOfBundle
      insert into product_bundle_member (operator_id, bundle_id, bundle_version, product_id, position)
      select $1, $2, $3, member.id, member.position
        from unnest($4::uuid[]) with ordinality as member (id, position)
      """;

  private static final String ADD_CONDITIONS =
      """
      -- insertConditionsOfBundle
      insert into product_bundle_condition (operator_id, bundle_id, bundle_version, position, text, technical_need)
      select $1, $2, $3, x.position, x.text, x.technical_need
        from jsonb_to_recordset($4::jsonb) as x (position integer, text text, technical_need text)
      """;

  /** Writes a bundle, or the next version of one that was closed. */
  Future<UUID> write(
      SqlConnection transaction,
      Write write,
      UUID operator,
      BundleContent content,
      Period term,
      @Nullable Current before) {
    var id = before == null ? UUID.randomUUID() : before.id();
    var version = before == null ? 1 : before.version() + 1;
    var translations = new JsonObject();
    content.title().translations().forEach(translations::put);
    return database
        .rows(
            transaction,
            ADD,
            Tuple.of(operator, id, version)
                .addValue(
                    before == null
                        ? write.moment().now().atOffset(ZoneOffset.UTC)
                        : before.moment())
                .addValue(content.title().value())
                .addValue(content.title().locale())
                .addValue(translations.isEmpty() ? null : translations)
                .addValue(content.price())
                .addValue(content.currency())
                .addValue(content.unit())
                .addValue(content.unitText())
                .addValue(term.startsOn())
                .addValue(term.endsOn()))
        .compose(
            done ->
                database.rows(
                    transaction,
                    ADD_MEMBERS,
                    Tuple.of(operator, id, version)
                        .addValue(content.members().toArray(UUID[]::new))))
        .compose(
            done ->
                database.rows(
                    transaction,
                    ADD_CONDITIONS,
                    Tuple.of(operator, id, version).addValue(conditions(content))))
        .map(id);
  }

  private static JsonArray conditions(BundleContent content) {
    var array = new JsonArray();
    for (var condition : content.conditions()) {
      array.add(
          new JsonObject()
              .put("position", array.size() + 1)
              .put("text", condition.text())
              .put("technical_need", condition.technicalNeed()));
    }
    return array;
  }

  private static final String NEXT =
      """
      -- insertBundleWithOtherEnd
      insert into product_bundle (operator_id, id, version, valid_from, title, locale, title_translations, price, currency,
             unit, unit_text, effective_on, ends_on, source, demonstration)
      select b.operator_id, b.id, b.version + 1, b.valid_to, b.title, b.locale, b.title_translations, b.price,
             b.currency, b.unit, b.unit_text, b.effective_on, $3, b.source, b.demonstration
        from product_bundle b
       where b.id = $1 and b.valid_to = $2
      """;

  private static final String NEXT_MEMBERS =
      """
      -- insertMembersOfBundleWithOtherEnd
      insert into product_bundle_member (operator_id, bundle_id, bundle_version, product_id, position)
      select m.operator_id, m.bundle_id, m.bundle_version + 1, m.product_id, m.position
        from product_bundle_member m
       where m.operator_id = $1 and m.bundle_id = $2 and m.bundle_version = $3
      """;

  private static final String NEXT_CONDITIONS =
      """
      -- insertConditionsOfBundleWithOtherEnd
      insert into product_bundle_condition (operator_id, bundle_id, bundle_version, position, text, technical_need)
      select c.operator_id, c.bundle_id, c.bundle_version + 1, c.position, c.text, c.technical_need
        from product_bundle_condition c
       where c.operator_id = $1 and c.bundle_id = $2 and c.bundle_version = $3
      """;

  /** Gives a bundle its last day; one that would not begin any more is closed. */
  Future<Void> end(SqlConnection transaction, Current bundle, LocalDate last) {
    var closed = close(transaction, bundle);
    if (EndOfTerm.isWithdrawal(bundle.term(), last)) {
      return closed;
    }
    var of = Tuple.of(bundle.operatorId(), bundle.id(), bundle.version());
    return closed
        .compose(
            done -> database.rows(transaction, NEXT, Tuple.of(bundle.id(), bundle.moment(), last)))
        .compose(done -> database.rows(transaction, NEXT_MEMBERS, of))
        .compose(done -> database.rows(transaction, NEXT_CONDITIONS, of))
        .mapEmpty();
  }
}
