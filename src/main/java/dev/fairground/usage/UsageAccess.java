package dev.fairground.usage;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Who reads records of use, as a condition of every statement over {@code access_grant g}: the
 * holder, the operator, the institution of the authorization, data authorities of its jurisdiction
 * and of those above, and auditors. All of them read the same rows; everybody else finds none, as
 * if there were none.
 *
 * @param all whether all are read
 * @param organizations those for which they are read
 */
record UsageAccess(boolean all, UUID[] organizations, LocalDate day) {
  private static final String PARTY =
      "g.holder_id = any(%1$s) or g.operator_id = any(%1$s) or g.institution_id = any(%1$s)"
          + " or g.jurisdiction_code in (select supervised_jurisdictions(%1$s, %2$s))";

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = "($1 or " + PARTY.formatted("$2", "$3") + ")";

  static UsageAccess of(Viewer viewer, Moment moment) {
    return new UsageAccess(
        viewer.rights().everywhere(Scope.USAGE_READ),
        viewer.rights().organizations(Scope.USAGE_READ),
        moment.day());
  }

  Tuple tuple() {
    return Tuple.of(all, organizations, day);
  }

  /** The same for lists. */
  Clause clause() {
    if (all) {
      return Clause.TRUE;
    }
    return organizations.length == 0
        ? Clause.FALSE
        : Clause.of(
            PARTY.formatted("?", "?").replace("%1$s", "?"),
            organizations,
            organizations,
            organizations,
            organizations,
            day);
  }
}
