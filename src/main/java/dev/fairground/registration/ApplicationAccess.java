package dev.fairground.registration;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Who sees which applications, as a condition of every statement over {@code
 * registration_application p}: their applicants, and from their submission on their registrars.
 * Everybody else finds nothing, as if there were none.
 */
record ApplicationAccess(UUID[] applicants, UUID[] registrars) {
  private static final String TEXT =
      "(p.applicant_id = any(%1$s) or p.registrar_id = any(%2$s) and p.submitted_at is not null)";

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = TEXT.formatted("$1", "$2");

  static ApplicationAccess of(Viewer viewer) {
    return new ApplicationAccess(
        viewer.rights().organizations(Scope.REGISTRATION_WRITE),
        viewer.rights().organizations(Scope.REGISTRATION_DECIDE));
  }

  Tuple tuple() {
    return Tuple.of(applicants, (Object) registrars);
  }

  /** The same for lists, without what cannot hold, so that an index leads to what can. */
  Clause clause() {
    if (registrars.length == 0) {
      return Clause.of("p.applicant_id = any(?)", (Object) applicants);
    }
    return applicants.length == 0
        ? Clause.of("p.registrar_id = any(?) and p.submitted_at is not null", (Object) registrars)
        : Clause.of(TEXT.formatted("?", "?"), applicants, registrars);
  }
}
