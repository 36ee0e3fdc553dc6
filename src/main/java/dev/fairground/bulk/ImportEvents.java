package dev.fairground.bulk;

import dev.fairground.event.EventRows;
import dev.fairground.sql.BlockingTransaction;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that tells everybody what an import changed, in its transaction. */
final class ImportEvents {
  /** Who did it, and by which request: nobody asked the server for it. */
  private static final String IMPORT = "import";

  private final BlockingTransaction transaction;

  ImportEvents(BlockingTransaction transaction) {
    this.transaction = transaction;
  }

  // Fields are compared as lists show them; only of products that were there before.
  private static final String LIST_CHANGED =
      EventRows.appendOpenFrom(
          """
          select e.type, e.subject, e.version, e.operator_id, e.fields
            from (
              select 0 as place, 'LIST_PUBLISHED' as type, global_id('pl', l.id) as subject, l.number as version,
                     l.operator_id, '{}'::text[] as fields
                from product_list l
               where l.id = ?
              union all
              select 1, case v.status when 'PUBLISHED' then 'PRODUCT_CHANGED' else 'PRODUCT_DELISTED' end,
                     global_id(case v.kind when 'DATA_PRODUCT' then 'dp' else 'sc' end, v.product_id), v.version,
                     v.operator_id,
                     case when v.status <> 'PUBLISHED' then '{status,statusReason}'::text[]
                          when b.version is null then '{}'::text[]
                          else array(
                            select coalesce(x.key, y.key)
                              from jsonb_each(product_entry(b.operator_id, b.product_id, b.version)) as x
                              full join jsonb_each(product_entry(v.operator_id, v.product_id, v.version)) as y
                                on y.key = x.key
                             where x.value is distinct from y.value
                             order by 1)
                            || case when b.status <> v.status then '{status,statusReason}'::text[] end end
                from (
                  select p.operator_id, p.id
                    from import_offer o
                    join product p on p.operator_id = ? and p.code = o.code
                   where o.action <> 'UNCHANGED'
                  union all
                  select ?, product_id
                    from import_delisted
                ) as t (operator_id, product_id)
                join product_version v
                  on v.operator_id = t.operator_id and v.product_id = t.product_id and v.valid_to = 'infinity'
                left join product_version b
                  on b.operator_id = v.operator_id and b.product_id = v.product_id and b.version = v.version - 1
            ) as e
           order by e.place, e.subject
          """);

  /**
   * What became of an operator's list and its products.
   *
   * @param edition the one that was published; null where none was
   */
  void listChanged(UUID operator, @Nullable UUID edition, OffsetDateTime now) throws SQLException {
    transaction.execute(LIST_CHANGED, edition, operator, operator, now, IMPORT, IMPORT, IMPORT);
  }

  private static final String CATALOGUE_IMPORTED =
      EventRows.appendOpenFrom(
          "select 'CATALOGUE_IMPORTED', ?::text, ?::integer, null::uuid, '{}'::text[]");

  /** That a catalogue was brought in: nobody's event, of the catalogue. */
  void catalogueImported(String catalogue, int number, OffsetDateTime now) throws SQLException {
    transaction.execute(
        CATALOGUE_IMPORTED, CatalogueImport.id(catalogue), number, now, IMPORT, IMPORT, IMPORT);
  }
}
