package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * The records of a JSON document one by one, whatever the document's size. A record that cannot be
 * read is told to the sink and skipped.
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

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonRecords() {}

  /**
   * Reads the records in the array at {@code path} from the root; an empty path is an array that is
   * the root itself.
   *
   * @param beside given the members of the objects on the path that are not on it themselves,
   *     containers with at most 64 kB of text
   */
  static void read(
      Document document, Sink sink, List<String> path, ValueHandler beside, RecordHandler handler)
      throws IOException {
    try (JsonParser parser = MAPPER.createParser(document.content())) {
      parser.nextToken();
      for (var name : path) {
        while (parser.nextToken() == JsonToken.FIELD_NAME && !parser.currentName().equals(name)) {
          parser.nextToken();
          beside.value(List.of(parser.currentName()), parser.readValueAsTree());
        }
        parser.nextToken();
      }
      var number = 0;
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        handler.record("record " + ++number, parser.readValueAsTree());
      }
    }
  }

  /** Reads a record from each line that is not empty. */
  static void lines(Document document, Sink sink, RecordHandler handler) throws IOException {
    try (var values =
        MAPPER.readerFor(ObjectNode.class).<ObjectNode>readValues(document.content())) {
      var number = 0;
      while (values.hasNextValue()) {
        handler.record("record " + ++number, values.nextValue());
      }
    }
  }
}
