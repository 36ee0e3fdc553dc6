package dev.fairground.fairness;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.time.LocalDate;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code AccessRecordFilter} as clauses over {@code access_record r}. */
final class AccessRecordFilter {
  private static final String TRAIT =
      "case when r.granted_in is null then null when r.told_in is null then 'WITHHELD'"
          + " when %1$s then 'YES' when not %1$s then 'NO' else 'UNKNOWN' end";

  private AccessRecordFilter() {}

  static Clause clause(@Nullable Arguments filter, LocalDate today) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("r.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(
        Conditions.id(
            "r.product_id",
            filter.input("product"),
            CatalogResolver.DATA_PRODUCT,
            CatalogResolver.SERVICE_CAPABILITY));
    all.add(Conditions.oneOf("r.purpose_class", filter, "purposeClass"));
    all.add(Conditions.days("r.submitted_in", filter.input("submittedIn")));
    all.add(Conditions.oneOf("r.outcome", filter, "outcome"));
    all.add(Conditions.days("r.ended_in", filter.input("endedIn")));
    if (filter.has("reason")) {
      all.add(
          Clause.of("r.reasons && ?", (Object) filter.strings("reason").toArray(String[]::new)));
    }
    all.add(known("r.working_days", filter, "workingDaysKnown"));
    all.add(Conditions.is("r.on_time", filter, "onTime"));
    all.add(known("r.on_time", filter, "onTimeKnown"));
    all.add(Conditions.days("r.escalated_in", filter.input("escalatedIn")));
    all.add(Conditions.days("r.review_asked_in", filter.input("reviewAskedIn")));
    all.add(Conditions.days("r.reviewed_in", filter.input("reviewedIn")));
    all.add(Conditions.oneOf("r.review_outcome", filter, "reviewOutcome"));
    all.add(Conditions.days("r.granted_in", filter.input("grantedIn")));
    all.add(Conditions.is("r.free", filter, "free"));
    all.add(Conditions.oneOf("(" + TRAIT.formatted("r.affiliate") + ")", filter, "affiliate"));
    all.add(Conditions.oneOf("(" + TRAIT.formatted("r.small_or_micro") + ")", filter, "smallFirm"));
    all.add(openAtEndOf(filter.date("openAtEndOf")));
    all.add(overdueAtEndOf(filter.date("overdueAtEndOf"), today));
    all.add(Conditions.is("r.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, nested -> clause(nested, today)));
    return Clause.all(all);
  }

  private static Clause known(String column, Arguments filter, String name) {
    return filter.has(name)
        ? Clause.of("(" + column + " is not null) = ?", filter.bool(name))
        : Clause.TRUE;
  }

  private static Clause openAtEndOf(@Nullable LocalDate day) {
    if (day == null) {
      return Clause.TRUE;
    }
    var month = day.withDayOfMonth(1);
    return Clause.of(
        "r.last_in >= ? and r.submitted_in <= ? and (r.ended_in is null or r.ended_in > ?)",
        month,
        month,
        month);
  }

  /** Only at the end of a month, or today: which day it was due nobody can find out by asking. */
  private static Clause overdueAtEndOf(@Nullable LocalDate day, LocalDate today) {
    if (day == null) {
      return Clause.TRUE;
    }
    var next = day.withDayOfMonth(1).plusMonths(1);
    var on = next.isBefore(today) ? next : today;
    return Clause.all(
        openAtEndOf(day), Clause.of(MonthSql.overdue("?::date", "?"), next, next, on));
  }
}
