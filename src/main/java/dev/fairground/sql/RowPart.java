package dev.fairground.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record's part of a row, as a row of all its columns: a joined record is read like any other,
 * and columns that nobody wants are null without having been sent.
 *
 * @param places where each column stands in the part; -1 for those that were not read
 * @param from the place of the part's first column in the row
 */
record RowPart(Row row, int[] places, int from) implements Row {
  @Override
  public @Nullable Object getValue(int position) {
    return places[position] < 0 ? null : row.getValue(from + places[position]);
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public String getColumnName(int position) {
    return row.getColumnName(from + places[position]);
  }

  @Override
  public int getColumnIndex(String column) {
    throw new UnsupportedOperationException("columns are read by their place");
  }

  @Override
  public Tuple addValue(Object value) {
    throw new UnsupportedOperationException("a row is only read");
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException("a row is only read");
  }

  @Override
  public List<Class<?>> types() {
    throw new UnsupportedOperationException("columns are read by their place");
  }
}
