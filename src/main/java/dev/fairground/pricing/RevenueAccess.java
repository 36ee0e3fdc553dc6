package dev.fairground.pricing;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.util.UUID;

/**
 * Who reads what came in under a cap, as a condition of every statement over {@code revenue_cap c}:
 * its operator, price authorities and data authorities of the jurisdictions of the operator's
 * authorizations, and auditors. Everybody else finds nothing, as if there were none.
 */
record RevenueAccess(UUID[] own, UUID[] pricing, UUID[] supervising, boolean all) {
  /** For arguments $2 to $6: the three lists, whether all is seen, and the day. */
  static final String VISIBLE =
      """
      ($5 or c.operator_id = any($2) or price_authority_of($3, c.operator_id, $6) is not null
       or exists (
         select 1
           from authorization_grant_version g
          where g.operator_id = c.operator_id and g.valid_to = 'infinity'
            and is_data_authority($4, g.jurisdiction_code, $6)))
      """;

  static RevenueAccess of(Viewer viewer) {
    var rights = viewer.rights();
    return new RevenueAccess(
        rights.organizations(Scope.PRICE_WRITE, Scope.LIST_READ),
        rights.organizations(Scope.CAP_WRITE),
        rights.organizations(Scope.CHECK_READ),
        rights.everywhere(Scope.CHECK_READ));
  }
}
