package dev.fairground.sql;

import dev.fairground.kernel.BadInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.UUID;
import java.util.function.Function;

/**
 * One column of a list's order. The last key of an order is unique, so that the order is total.
 *
 * @param column the column as the statement names it; never null in the table
 * @param value a row's value of that column
 */
public record Key<T>(String column, Type type, boolean descending, Function<T, Object> value) {
  /** How a key's value is written into a cursor and read back. */
  public enum Type {
    TEXT,
    INSTANT,
    DATE,
    UUID,
    INTEGER,
    LONG
  }

  public static <T> Key<T> text(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.TEXT, descending, value);
  }

  public static <T> Key<T> instant(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.INSTANT, descending, value);
  }

  public static <T> Key<T> date(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.DATE, descending, value);
  }

  public static <T> Key<T> id(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.UUID, descending, value);
  }

  public static <T> Key<T> integer(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.INTEGER, descending, value);
  }

  /** A whole number that may be beyond 32 bits. */
  public static <T> Key<T> number(String column, boolean descending, Function<T, Object> value) {
    return new Key<>(column, Type.LONG, descending, value);
  }

  /** The value in a cursor; one that we would write in another way was not written by us. */
  Object parse(String argument, String written) {
    try {
      var value =
          switch (type) {
            case TEXT -> written;
            case INSTANT -> OffsetDateTime.parse(written);
            case DATE -> LocalDate.parse(written);
            case UUID -> UUID.fromString(written);
            case INTEGER -> Integer.valueOf(written);
            case LONG -> Long.valueOf(written);
          };
      if (value.toString().equals(written) && isOfOurTime(value)) {
        return value;
      }
    } catch (DateTimeException | IllegalArgumentException broken) {
      // Told below.
    }
    throw new BadInput(argument, "the cursor is not one that this field handed out");
  }

  /** PostgreSQL knows fewer years than Java. */
  private static boolean isOfOurTime(Object value) {
    return !(value instanceof Temporal time)
        || time.get(ChronoField.YEAR) >= 1 && time.get(ChronoField.YEAR) <= 9999;
  }
}
