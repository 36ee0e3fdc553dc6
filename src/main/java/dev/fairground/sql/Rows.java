package dev.fairground.sql;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns that more than one table has. */
public final class Rows {
  private Rows() {}

  /** A text from three columns in a row: the original, its language, its translations. */
  public static Text text(Row row, int value, int locale, int translations) {
    return new Text(row.getString(value), row.getString(locale), map(row, translations));
  }

  /** Like {@link #text}, where the original may be missing. */
  public static @Nullable Text textOrNull(Row row, int value, int locale, int translations) {
    return Text.orNull(row.getString(value), row.getString(locale), map(row, translations));
  }

  /** A jsonb object of strings; empty for null. */
  public static Map<String, String> map(Row row, int column) {
    if (!(row.getValue(column) instanceof JsonObject json)) {
      return Map.of();
    }
    var map = new LinkedHashMap<String, String>();
    json.forEach(entry -> map.put(entry.getKey(), String.valueOf(entry.getValue())));
    return map;
  }

  /** A text array; empty for null. */
  public static List<String> strings(Row row, int column) {
    var array = row.getArrayOfStrings(column);
    return array == null ? List.of() : List.of(array);
  }

  /** An enum kept as text; null only where the column is not read because nobody wants it. */
  @SuppressWarnings("NullAway")
  public static <E extends Enum<E>> E value(Row row, int column, Class<E> type) {
    return valueOrNull(row, column, type);
  }

  public static <E extends Enum<E>> @Nullable E valueOrNull(Row row, int column, Class<E> type) {
    var text = row.getString(column);
    return text == null ? null : Enum.valueOf(type, text);
  }

  /** A span of days from two columns; null without a first day. */
  public static @Nullable Period periodOrNull(Row row, int startsOn, int endsOn) {
    var first = row.getLocalDate(startsOn);
    return first == null ? null : new Period(first, row.getLocalDate(endsOn));
  }

  /** A whole number that is never null in the table; 0 where nobody wants it. */
  public static int number(Row row, int column) {
    var number = row.getInteger(column);
    return number == null ? 0 : number;
  }

  /** A truth value that is never null in the table; false where nobody wants it. */
  public static boolean truth(Row row, int column) {
    return Boolean.TRUE.equals(row.getBoolean(column));
  }

  public static UUID[] ids(java.util.Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
