package dev.fairground.code;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code CodeEntryFilter} as clauses over {@code code_entry e}. */
final class CodeEntryFilter {
  private CodeEntryFilter() {}

  /** The whole condition: entries valid on the day, unless the filter's top speaks of that. */
  static Clause listed(@Nullable Arguments filter, Moment moment) {
    var clause = clause(filter, moment);
    return filter != null && filter.has("valid") ? clause : Clause.all(valid(moment), clause);
  }

  private static Clause valid(Moment moment) {
    return Clause.of(
        "e.valid_on <= ? and (e.invalid_on is null or e.invalid_on > ?)",
        moment.day(),
        moment.day());
  }

  private static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.text("e.code", filter.input("code")));
    all.add(Conditions.text("e.name", filter.input("name")));
    all.add(Conditions.text("e.parent_code", filter.input("parent")));
    if (filter.has("level")) {
      all.add(
          Clause.of("e.level = any(?)", (Object) filter.integers("level").toArray(Integer[]::new)));
    }
    if (filter.has("valid")) {
      all.add(Boolean.TRUE.equals(filter.bool("valid")) ? valid(moment) : valid(moment).not());
    }
    all.add(Conditions.combined(filter, input -> clause(input, moment)));
    return Clause.all(all);
  }
}
