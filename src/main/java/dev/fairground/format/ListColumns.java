package dev.fairground.format;

import dev.fairground.graphql.FieldWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an operator's list as a table: those of the schema's products that are values, and
 * a few that stand for what products lead to. A new field of the schema is a new column; without
 * headings in {@code format/list-columns.tsv} it is headed by its name.
 */
public final class ListColumns {
  /** The type that has all fields of an entry. */
  private static final String TYPE = "ServiceCapability";

  /** What the market says of products, and not their operators. */
  private static final Set<String> TOLD =
      Set.of(
          "id",
          "titles",
          "summaries",
          "version",
          "validFrom",
          "status",
          "statusReason",
          "publishedAt",
          "source",
          "demonstration",
          "allowedActions",
          "currentEdition",
          "registrationStanding",
          "registrationDueOn",
          "firstDeliveredOn");

  /** The columns of an export, folded, beside those that are headed alike. */
  private static final Map<String, String> EXPORTED =
      Map.of(
          "title.value", "title",
          "summary.value", "summary",
          "authorization.number", "authorization",
          "term.startson", "startsOn",
          "term.endson", "endsOn");

  private static final Set<String> REQUIRED = Set.of("code", "title");
  private static final Pattern WITH_LOCALE =
      Pattern.compile("(.+?)\\s*[(\\[]\\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\\s*[)\\]]");

  /** How a cell is read. */
  enum Kind {
    TEXT,
    WORDS,
    VALUE,
    VALUES,
    DATE,
    TRUTH,
    NUMBER,
    RESOURCES,
    SCENARIOS
  }

  /**
   * A column.
   *
   * @param words what the schema says of it
   * @param values the values of an enumeration with their descriptions
   */
  record Column(
      String key,
      Kind kind,
      String chinese,
      String english,
      String words,
      Map<String, String> values) {
    boolean required() {
      return REQUIRED.contains(key);
    }

    String heading(boolean inChinese) {
      return inChinese ? chinese : english;
    }
  }

  /** A column as a header names it, with the language of its texts. */
  record Named(Column column, @Nullable String locale) {}

  private static final Map<String, List<String>> HEADINGS = read("list-columns.tsv");
  private static final Map<String, List<String>> VALUES = read("list-values.tsv");

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Map<String, Column> byHeading = new HashMap<>();

  /**
   * @param fields the fields of a type of the schema
   */
  public ListColumns(Function<String, List<FieldWords>> fields) {
    var known = new LinkedHashMap<String, Column>();
    for (var field : fields.apply(TYPE)) {
      if (!TOLD.contains(field.name())) {
        var kind = kind(field);
        if (kind != null) {
          known.put(field.name(), column(field.name(), kind, field.description(), field.values()));
        }
      }
    }
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("DATA_PRODUCT", "A product made of public data; the default.");
    kinds.put("SERVICE_CAPABILITY", "Work with public data.");
    known.put("kind", column("kind", Kind.VALUE, "Which of the two kinds it is.", kinds));
    known.put(
        "authorization",
        column(
            "authorization",
            Kind.TEXT,
            "The number or id of the authorization that it rests on.",
            Map.of()));
    known.put(
        "resources",
        column(
            "resources",
            Kind.RESOURCES,
            "The codes or ids of the public data that it is made of, parted by semicolons; data items stand behind a #, parted by |.",
            Map.of()));
    known.put(
        "scenarios",
        column(
            "scenarios",
            Kind.SCENARIOS,
            "The codes or ids of the scenarios that it is for, parted by semicolons.",
            Map.of()));
    known.put(
        "scenariosExcluded",
        column(
            "scenariosExcluded", Kind.SCENARIOS, "Those that it must not be used for.", Map.of()));
    known.put(
        "startsOn",
        column("startsOn", Kind.DATE, "The first day on which it is offered.", Map.of()));
    known.put(
        "endsOn", column("endsOn", Kind.DATE, "The last day on which it is offered.", Map.of()));
    HEADINGS.keySet().stream()
        .filter(known::containsKey)
        .forEach(key -> columns.put(key, known.get(key)));
    known.forEach(columns::putIfAbsent);
    columns
        .values()
        .forEach(
            column -> {
              byHeading.put(folded(column.key()), column);
              byHeading.put(folded(column.english()), column);
              byHeading.put(folded(column.chinese()), column);
            });
  }

  private static @Nullable Kind kind(FieldWords field) {
    if (field.type().equals("LocalizedText")) {
      return Kind.WORDS;
    }
    if (!field.leaf()) {
      return null;
    }
    if (!field.values().isEmpty()) {
      return field.list() ? Kind.VALUES : Kind.VALUE;
    }
    if (field.list()) {
      return null;
    }
    return switch (field.type()) {
      case "Date" -> Kind.DATE;
      case "Boolean" -> Kind.TRUTH;
      case "Int" -> Kind.NUMBER;
      case "String" -> Kind.TEXT;
      default -> null;
    };
  }

  private static Column column(String key, Kind kind, String words, Map<String, String> values) {
    var headings = HEADINGS.getOrDefault(key, List.of(key, key));
    return new Column(key, kind, headings.get(0), headings.get(1), words, values);
  }

  List<Column> all() {
    return List.copyOf(columns.values());
  }

  @Nullable Column byKey(String key) {
    return columns.get(key);
  }

  /** The column that a heading names; null for none. */
  @Nullable Named named(String heading) {
    var folded = folded(heading);
    var exported = EXPORTED.get(folded);
    var plain = exported == null ? byHeading.get(folded) : columns.get(exported);
    if (plain != null) {
      return new Named(plain, null);
    }
    var parts = WITH_LOCALE.matcher(folded);
    var column = parts.matches() ? byHeading.get(folded(parts.group(1))) : null;
    return column != null && column.kind() == Kind.WORDS
        ? new Named(column, Locale.forLanguageTag(parts.group(2)).toLanguageTag())
        : null;
  }

  /** The value of an enumeration that a cell says: by its name, or in Chinese; null for none. */
  static @Nullable String value(Column column, String said) {
    var folded = folded(said);
    for (var value : column.values().keySet()) {
      if (folded(value).equals(folded)
          || folded(value.replace('_', ' ')).equals(folded)
          || VALUES.containsKey(value) && folded(VALUES.get(value).getFirst()).equals(folded)) {
        return value;
      }
    }
    return null;
  }

  static String chinese(String value) {
    return VALUES.getOrDefault(value, List.of("")).getFirst();
  }

  /** Without marks of duty, width, case and doubled spaces. */
  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replace("*", "")
        .strip()
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> read(String name) {
    try (var in = ListColumns.class.getResourceAsStream("/format/" + name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + name);
      }
      var lines = new LinkedHashMap<String, List<String>>();
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        var cells = new ArrayList<>(List.of(line.split("\t", -1)));
        if (cells.size() > 1) {
          lines.put(cells.removeFirst(), List.copyOf(cells));
        }
      }
      return lines;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
