package dev.fairground.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.graphql.PagedQuery.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object on each line. Rows of a nested connection follow the row that they belong to, each
 * on a line of its own, with {@code __parentId} (the {@code id} of the object that has the
 * connection) and {@code __field} (its key there).
 */
public final class JsonLines implements RowWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private final Shape shape;
  private final OutputStream out;

  public JsonLines(Shape shape, OutputStream out) {
    this.shape = shape;
    this.out = out;
  }

  private record Nested(@Nullable String parent, String field, JsonNode row) {}

  @Override
  public void write(JsonNode row) throws IOException {
    var nested = new ArrayList<Nested>();
    take(row, shape, nested);
    line(row);
    for (var inner : nested) {
      var object = JSON.createObjectNode();
      object.put("__parentId", inner.parent).put("__field", inner.field);
      if (inner.row instanceof ObjectNode fields) {
        object.setAll(fields);
      }
      line(object);
    }
  }

  /** Takes the rows of nested connections out of the objects that have them. */
  private static void take(@Nullable JsonNode value, Shape shape, List<Nested> nested) {
    if (value == null || value.isNull()) {
      return;
    }
    if (value.isArray()) {
      value.forEach(element -> take(element, shape, nested));
      return;
    }
    shape
        .fields()
        .forEach(
            (key, inner) -> {
              if (inner == null) {
                return;
              }
              if (inner.kind() != Shape.Kind.CONNECTION) {
                take(value.get(key), inner, nested);
                return;
              }
              var connection = ((ObjectNode) value).remove(key);
              if (connection != null) {
                var id = value.path("id").textValue();
                connection.path("nodes").forEach(row -> nested.add(new Nested(id, key, row)));
              }
            });
  }

  private void line(JsonNode row) throws IOException {
    // A generator of its own closes nothing behind it.
    out.write(
        JSON.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValueAsBytes(row));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
