package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;

/**
 * FA-07 of access grants: who uses it for public governance or welfare pays nothing, whoever it is.
 * Opinions (6).
 */
final class FA07OfGrants {
  private FA07OfGrants() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_07, ground);
    if (!found.holds("publicUseFree")
        || !FA07FreeForPublicUse.PUBLIC.contains(facts.purposeClass())
        || facts.notSigned()) {
      return found.notApplicable();
    }
    var deposit = facts.terms().deposit();
    if (facts.charged() || deposit != null && deposit.signum() > 0) {
      found.block(
          "PUBLIC_USE_CHARGED",
          text(
              "合同用于公共治理、公益事业，却收取费用或保证金。",
              "It is for public governance or welfare, and something is charged or deposited."),
          List.of(facts.subject()),
          text("请免除费用。", "Make it free."));
    }
    return found.result();
  }
}
