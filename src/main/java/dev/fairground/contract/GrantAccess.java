package dev.fairground.contract;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Who sees which access grants, as a condition of every statement over {@code access_grant g}: the
 * holder, the operator, the institution of its authorization, the data authorities of its
 * jurisdiction and those above, and auditors. Everybody else finds nothing, as if there were none.
 */
record GrantAccess(boolean all, UUID[] organizations, LocalDate day) {
  private static final String TEXT =
      """
      (%1$s or g.holder_id = any(%2$s) or g.operator_id = any(%2$s) or g.institution_id = any(%2$s)
       or g.jurisdiction_code = any(array(select supervised_jurisdictions(%2$s, %3$s))))
      """;

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = TEXT.formatted("$1", "$2", "$3");

  static GrantAccess of(Viewer viewer, LocalDate day) {
    var rights = viewer.rights();
    return new GrantAccess(
        rights.everywhere(Scope.REQUEST_READ),
        rights.organizations(
            Scope.REQUEST_READ, Scope.REQUEST_WRITE, Scope.REQUEST_DECIDE, Scope.REQUEST_REVIEW),
        day);
  }

  /** The first arguments of a statement with {@link #VISIBLE}. */
  Tuple tuple() {
    return Tuple.of(all, organizations, day);
  }

  /** The same for lists, without what cannot hold. */
  static Clause clause(Viewer viewer, LocalDate day) {
    var access = of(viewer, day);
    if (access.all) {
      return Clause.TRUE;
    }
    if (access.organizations.length == 0) {
      return Clause.FALSE;
    }
    return Clause.of(
        """
        g.holder_id = any(?) or g.operator_id = any(?) or g.institution_id = any(?)
        or g.jurisdiction_code = any(array(select supervised_jurisdictions(?, ?)))
        """,
        access.organizations,
        access.organizations,
        access.organizations,
        access.organizations,
        day);
  }
}
