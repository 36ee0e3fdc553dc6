package dev.fairground.access;

import dev.fairground.contract.AccessGrant;
import dev.fairground.equal.Comparison;
import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision.
 *
 * @param accessRequest as it is after it; null where nothing was done
 * @param grant that an approval gave
 * @param comparison of its terms with those of others; null where nothing was approved
 */
record AccessRequestDecidePayload(
    @Nullable AccessRequest accessRequest,
    @Nullable AccessDecision decision,
    @Nullable AccessGrant grant,
    @Nullable Comparison comparison,
    List<UserError> userErrors) {
  static AccessRequestDecidePayload refused(List<UserError> errors) {
    return new AccessRequestDecidePayload(null, null, null, null, errors);
  }

  static AccessRequestDecidePayload of(AccessRequest request, Told told) {
    return new AccessRequestDecidePayload(
        request, told.decision(), told.grant(), told.comparison(), List.of());
  }

  /** What was decided, for the answer. */
  record Told(
      AccessDecision decision, @Nullable AccessGrant grant, @Nullable Comparison comparison) {
    static Told of(AccessDecision decision) {
      return new Told(decision, null, null);
    }

    static Told of(Approvals.Made made) {
      return new Told(made.decision(), made.grant(), made.comparison());
    }
  }
}
