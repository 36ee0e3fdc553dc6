package dev.fairground.authorization;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** {@code AuthorizationGrantFilter} as clauses over {@code authorization_grant_version g}. */
final class AuthorizationGrantFilter {
  private AuthorizationGrantFilter() {}

  static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.text("g.number", filter.input("number")));
    all.add(Conditions.id("g.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(Conditions.id("g.institution_id", filter.input("institution"), PartyResolver.PREFIX));
    all.add(Conditions.text("g.jurisdiction_code", filter.input("jurisdiction")));
    all.add(Conditions.oneOf("g.mode", filter, "mode"));
    all.add(Conditions.oneOf("g.state", filter, "state"));
    all.add(Conditions.days("g.starts_on", filter.input("startsOn")));
    all.add(Conditions.days("g.ends_on", filter.input("endsOn")));
    all.add(Conditions.is("g.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, AuthorizationGrantFilter::clause));
    return Clause.all(all);
  }
}
