package dev.fairground.check;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Who sees what people still have to look at, and evidence: the operator, the institution of the
 * authorization, the data authority, and auditors.
 *
 * @param all whether all of it is seen
 * @param organizations those for which it is seen
 * @param parties those that see what concerns requests and grants of their own
 */
record CheckAccess(boolean all, UUID[] organizations, LocalDate day, UUID[] parties) {
  static CheckAccess of(Viewer viewer, LocalDate day) {
    return new CheckAccess(
        viewer.rights().everywhere(Scope.CHECK_READ),
        viewer.rights().organizations(Scope.CHECK_READ),
        day,
        viewer.rights().organizations(Scope.REQUEST_READ));
  }

  /** As an expression over {@code x}, with the arguments {@code $all, $organizations, $day}. */
  static String seen(String alias, int first) {
    return "coalesce($%2$d or %1$s.operator_id = any($%3$d) or %1$s.institution_id = any($%3$d) or is_data_authority($%3$d, %1$s.jurisdiction_code, $%4$d), false)"
        .formatted(alias, first, first + 1, first + 2);
  }

  /** The same of runs; those above supervise requests and grants, too. */
  static String insider(String alias, int first) {
    return "(%2$s or %1$s.party_id is not null and %1$s.jurisdiction_code in (select supervised_jurisdictions($%3$d, $%4$d)))"
        .formatted(alias, seen(alias, first), first + 1, first + 2);
  }

  /**
   * Whether a run is seen by its party, with the further argument {@code $parties}, which follows
   * on the day.
   */
  static String ofParty(String alias, int first) {
    return "coalesce(%s.party_id = any($%d), false)".formatted(alias, first + 3);
  }

  /**
   * Whether there is a run at all for the caller: requests for access and grants are known to their
   * parties and to those who supervise them, also from above.
   */
  static String known(String alias, int first) {
    return "(%s.party_id is null or %s or %s)"
        .formatted(alias, insider(alias, first), ofParty(alias, first));
  }

  /** The same of flags {@code f}, without what cannot hold. */
  static Clause clause(Viewer viewer, Moment moment) {
    var all = viewer.rights().everywhere(Scope.CHECK_READ);
    var organizations = viewer.rights().organizations(Scope.CHECK_READ);
    if (all) {
      return Clause.TRUE;
    }
    if (organizations.length == 0) {
      return Clause.FALSE;
    }
    return Clause.of(
        "f.operator_id = any(?) or f.institution_id = any(?) or is_data_authority(?, f.jurisdiction_code, ?)",
        organizations,
        organizations,
        organizations,
        moment.day());
  }
}
