package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code RegistrationFilter} as clauses over {@code registration_version r}. */
final class RegistrationFilter {
  private RegistrationFilter() {}

  static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.text("r.code", filter.input("code")));
    all.add(Conditions.id("r.registrar_id", filter.input("registrar"), PartyResolver.PREFIX));
    all.add(Conditions.oneOf("r.subject_kind", filter, "subjectKind"));
    all.add(Conditions.oneOf("r.kind", filter, "kind"));
    all.add(Conditions.oneOf("r.state", filter, "state"));
    all.add(Conditions.days("r.coded_on", filter.input("codedOn")));
    all.add(Conditions.days("r.valid_until", filter.input("validUntil")));
    all.add(Conditions.is("r.dispute_mark", filter, "disputeMark"));
    all.add(Conditions.is("r.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, RegistrationFilter::clause));
    return Clause.all(all);
  }
}
