package dev.fairground.authorization;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ScenarioFilter} as clauses over {@code scenario_version s}. */
final class ScenarioFilter {
  private ScenarioFilter() {}

  static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.text("s.code", filter.input("code")));
    all.add(Conditions.text("s.title", filter.input("title")));
    all.add(Conditions.text("s.jurisdiction_code", filter.input("jurisdiction")));
    all.add(Conditions.text("s.field", filter.input("field")));
    all.add(Conditions.oneOf("s.purpose_class", filter, "purposeClass"));
    all.add(Conditions.is("s.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, ScenarioFilter::clause));
    return Clause.all(all);
  }
}
