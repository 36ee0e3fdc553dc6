package dev.fairground.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows that stream into a table by {@code COPY}, in its text format. The connection does nothing
 * else until they are closed.
 */
public final class CopyRows implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder text = new StringBuilder(2 * CHUNK);

  /** Begins to fill the columns of a table; the names are ours. */
  public CopyRows(Connection connection, String tableAndColumns) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + tableAndColumns + " from stdin");
  }

  /** One row: texts, numbers, days, and lists of texts, which become arrays. */
  public void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      switch (values[i]) {
        case null -> text.append("\\N");
        case List<?> list -> escape(array(list));
        case Object value -> escape(value.toString());
      }
    }
    text.append('\n');
    if (text.length() >= CHUNK) {
      flush();
    }
  }

  /** Sends what is left; the rows are in the table. */
  @Override
  public void close() throws SQLException {
    flush();
    copy.endCopy();
  }

  /** Gives up: no row is in the table. */
  public void abandon() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    // A lone half of a surrogate pair, which is no character, becomes a question mark here.
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  private static String array(List<?> list) {
    var array = new StringBuilder("{");
    for (var element : list) {
      array
          .append(array.length() == 1 ? "\"" : ",\"")
          .append(element.toString().replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    return array.append('}').toString();
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        // PostgreSQL's texts cannot hold it.
        case '\0' -> {}
        default -> text.append(c);
      }
    }
  }
}
