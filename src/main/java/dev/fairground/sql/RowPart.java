package dev.fairground.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** The columns of a row from one on, as a row of their own: a joined record is read like any. */
record RowPart(Row row, int from) implements Row {
  @Override
  public Object getValue(int position) {
    return row.getValue(from + position);
  }

  @Override
  public int size() {
    return row.size() - from;
  }

  @Override
  public String getColumnName(int position) {
    return row.getColumnName(from + position);
  }

  @Override
  public int getColumnIndex(String column) {
    return row.getColumnIndex(column) - from;
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
    return row.types().subList(from, row.size());
  }
}
