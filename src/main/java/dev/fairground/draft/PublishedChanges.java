package dev.fairground.draft;

import dev.fairground.draft.PublishedChange.Kind;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** SQL over what an edition changes; also one that is about to be taken back. */
final class PublishedChanges {
  private final Database database;

  PublishedChanges(Database database) {
    this.database = database;
  }

  private static final String CHANGES =
      """
      -- changesOfPublication
      select case when c.version_before is null then 'ADDED' when c.version is null then 'WITHDRAWN' else 'CHANGED' end,
             v.kind, v.product_id, v.code, v.title, v.locale, v.title_translations,
             case when c.version_before is not null and c.version is not null then array(
               select coalesce(a.key, b.key)
                 from jsonb_each(product_entry(l.operator_id, c.product_id, c.version_before)) as a
                 full join jsonb_each(product_entry(l.operator_id, c.product_id, c.version)) as b on b.key = a.key
                where a.value is distinct from b.value
                order by 1) end
        from product_list l
       cross join lateral product_list_changes(l.operator_id, l.number - 1, l.number) as c
        join product_version v
          on v.operator_id = l.operator_id and v.product_id = c.product_id
         and v.version = coalesce(c.version, c.version_before)
       where l.id = $1
       order by c.place, c.product_id
      """;

  /** In the order of the list. */
  Future<List<PublishedChange>> of(SqlConnection transaction, UUID listId) {
    return database.list(transaction, CHANGES, Tuple.of(listId), PublishedChanges::change);
  }

  private static PublishedChange change(Row row) {
    return new PublishedChange(
        Rows.value(row, 0, Kind.class),
        Standing.productId(Rows.value(row, 1, ProductDraft.Kind.class), row.getUUID(2)),
        row.getString(3),
        Rows.text(row, 4, 5, 6),
        Rows.strings(row, 7));
  }
}
