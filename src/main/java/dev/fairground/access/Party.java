package dev.fairground.access;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a caller is to a request.
 *
 * @param applicant whether it acts for who applied
 * @param operator whether it acts for the operator of the product
 * @param reviewer whether it acts for who reviews the refusal
 */
record Party(boolean applicant, boolean operator, boolean reviewer) {
  /**
   * Pure.
   *
   * @param authorities the organizations that the caller reviews for and that are data authorities,
   *     by jurisdiction
   */
  static Party of(AccessRequest of, Viewer viewer, Map<String, Set<UUID>> authorities) {
    return new Party(
        viewer.may(Scope.REQUEST_WRITE, of.applicantId()),
        viewer.may(Scope.REQUEST_DECIDE, of.operatorId()),
        of.reviewCode() == null
            ? viewer.may(Scope.REQUEST_REVIEW, of.institutionId())
            : authorities.getOrDefault(of.reviewCode(), Set.of()).stream()
                .anyMatch(authority -> isApart(of, authority)));
  }

  /** Nobody reviews what he answers for, or asked for. */
  static boolean isApart(AccessRequest of, UUID authority) {
    return !Objects.equals(authority, of.institutionId())
        && !Objects.equals(authority, of.operatorId())
        && !Objects.equals(authority, of.applicantId());
  }
}
