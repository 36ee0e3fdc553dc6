package dev.fairground.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads lists that come as documents: entries as JSON lines in the names of the schema, and ODPS
 * 4.1, of which {@code product.details} gives code and texts and {@code x-fairground} the rest.
 */
final class ListDocuments {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerFor(JsonNode.class);

  /** Members that are no cells: what an entry leads to. */
  private static final Set<String> BESIDE = Set.of("resources", "scenarios");

  private static final int LONGEST_DOCUMENT = 1_000_000;

  private final ListColumns columns;
  private final ListSink sink;
  private final int most;
  private int entries;

  ListDocuments(ListColumns columns, ListSink sink, int most) {
    this.columns = columns;
    this.sink = sink;
    this.most = most;
  }

  void jsonLines(Path file, int longestLine) throws IOException {
    try (var reader = open(file)) {
      var number = 0;
      for (var line = line(reader, longestLine); line != null; line = line(reader, longestLine)) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          entry(number, JSON.readTree(line));
        } catch (JsonProcessingException broken) {
          unreadable(number, "This line is no JSON object.");
        }
      }
    }
    checkEmpty();
  }

  private static BufferedReader open(Path file) throws IOException {
    var beginning = ListReader.Beginning.of(file);
    if (beginning.isPacked()) {
      throw new UnreadableList("NOT_TEXT", "This is no text. Is it a workbook? Then say XLSX.");
    }
    var in = Files.newInputStream(file);
    in.skipNBytes(beginning.mark());
    return new BufferedReader(
        new InputStreamReader(
            in, beginning.mark() == 2 ? beginning.charset() : StandardCharsets.UTF_8));
  }

  /** A line without its end; null at the end of the file. */
  private static @Nullable String line(BufferedReader reader, int longest) throws IOException {
    var line = new StringBuilder();
    var c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() == longest) {
        throw new UnreadableList(
            "ROW_TOO_LONG", "A line has more than %d characters.".formatted(longest));
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /**
   * Documents of YAML are cut at their marks, so that one that is broken does not hide the next.
   */
  void odps(Path file) throws IOException {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(10);
    options.setAllowDuplicateKeys(false);
    options.setNestingDepthLimit(30);
    var yaml =
        new YAMLMapper(
            YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(30).build())
                .build());
    try (var reader = open(file)) {
      var document = new StringBuilder();
      var number = 0;
      for (var line = line(reader, LONGEST_DOCUMENT); ; line = line(reader, LONGEST_DOCUMENT)) {
        if (line == null || line.equals("---") || line.startsWith("--- ")) {
          if (!document.toString().isBlank()) {
            document(++number, document.toString(), yaml);
          }
          document.setLength(0);
          if (line == null) {
            break;
          }
        } else {
          document.append(line).append('\n');
          if (document.length() > LONGEST_DOCUMENT) {
            throw new UnreadableList(
                "ROW_TOO_LONG",
                "A document has more than %d characters.".formatted(LONGEST_DOCUMENT));
          }
        }
      }
    }
    checkEmpty();
  }

  private void document(int number, String text, YAMLMapper yaml) throws IOException {
    try {
      var product = yaml.readTree(new StringReader(text)).path("product");
      var details = product.path("details");
      if (!details.isObject() || details.isEmpty()) {
        unreadable(number, "This document has no product.details.");
        return;
      }
      var entry = JsonNodeFactory.instance.objectNode();
      for (var language : details.properties()) {
        var said = language.getValue();
        var locale = language.getKey().equals("zh") ? "zh-CN" : language.getKey();
        if (said.hasNonNull("productID")) {
          entry.put("code", said.path("productID").asText());
        }
        words(entry, "title", locale, said.path("name"));
        words(
            entry,
            "summary",
            locale,
            said.hasNonNull("description")
                ? said.path("description")
                : said.path("valueProposition"));
      }
      if (product.path(OdpsWriter.OURS) instanceof ObjectNode ours) {
        ours.properties().forEach(member -> entry.set(member.getKey(), member.getValue()));
      }
      entry(number, entry);
    } catch (JsonProcessingException broken) {
      unreadable(number, "This document is no YAML.");
    }
  }

  private static void words(ObjectNode entry, String member, String locale, JsonNode text) {
    if (text.isTextual() && !text.asText().isBlank()) {
      // ODPS has languages without regions.
      entry
          .withArray(member)
          .addObject()
          .put("locale", locale)
          .put("value", text.asText().strip())
          .put(ListCells.GUESSED, true);
    }
  }

  private void unreadable(int number, String message) throws IOException {
    entries++;
    sink.fault(ListFault.of(number, null, "UNREADABLE_ROW", message));
  }

  private void checkEmpty() throws IOException {
    if (entries == 0) {
      throw new UnreadableList("EMPTY_FILE", "The file holds no entry.");
    }
  }

  private void entry(int number, JsonNode from) throws IOException {
    if (!from.isObject()) {
      unreadable(number, "This is no JSON object.");
      return;
    }
    if (++entries > most) {
      throw new UnreadableList(
          "TOO_MANY_ROWS", "There are more than %d entries. Part the list.".formatted(most));
    }
    var entry = JsonNodeFactory.instance.objectNode();
    var sound = true;
    for (var member : from.properties()) {
      var wrong = member(entry, member);
      if (wrong != null) {
        sound = false;
        sink.fault(wrong.at(number, member.getKey()));
      }
    }
    for (var column : columns.all()) {
      if (column.required() && !entry.has(column.key())) {
        sound = false;
        sink.fault(ListFault.of(number, column.key(), "REQUIRED", "A value is missing."));
      }
    }
    sink.entry(number, entry, sound);
  }

  private record Wrong(String code, String message) {
    ListFault at(int number, String member) {
      return ListFault.of(number, member, code, message);
    }
  }

  private @Nullable Wrong member(ObjectNode entry, Map.Entry<String, JsonNode> member) {
    var key = member.getKey();
    var value = member.getValue();
    var column = columns.byKey(key);
    if (column == null || key.equals("scenariosExcluded")) {
      return new Wrong("UNKNOWN_MEMBER", "An entry has no such member.");
    }
    if (value.isNull()) {
      return null;
    }
    if (BESIDE.contains(key)) {
      entry.set(key, value);
      return isOfReferences(key, value)
          ? null
          : new Wrong("INVALID_VALUE", "A list of objects is wanted, as docs/bulk.md shows.");
    }
    return switch (column.kind()) {
      case WORDS -> {
        entry.set(key, value);
        yield isOfTexts(value)
            ? null
            : new Wrong("INVALID_VALUE", "A list of {\"locale\", \"value\"} is wanted.");
      }
      case VALUES -> {
        if (!value.isArray()) {
          yield new Wrong("WRONG_TYPE", "A list is wanted.");
        }
        yield cell(entry, column, String.join("|", texts(value)));
      }
      case NUMBER, TRUTH -> cell(entry, column, value.asText());
      default ->
          value.isTextual() || value.isNumber()
              ? cell(
                  entry, column, value.isNumber() ? new BigDecimal(value.asText()) : value.asText())
              : new Wrong("WRONG_TYPE", "A text is wanted.");
    };
  }

  private static @Nullable Wrong cell(ObjectNode entry, ListColumns.Column column, Object value) {
    var wrong = ListCells.read(entry, column, null, value);
    return wrong == null ? null : new Wrong("INVALID_VALUE", wrong);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private static boolean isOfTexts(JsonNode value) {
    return value.isArray()
        && !value.isEmpty()
        && value
            .valueStream()
            .allMatch(
                text ->
                    text.path("locale").isTextual()
                        && text.path("value").isTextual()
                        && !text.path("value").asText().isBlank()
                        && text.path("value").asText().length() <= 10_000);
  }

  private static boolean isOfReferences(String key, JsonNode value) {
    return value.isArray()
        && value
            .valueStream()
            .allMatch(
                used ->
                    key.equals("resources")
                        ? used.path("resource").isTextual()
                            && (used.path("dataItems").isMissingNode()
                                || used.path("dataItems").isNull()
                                || used.path("dataItems").isArray())
                        : used.path("scenario").isTextual() && used.path("allowed").isBoolean());
  }
}
