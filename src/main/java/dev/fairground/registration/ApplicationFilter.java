package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters over {@code registration_application p} and {@code registration_notice n}. */
final class ApplicationFilter {
  private ApplicationFilter() {}

  static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("p.applicant_id", filter.input("applicant"), PartyResolver.PREFIX));
    all.add(Conditions.id("p.registrar_id", filter.input("registrar"), PartyResolver.PREFIX));
    all.add(Conditions.oneOf("p.state", filter, "state"));
    all.add(Conditions.oneOf("p.kind", filter, "kind"));
    all.add(Conditions.oneOf("p.subject_kind", filter, "subjectKind"));
    all.add(Conditions.days("p.due_on", filter.input("dueOn")));
    all.add(Conditions.is("p.late", filter, "late"));
    if (filter.has("overdue")) {
      all.add(Clause.of("(p.due_on < ?) = ?", moment.day(), filter.bool("overdue")));
    }
    all.add(Conditions.combined(filter, nested -> clause(nested, moment)));
    return Clause.all(all);
  }

  /** What is due first comes first. */
  static List<Key<RegistrationApplication>> order(Arguments arguments) {
    return List.of(
        Key.date("p.due_on", false, RegistrationApplication::dueOn),
        Key.id("p.id", false, RegistrationApplication::id));
  }

  static Clause notices(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("n.registrar_id", filter.input("registrar"), PartyResolver.PREFIX));
    all.add(Conditions.id("n.registrant_id", filter.input("registrant"), PartyResolver.PREFIX));
    all.add(Conditions.oneOf("n.state", filter, "state"));
    all.add(Conditions.oneOf("n.kind", filter, "kind"));
    all.add(Conditions.oneOf("n.subject_kind", filter, "subjectKind"));
    all.add(Conditions.days("n.ends_on", filter.input("endsOn")));
    all.add(Conditions.combined(filter, ApplicationFilter::notices));
    return Clause.all(all);
  }
}
