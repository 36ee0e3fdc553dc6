package dev.fairground.draft;

import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Who sees which drafts, as a condition of every statement over {@code product_draft d}: their
 * operator, and from their submission on the institution of their authorization and the data
 * authorities of its jurisdiction. Everybody else finds nothing, as if there were none.
 *
 * @param operators those whose drafts are seen; ignored where {@code all} is true
 * @param reviewers those for which drafts of others are seen
 */
record DraftAccess(boolean all, UUID[] operators, UUID[] reviewers) {
  private static final String TEXT =
      """
      (d.operator_id = any(%1$s) or %2$s or d.status <> 'DRAFT' and exists (
         select 1 from authorization_grant_version a
          where a.grant_id = d.authorization_grant_id and a.valid_to = 'infinity'
            and (a.institution_id = any(%3$s) or is_data_authority(%3$s, a.jurisdiction_code, current_date))))
      """;

  /** The condition as it stands in a statement whose first arguments are {@link #tuple}. */
  static final String VISIBLE = TEXT.formatted("$1", "$2", "$3");

  /** Of who reads. */
  static DraftAccess reading(Viewer viewer) {
    return of(viewer.rights(), new Scope[] {Scope.LIST_READ}, new Scope[] {Scope.REVIEW_READ});
  }

  /** Of who changes: what may be changed is seen, also by credentials that may not read lists. */
  static DraftAccess changing(Viewer viewer) {
    return of(
        viewer.rights(),
        new Scope[] {Scope.LIST_READ, Scope.LIST_WRITE, Scope.LIST_PUBLISH},
        new Scope[] {Scope.REVIEW_READ, Scope.REVIEW_WRITE});
  }

  private static DraftAccess of(Rights rights, Scope[] own, Scope[] reviewed) {
    return new DraftAccess(
        rights.everywhere(own), rights.organizations(own), rights.organizations(reviewed));
  }

  /** The first arguments of a statement with {@link #VISIBLE}. */
  Tuple tuple() {
    return Tuple.of(operators, all, reviewers);
  }

  /** The same for lists, without what cannot hold, so that an index leads to what can. */
  Clause clause() {
    if (all || reviewers.length > 0) {
      return Clause.of(TEXT.formatted("?", "?", "?"), operators, all, reviewers, reviewers);
    }
    return operators.length == 1
        ? Clause.of("d.operator_id = ?", operators[0])
        : Clause.of("d.operator_id = any(?)", (Object) operators);
  }
}
