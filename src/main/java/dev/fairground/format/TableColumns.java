package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairground.graphql.PagedQuery.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that holds a query's rows: a leaf each, named by its path with points. A
 * list is one cell: its values parted by {@code |}, or JSON where they have several fields.
 */
final class TableColumns {
  static final String SEPARATOR = "|";

  /**
   * @param path the keys from the row to the cell
   * @param within what is selected of a list in it; null for a leaf
   */
  private record Column(List<String> path, @Nullable Shape within) {}

  private final List<Column> columns = new ArrayList<>();

  TableColumns(Shape shape) {
    add(List.of(), shape);
  }

  private void add(List<String> path, Shape shape) {
    shape
        .fields()
        .forEach(
            (key, inner) -> {
              var longer = new ArrayList<>(path);
              longer.add(key);
              if (inner == null || inner.kind() != Shape.Kind.OBJECT) {
                columns.add(new Column(longer, inner));
              } else {
                add(longer, inner);
              }
            });
  }

  List<String> names() {
    return columns.stream().map(column -> String.join(".", column.path)).toList();
  }

  int size() {
    return columns.size();
  }

  /** The cell of a row: a text, a number, a truth value, or null for an empty one. */
  @Nullable Object cell(JsonNode row, int index) {
    var column = columns.get(index);
    var value = row;
    for (var key : column.path) {
      value = value.path(key);
    }
    if (column.within != null && column.within.kind() == Shape.Kind.CONNECTION) {
      value = value.path("nodes");
    }
    return cell(value, column.within);
  }

  private static @Nullable Object cell(JsonNode value, @Nullable Shape within) {
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (value.isNumber()) {
      return value.numberValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    if (!value.isArray()) {
      return value.toString();
    }
    if (value.isEmpty()) {
      return null;
    }
    var joined = new StringJoiner(SEPARATOR);
    for (var element : value) {
      var single = element.isValueNode() ? element : only(element, within);
      if (single == null) {
        return value.toString();
      }
      joined.add(single.asText());
    }
    return joined.toString();
  }

  /** The one leaf that is selected of an object; null where there are several. */
  private static @Nullable JsonNode only(JsonNode object, @Nullable Shape shape) {
    var value = object;
    var inner = shape;
    while (inner != null) {
      if (inner.fields().size() != 1) {
        return null;
      }
      var field = inner.fields().entrySet().iterator().next();
      value = value.path(field.getKey());
      inner = field.getValue();
    }
    return value.isValueNode() ? value : value instanceof MissingNode ? value : null;
  }
}
