package dev.fairground.code;

import dev.fairground.kernel.Text;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL over code lists and their entries. */
public final class CodeRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          code, list_id, name, name_en, level, parent_code, valid_on, invalid_on, replaced_by,
          purpose_class, note
          """);

  /** One sector by its code. */
  public static final One<CodeEntry> SECTOR = of(CodeList.SECTOR);

  /** One region by its code. */
  public static final One<CodeEntry> REGION = of(CodeList.REGION);

  /** The entry of a list that {@link #ENTRIES} finds. */
  private static One<CodeEntry> of(String list) {
    return new One<>(
        "codeEntriesByCode",
        "code_entry",
        "e",
        false,
        COLUMNS,
        CodeRepository::entry,
        List.of(),
        moment ->
            Clause.of(
                "x.list_id = '" + list + "' order by (x.valid_on <= ?) desc, x.valid_on desc",
                moment.day()));
  }

  private final Database database;

  CodeRepository(Database database) {
    this.database = database;
  }

  /** Entries as they are listed: valid by the list's own condition. */
  static final PageSelect<CodeEntry> LIST =
      PageSelect.plain("codeEntries", COLUMNS.all("e"), "code_entry e", CodeRepository::entry);

  private static final String LISTS =
      """
      -- codeLists
      select l.id, l.name, l.name_en, l.source, l.source_url
        from code_list l
       where $1::text is null or l.id = $1
       order by l.id
       limit 50
      """;

  Future<List<CodeList>> lists(Reading reading, @Nullable String id) {
    return database.list(reading.reads(), LISTS, Tuple.of(id), CodeRepository::list);
  }

  // The entry valid on the day; where there is none, the last one before, then any.
  private static final String ENTRIES =
      "-- codeEntriesByCode\nselect distinct on (wanted.list_id, wanted.code) "
          + COLUMNS.all("e")
          + """

             from unnest($1::text[], $2::text[]) as wanted (list_id, code)
             join code_entry e on e.list_id = wanted.list_id and e.code = wanted.code
            order by wanted.list_id, wanted.code, (e.valid_on <= $3) desc, e.valid_on desc
            """;

  Future<List<CodeEntry>> findByKeys(Reading reading, Collection<CodeKey> keys) {
    return database.list(
        reading.reads(),
        ENTRIES,
        Tuple.of(
            keys.stream().map(CodeKey::list).toArray(String[]::new),
            keys.stream().map(CodeKey::code).toArray(String[]::new),
            reading.moment().day()),
        CodeRepository::entry);
  }

  private static CodeList list(Row row) {
    return new CodeList(
        row.getString(0),
        text(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getString(4));
  }

  private static CodeEntry entry(Row row) {
    return new CodeEntry(
        row.getString(1),
        row.getString(0),
        text(row.getString(2), row.getString(3)),
        row.getInteger(4),
        row.getString(5),
        row.getLocalDate(6),
        row.getLocalDate(7),
        row.getString(8),
        row.getString(9),
        row.getString(10));
  }

  private static Text text(String chinese, @Nullable String english) {
    return new Text(chinese, "zh", english == null ? Map.of() : Map.of("en", english));
  }
}
