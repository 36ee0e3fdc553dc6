package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSON document one by one, whatever the document's size. A record that cannot be
 * read is told to the sink and skipped; its neighbours are read. Liberties that RFC 8259 does not
 * allow but whose meaning is plain are taken as meant: control characters in strings, a comma
 * behind the last value, single quotation marks, NaN, leading zeros. Of two members of one name the
 * later counts.
 */
final class JsonRecords {
  /** Is given each record with its place, {@code record 1} being the first. */
  @FunctionalInterface
  interface RecordHandler {
    void record(String place, ObjectNode record) throws IOException;
  }

  /** Is given each value beside the records: its path from the root, and what stands there. */
  @FunctionalInterface
  interface ValueHandler {
    void value(List<String> path, JsonNode value);
  }

  /** The limit of {@link Rule#RECORD_TOO_LARGE}, in bytes. */
  static final int MOST_RECORD = 4 << 20;

  private static final int MOST_BESIDE = 64 << 10;
  private static final int DEEPEST = 100;
  private static final int MOST_TRIES = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(MOST_RECORD)
                .build());
  }

  private final JsonScanner scanner;
  private final Sink sink;
  private final List<Set<String>> path;
  private final ValueHandler beside;
  private final RecordHandler handler;
  private boolean found;
  private boolean trailing;
  private long number;

  private JsonRecords(
      Document document,
      Sink sink,
      List<Set<String>> path,
      ValueHandler beside,
      RecordHandler handler) {
    this.scanner = new JsonScanner(document.content());
    this.sink = sink;
    this.path = path;
    this.beside = beside;
    this.handler = handler;
  }

  /** Parsers that take the same liberties. */
  static JsonFactory parsers() {
    return MAPPER.getFactory();
  }

  /**
   * Reads the records in the array at {@code path} from the root; an empty path is an array that is
   * the root itself. An array that stands on the way there is taken for the records too.
   *
   * @param beside given the members of the objects on the path that are not on it themselves,
   *     before and behind the records, containers with at most 64 kB of text
   * @throws UnreadableFile where there is no such array, or the file ends before it should
   */
  static void read(
      Document document, Sink sink, List<String> path, ValueHandler beside, RecordHandler handler)
      throws IOException {
    var steps = path.stream().map(Set::of).toList();
    var records = new JsonRecords(document, sink, steps, beside, handler);
    records.documents(records::document);
  }

  /** Reads the records in all arrays that are members of the root and have one of the names. */
  static void readAny(
      Document document, Sink sink, Set<String> names, ValueHandler beside, RecordHandler handler)
      throws IOException {
    var records = new JsonRecords(document, sink, List.of(names), beside, handler);
    records.documents(records::document);
  }

  /** Reads the one record that is the document, or several that follow one another. */
  static void one(Document document, Sink sink, RecordHandler handler) throws IOException {
    var records = new JsonRecords(document, sink, List.of(), (path, value) -> {}, handler);
    records.documents(records::element);
  }

  /** Reads a record from each line that is not empty. */
  static void lines(Document document, Sink sink, RecordHandler handler) throws IOException {
    var records = new JsonRecords(document, sink, List.of(), (path, value) -> {}, handler);
    while (records.scanner.next() != -1) {
      records.line();
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  private void documents(Reading reading) throws IOException {
    int root = scanner.next();
    if (root == -1) {
      throw new UnreadableFile(Rule.EMPTY_FILE, "there is nothing but white space");
    }
    reading.read();
    if (scanner.next() == root) {
      sink.defect(new Defect(linePlace(), null, Rule.SECOND_DOCUMENT, null));
    }
    while (scanner.next() == root) {
      reading.read();
    }
    if (scanner.next() == -1) {
      return;
    }
    tellTrailing();
    if (found && scanner.next() == ',') {
      // A bracket too many closed the array early; the records go on behind it.
      array();
    }
  }

  private void document() throws IOException {
    int root = scanner.next();
    if (root == '[') {
      array();
    } else if (root == '{' && !path.isEmpty()) {
      members(0);
    }
    if (!found) {
      throw new UnreadableFile(
          Rule.SYNTAX,
          path.isEmpty()
              ? "the file should be an array"
              : "there is no array at " + path + " in it");
    }
  }

  /** Reads the object whose member {@code path.get(depth)} leads to the records. */
  private void members(int depth) throws IOException {
    scanner.skip();
    while (true) {
      int next = scanner.next();
      if (next == '}') {
        scanner.skip();
        return;
      } else if (next == ',') {
        scanner.skip();
      } else if (next == '"' || next == '\'') {
        member(depth);
      } else if (next == -1) {
        throw truncated();
      } else if (found) {
        tellTrailing();
        scanner.value(MOST_BESIDE);
      } else {
        throw syntax("the name of a member was expected");
      }
    }
  }

  private void member(int depth) throws IOException {
    var name = parsed(scanner.value(MOST_BESIDE));
    if (scanner.next() != ':') {
      throw scanner.next() == -1 ? truncated() : syntax("a colon was expected");
    }
    scanner.skip();
    int next = scanner.next();
    boolean onPath = name != null && path.get(depth).contains(name.asText());
    if (onPath && next == '[') {
      array();
    } else if (onPath && next == '{' && depth + 1 < path.size()) {
      members(depth + 1);
    } else {
      var slice = scanner.value(MOST_BESIDE);
      if (slice.cutOff()) {
        throw truncated();
      }
      var value = parsed(slice);
      if (name != null && value != null) {
        var whole = new ArrayList<String>();
        path.subList(0, depth).forEach(whole::addAll);
        whole.add(name.asText());
        beside.value(whole, value);
      }
    }
  }

  private void array() throws IOException {
    found = true;
    scanner.skip();
    boolean expected = false;
    while (true) {
      int next = scanner.next();
      switch (next) {
        case -1 -> throw truncated();
        case ']' -> {
          scanner.skip();
          if (scanner.next() != '{') {
            return;
          }
          // No format goes on like this: the bracket is one too many, and records follow.
          tellTrailing();
        }
        case ',' -> {
          scanner.skip();
          if (expected) {
            sink.defect(Defect.of(place(++number), Rule.NOT_A_RECORD));
          }
          expected = true;
        }
        case '}', ':' -> {
          tellTrailing();
          scanner.skip();
        }
        default -> {
          element();
          expected = false;
        }
      }
    }
  }

  private void element() throws IOException {
    var slice = scanner.value(MOST_RECORD);
    if (slice.cutOff()) {
      throw truncated();
    }
    record(slice);
  }

  private void line() throws IOException {
    var slice = scanner.restOfLine(MOST_RECORD);
    if (slice.cutOff() && slice.text() != null && isCutOff(slice.text())) {
      throw truncated();
    }
    record(slice);
  }

  private static boolean isCutOff(String text) {
    try {
      MAPPER.readTree(text);
      return false;
    } catch (JsonProcessingException broken) {
      return broken instanceof JsonEOFException;
    }
  }

  private void record(JsonScanner.Slice slice) throws IOException {
    var place = place(++number);
    var text = slice.text();
    if (text == null) {
      sink.defect(new Defect(place, null, Rule.RECORD_TOO_LARGE, "line " + slice.line()));
      return;
    }
    if (slice.brokenBytes()) {
      sink.defect(new Defect(place, null, Rule.ENCODING_BROKEN, "line " + slice.line()));
    }
    JsonNode value;
    try {
      value = MAPPER.readTree(text.strip());
    } catch (JsonProcessingException broken) {
      sink.defect(new Defect(place, null, Rule.RECORD_UNREADABLE, reason(slice, broken)));
      value = scanner.giveBack() ? null : swallowed(text);
      if (value == null) {
        return;
      }
      place = place(++number);
    }
    if (value instanceof ObjectNode node) {
      handler.record(place, node);
    } else {
      sink.defect(new Defect(place, null, Rule.NOT_A_RECORD, "line " + slice.line()));
    }
  }

  /**
   * The good record that a broken one before it has swallowed, as happens where everything is on
   * one line and the last string of the broken one is not closed: the object behind a comma that
   * ends just where the text ends. An object inside the broken one has something behind it.
   */
  private static @Nullable JsonNode swallowed(String text) {
    var characters = text.toCharArray();
    int tries = 0;
    for (int at = text.indexOf('{', 1);
        at > 0 && tries < MOST_TRIES;
        at = text.indexOf('{', at + 1)) {
      if (!text.substring(Math.max(0, at - 20), at).strip().endsWith(",")) {
        continue;
      }
      tries++;
      try (var parser = MAPPER.createParser(characters, at, characters.length - at)) {
        parser.nextToken();
        parser.skipChildren();
        if (parser.nextToken() == null) {
          return MAPPER.readTree(text.substring(at));
        }
      } catch (IOException broken) {
        // The next one may be whole.
      }
    }
    return null;
  }

  private static @Nullable JsonNode parsed(JsonScanner.Slice slice) {
    try {
      return slice.text() == null ? null : MAPPER.readTree(slice.text());
    } catch (JsonProcessingException broken) {
      // What stands beside the records is told if it can be read.
      return null;
    }
  }

  private static String reason(JsonScanner.Slice slice, JsonProcessingException broken) {
    var location = broken.getLocation();
    long line = slice.line() + (location == null ? 0 : location.getLineNr() - 1);
    return "line " + line + ": " + broken.getOriginalMessage();
  }

  private UnreadableFile syntax(String expected) {
    return new UnreadableFile(
        Rule.SYNTAX, linePlace() + ": " + expected + ", after record " + number);
  }

  private UnreadableFile truncated() {
    return new UnreadableFile(
        Rule.TRUNCATED, linePlace() + ": the file ends after record " + number);
  }

  private void tellTrailing() {
    if (!trailing) {
      trailing = true;
      sink.defect(new Defect(linePlace(), null, Rule.TRAILING_CONTENT, null));
    }
  }

  private String linePlace() {
    return "line " + scanner.line();
  }

  private static String place(long number) {
    return "record " + number;
  }
}
