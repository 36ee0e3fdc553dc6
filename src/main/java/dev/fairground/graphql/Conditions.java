package dev.fairground.graphql;

import dev.fairground.sql.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The conditions that all filters of the schema share, as clauses. */
public final class Conditions {
  private static final int MOST_ALTERNATIVES = 20;
  private static final int MOST_VALUES = 250;

  private Conditions() {}

  /** {@code StringFilter} on a column; all its members hold. */
  public static Clause text(String column, @Nullable Arguments condition) {
    if (condition == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    if (condition.has("eq")) {
      all.add(Clause.of(column + " = ?", condition.string("eq")));
    }
    if (condition.has("in")) {
      var values = bounded(condition, "in", condition.strings("in"), MOST_VALUES);
      all.add(Clause.of(column + " = any(?)", (Object) values.toArray(String[]::new)));
    }
    if (condition.has("startsWith")) {
      all.add(Clause.of("starts_with(" + column + ", ?)", condition.string("startsWith")));
    }
    return Clause.all(all);
  }

  /** The filter's members {@code and}, {@code or} and {@code not}; all three hold. */
  public static Clause combined(Arguments filter, Function<Arguments, Clause> nested) {
    var all = new ArrayList<Clause>();
    if (filter.has("and")) {
      all.add(Clause.all(each(filter, "and", nested)));
    }
    if (filter.has("or")) {
      all.add(Clause.any(each(filter, "or", nested)));
    }
    var not = filter.input("not");
    if (not != null) {
      all.add(nested.apply(not).not());
    }
    return Clause.all(all);
  }

  /** The values, unless there are more than a statement should carry. */
  public static <T> List<T> values(Arguments at, String name, List<T> values) {
    return bounded(at, name, values, MOST_VALUES);
  }

  private static List<Clause> each(
      Arguments filter, String name, Function<Arguments, Clause> nested) {
    return bounded(filter, name, filter.inputs(name), MOST_ALTERNATIVES).stream()
        .map(nested)
        .toList();
  }

  private static <T> List<T> bounded(Arguments at, String name, List<T> values, int most) {
    if (values.size() > most) {
      throw at.bad(name, "at most " + most + ", but there are " + values.size());
    }
    return values;
  }
}
