package dev.fairground.policy;

import dev.fairground.mutation.UserError;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What became of setting access policies.
 *
 * @param outcomes one for each product, in the order of the input; empty where nothing was done
 */
record AccessPolicySetPayload(List<Outcome> outcomes, List<UserError> userErrors) {
  /**
   * What became of the policy of one product.
   *
   * @param version of the policy that holds from the day on
   * @param published whether it is a new one; false where it was the same already
   */
  record Outcome(
      UUID productId,
      int version,
      boolean published,
      LocalDate effectiveOn,
      PolicyChange.Kind change,
      List<PolicyDifference> differences) {
    Outcome {
      differences = List.copyOf(differences);
    }

    PolicyVersion.Key key() {
      return new PolicyVersion.Key(productId, version);
    }
  }

  AccessPolicySetPayload {
    outcomes = List.copyOf(outcomes);
    userErrors = List.copyOf(userErrors);
  }

  static AccessPolicySetPayload refused(List<UserError> errors) {
    return new AccessPolicySetPayload(List.of(), errors);
  }
}
