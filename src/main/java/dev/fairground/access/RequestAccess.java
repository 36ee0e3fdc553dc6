package dev.fairground.access;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Who sees which requests, as a condition of every statement over requests {@code p}: the
 * applicant, the operator, the institution of the authorization, the data authorities of its
 * jurisdiction and above, and auditors. Everybody else finds nothing, as if there were none.
 */
record RequestAccess(boolean all, UUID[] organizations, LocalDate day) {
  private static final Scope[] SCOPES = {
    Scope.REQUEST_READ, Scope.REQUEST_WRITE, Scope.REQUEST_DECIDE, Scope.REQUEST_REVIEW
  };

  // The jurisdictions are found once, and then looked up in the index.
  private static final String TEXT =
      """
      (%1$s or p.applicant_id = any(%2$s) or p.operator_id = any(%2$s) or p.institution_id = any(%2$s)
       or p.jurisdiction_code = any(array(select supervised_jurisdictions(%2$s, %3$s))))
      """;

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = TEXT.formatted("$1", "$2", "$3");

  static RequestAccess of(Viewer viewer, LocalDate day) {
    var rights = viewer.rights();
    return new RequestAccess(
        rights.everywhere(Scope.REQUEST_READ), rights.organizations(SCOPES), day);
  }

  /** The first arguments of a statement with {@link #VISIBLE}. */
  Tuple tuple() {
    return Tuple.of(all, organizations, day);
  }

  /** The same for lists. */
  Clause clause() {
    return all
        ? Clause.TRUE
        : Clause.of(
            """
            (p.applicant_id = any(?) or p.operator_id = any(?) or p.institution_id = any(?)
             or p.jurisdiction_code = any(array(select supervised_jurisdictions(?, ?))))
            """,
            organizations,
            organizations,
            organizations,
            organizations,
            day);
  }

  /** Those that the caller's organizations handed in. */
  static Clause applied(Viewer viewer) {
    return Clause.of(
        "p.applicant_id = any(?)",
        (Object) viewer.rights().organizations(Scope.REQUEST_READ, Scope.REQUEST_WRITE));
  }

  /** Those that the caller's operators have to decide. */
  static Clause toDecide(Viewer viewer) {
    return Clause.of(
        "p.operator_id = any(?) and p.state in ('SUBMITTED', 'INCOMPLETE')",
        (Object) viewer.rights().organizations(Scope.REQUEST_READ, Scope.REQUEST_DECIDE));
  }

  /**
   * Those that went up to the caller's institutions and data authorities: what an operator did not
   * decide in time, and reviews.
   */
  static Clause escalated(Viewer viewer, LocalDate day) {
    var rights = viewer.rights();
    var organizations = rights.organizations(Scope.REQUEST_READ, Scope.REQUEST_REVIEW);
    return Clause.of(
        """
        p.state in ('SUBMITTED', 'INCOMPLETE', 'UNDER_REVIEW') and p.level <> 'OPERATOR'
        and (? or p.institution_id = any(?)
             or p.level = 'AUTHORITY' and p.jurisdiction_code = any(array(select supervised_jurisdictions(?, ?))))
        """,
        rights.everywhere(Scope.REQUEST_READ),
        organizations,
        organizations,
        day);
  }
}
