package dev.fairground.clock;

import dev.fairground.clock.Clock.Standing;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.sql.Clause;
import java.time.LocalDate;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ClockFilter} as clauses over {@code clock c}. */
final class ClockFilter {
  /** The prefix of organizations, which are a later feature. */
  private static final String ORGANIZATION = "org";

  private ClockFilter() {}

  static Clause clause(@Nullable Arguments filter, LocalDate today) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("c.responsible_id", filter.input("responsible"), ORGANIZATION));
    all.add(Conditions.id("c.waiting_id", filter.input("waiting"), ORGANIZATION));
    all.add(Conditions.text("c.rule", filter.input("rule")));
    if (filter.has("subject")) {
      all.add(Clause.of("c.subject = ?", filter.string("subject")));
    }
    if (filter.has("standing")) {
      all.add(
          Clause.any(
              filter.values("standing", Standing.class).stream()
                  .map(standing -> stands(standing, today))
                  .toList()));
    }
    all.add(Conditions.days("c.due_on", filter.input("dueOn")));
    all.add(Conditions.combined(filter, nested -> clause(nested, today)));
    return Clause.all(all);
  }

  private static Clause stands(Standing standing, LocalDate today) {
    return switch (standing) {
      case RUNNING -> Clause.of("c.state = 'RUNNING' and c.due_soon_on > ?", today);
      case DUE_SOON ->
          Clause.of("c.state = 'RUNNING' and c.due_soon_on <= ? and c.due_on >= ?", today, today);
      case OVERDUE -> Clause.of("c.state = 'RUNNING' and c.due_on < ?", today);
      case PAUSED -> Clause.of("c.state = 'PAUSED'");
      case MET -> Clause.of("c.state = 'MET' and c.ended_on <= c.due_on");
      case MET_LATE -> Clause.of("c.state = 'MET' and c.ended_on > c.due_on");
      case STOPPED -> Clause.of("c.state = 'STOPPED'");
    };
  }
}
