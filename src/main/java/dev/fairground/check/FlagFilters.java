package dev.fairground.check;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import org.jspecify.annotations.Nullable;

/** The conditions of the filters over {@code check_flag f}. */
final class FlagFilters {
  private FlagFilters() {}

  static Clause flags(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    return Clause.all(
        outcomes(filter),
        Conditions.oneOf("f.state", filter, "state"),
        Conditions.oneOf("f.subject_kind", filter, "subjectKind"),
        Conditions.id("f.operator_id", filter.input("operator"), PartyResolver.PREFIX));
  }

  static Clause outcomes(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    return Clause.all(
        Conditions.oneOf("f.check_code", filter, "check"),
        Conditions.oneOf("f.outcome", filter, "outcome"),
        Conditions.oneOf("f.conclusion", filter, "conclusion"));
  }
}
