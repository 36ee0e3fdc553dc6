package dev.fairground.graphql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query of one connection, rewritten so that the whole list can be read page by page, all pages
 * of one moment.
 *
 * @param text the rewritten document; takes the page's size, its cursor and the moment as variables
 *     of its own beside those of the caller
 * @param variables the caller's, those that are still used
 * @param field the key of the connection in the answer
 * @param nodeType the type of the list's rows
 * @param takesMoment whether the moment is ours to say; false where the caller's query says one
 * @param shape what is selected of each row
 */
public record PagedQuery(
    String text,
    Map<String, Object> variables,
    String field,
    String nodeType,
    boolean takesMoment,
    Shape shape) {
  static final String FIRST = "bulkFirst";
  static final String AFTER = "bulkAfter";
  static final String AS_OF = "bulkAsOf";

  /** Rows of a nested connection that are read with each row; a longer one is cut. */
  public static final int NESTED_ROWS = 100;

  /**
   * What is selected of an object, in the order of the document.
   *
   * @param fields by their keys in the answer, of each row where there are several; a leaf has null
   */
  public record Shape(Map<String, @Nullable Shape> fields, Kind kind) {
    /** How often the object is there. */
    public enum Kind {
      /** Once, or not at all. */
      OBJECT,
      /** As a list. */
      LIST,
      /** As a nested connection: the rows are in its {@code nodes}. */
      CONNECTION
    }
  }

  /** The variables of one page. */
  public Map<String, Object> page(int size, @Nullable String after, String asOf) {
    var all = new HashMap<>(variables);
    all.put(FIRST, size);
    if (after != null) {
      all.put(AFTER, after);
    }
    if (takesMoment) {
      all.put(AS_OF, asOf);
    }
    return all;
  }

  /** The names that the caller's own variables cannot have. */
  static List<String> ownVariables() {
    return List.of(FIRST, AFTER, AS_OF);
  }
}
