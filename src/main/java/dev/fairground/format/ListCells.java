package dev.fairground.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.format.ListColumns.Column;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a cell as its column wants it, into an entry. */
final class ListCells {
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[T ]\\d.*)?");
  private static final Set<String> YES = Set.of("true", "yes", "y", "1", "是", "有");
  private static final Set<String> NO = Set.of("false", "no", "n", "0", "否", "无");

  /** Day 1 of spreadsheets is 1 January 1900, and they count a 29 February in that year. */
  private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

  /** Marks a text whose language no heading names; imports look what it was before. */
  static final String GUESSED = "guessed";

  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_CODE = 128;

  private ListCells() {}

  /**
   * What is wrong with the cell; null where it is in the entry now.
   *
   * @param locale the language that the heading names
   */
  static @Nullable String read(
      ObjectNode entry, Column column, @Nullable String locale, Object value) {
    var text = text(value).strip();
    if (text.isEmpty()) {
      return null;
    }
    return switch (column.kind()) {
      case TEXT -> {
        var most = column.key().equals("code") ? LONGEST_CODE : LONGEST_TEXT;
        entry.put(column.key(), text);
        yield text.length() > most ? tooLong(text, most) : null;
      }
      case WORDS -> {
        var most = column.key().equals("title") ? LONGEST_TITLE : LONGEST_TEXT;
        var words =
            entry
                .withArray(column.key())
                .addObject()
                .put("locale", locale != null ? locale : localeOf(text))
                .put("value", text);
        if (locale == null) {
          words.put(GUESSED, true);
        }
        yield text.length() > most ? tooLong(text, most) : null;
      }
      case VALUE -> {
        var found = ListColumns.value(column, text);
        entry.put(column.key(), found);
        yield found == null ? unknown(column, text) : null;
      }
      case VALUES -> values(entry, column, text);
      case DATE -> {
        var day = day(value, text);
        entry.put(column.key(), day == null ? null : day.toString());
        yield day == null
            ? "\"%s\" is no day. Write it as 2026-01-31.".formatted(shown(text))
            : null;
      }
      case TRUTH -> {
        var folded = text.toLowerCase(Locale.ROOT);
        entry.put(column.key(), YES.contains(folded));
        yield YES.contains(folded) || NO.contains(folded)
            ? null
            : "\"%s\" is neither yes nor no. Write true, false, 是 or 否.".formatted(shown(text));
      }
      case NUMBER -> number(entry, column, text);
      case RESOURCES -> resources(entry, text);
      case SCENARIOS -> {
        var allowed = column.key().equals("scenarios");
        for (var code : text.split("[;；|\\n]", -1)) {
          if (!code.isBlank()) {
            entry
                .withArray("scenarios")
                .addObject()
                .put("scenario", code.strip())
                .put("allowed", allowed);
          }
        }
        yield null;
      }
    };
  }

  private static @Nullable String values(ObjectNode entry, Column column, String text) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var part : text.split("[|;；,，、\\n]", -1)) {
      if (!part.isBlank()) {
        var found = ListColumns.value(column, part);
        if (found == null) {
          return unknown(column, part);
        }
        list.add(found);
      }
    }
    entry.set(column.key(), list);
    return null;
  }

  private static @Nullable String number(ObjectNode entry, Column column, String text) {
    try {
      var number = new BigDecimal(text).intValueExact();
      entry.put(column.key(), number);
      return number < 0 ? "The number cannot be below 0." : null;
    } catch (ArithmeticException | NumberFormatException none) {
      return "\"%s\" is no whole number.".formatted(shown(text));
    }
  }

  private static @Nullable String resources(ObjectNode entry, String text) {
    // Without data items, resources may be parted as exports part them.
    for (var part : text.split(text.indexOf('#') < 0 ? "[;；|\\n]" : "[;；\\n]", -1)) {
      if (part.isBlank()) {
        continue;
      }
      var mark = part.indexOf('#');
      var resource = entry.withArray("resources").addObject();
      resource.put("resource", (mark < 0 ? part : part.substring(0, mark)).strip());
      if (mark >= 0) {
        for (var item : part.substring(mark + 1).split("\\|", -1)) {
          if (!item.isBlank()) {
            resource.withArray("dataItems").add(item.strip());
          }
        }
      }
    }
    return null;
  }

  private static @Nullable LocalDate day(Object value, String text) {
    try {
      if (value instanceof BigDecimal serial) {
        // 1950 to 2200: other numbers are not meant as days.
        return serial.intValue() > 18_264 && serial.intValue() < 110_000
            ? SERIAL_ZERO.plusDays(serial.intValue())
            : null;
      }
      var parts = DATE.matcher(text);
      return parts.matches()
          ? LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)))
          : null;
    } catch (DateTimeException noDay) {
      return null;
    }
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : value.toString();
  }

  private static String localeOf(String text) {
    return text.codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
        ? "zh-CN"
        : "en";
  }

  private static String unknown(Column column, String text) {
    return "\"%s\" is not one of %s."
        .formatted(shown(text), String.join(", ", column.values().keySet()));
  }

  private static String tooLong(String text, int most) {
    return "The text has %d characters; at most %d are taken.".formatted(text.length(), most);
  }

  static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
