package dev.fairground.authorizing;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Who sees which plans, as a condition of every statement over {@code authorization_plan p}: its
 * institution, and from the first decision on the data authorities of its jurisdiction. Everybody
 * else finds nothing, as if there were none.
 */
record PlanAccess(boolean all, UUID[] institutions, UUID[] authorities, LocalDate day) {
  private static final String TEXT =
      """
      (%1$s or p.institution_id = any(%2$s) or p.decision_number > 0 and is_data_authority(%3$s, p.jurisdiction_code, %4$s))
      """;

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = TEXT.formatted("$1", "$2", "$3", "$4");

  static PlanAccess of(Viewer viewer, LocalDate day) {
    var rights = viewer.rights();
    return new PlanAccess(
        rights.everywhere(Scope.REVIEW_READ),
        rights.organizations(Scope.AUTHORIZATION_WRITE, Scope.REVIEW_READ),
        rights.organizations(Scope.AUTHORIZATION_SUPERVISE, Scope.REVIEW_READ),
        day);
  }

  /** The first arguments of a statement with {@link #VISIBLE}. */
  Tuple tuple() {
    return Tuple.of(all, institutions, authorities, day);
  }

  /** The same for lists. */
  static Clause clause(Viewer viewer, LocalDate day) {
    var access = of(viewer, day);
    return Clause.of(
        TEXT.formatted("?", "?", "?", "?"),
        access.all,
        access.institutions,
        access.authorities,
        access.day);
  }
}
