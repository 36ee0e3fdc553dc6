package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The conditions that all filters of the schema share, as clauses. */
public final class Conditions {
  private static final int MOST_ALTERNATIVES = 20;

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
      var values = condition.strings("in");
      all.add(Clause.of(column + " = any(?)", (Object) values.toArray(String[]::new)));
    }
    if (condition.has("startsWith")) {
      all.add(Clause.of("starts_with(" + column + ", ?)", condition.string("startsWith")));
    }
    return Clause.all(all);
  }

  /**
   * The member {@code text}: holding all words of it, now.
   *
   * @param past the same for past moments; null where nothing answers for them
   */
  public static Clause words(
      Arguments filter, Search search, Moment moment, @Nullable Function<String, Clause> past) {
    var text = filter.string("text");
    if (text == null) {
      return Clause.TRUE;
    }
    if (text.length() > Search.MOST_CHARACTERS) {
      throw filter.bad(
          "text",
          "at most " + Search.MOST_CHARACTERS + " characters, but there are " + text.length());
    }
    if (moment.isPresent()) {
      return search.holds(text);
    }
    if (past == null) {
      throw filter.bad("text", "these are searched as they are now: leave out asOf");
    }
    return past.apply(text);
  }

  /** {@code IdFilter} on a column; all its members hold. */
  public static Clause id(String column, @Nullable Arguments condition, String... prefixes) {
    if (condition == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    if (condition.has("eq")) {
      all.add(Clause.of(column + " = ?", condition.id("eq", prefixes)));
    }
    if (condition.has("in")) {
      var values = condition.ids("in", prefixes);
      all.add(Clause.of(column + " = any(?)", (Object) values.toArray(UUID[]::new)));
    }
    return Clause.all(all);
  }

  /** A member that lists enum values, of which the column has one. */
  public static Clause oneOf(String column, Arguments filter, String name) {
    return filter.has(name)
        ? Clause.of(column + " = any(?)", (Object) filter.strings(name).toArray(String[]::new))
        : Clause.TRUE;
  }

  /** A member that is true or false, as the column is. */
  public static Clause is(String column, Arguments filter, String name) {
    return filter.has(name) ? Clause.of(column + " = ?", filter.bool(name)) : Clause.TRUE;
  }

  /** {@code DateRange} on a column. */
  public static Clause days(String column, @Nullable Arguments range) {
    if (range == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    if (range.has("from")) {
      all.add(Clause.of(column + " >= ?", range.date("from")));
    }
    if (range.has("to")) {
      all.add(Clause.of(column + " <= ?", range.date("to")));
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
