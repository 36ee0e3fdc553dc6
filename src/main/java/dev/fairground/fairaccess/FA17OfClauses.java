package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;

/**
 * FA-17 of access grants: nothing else has to be bought unless it is technically needed, and the
 * clause says why. Anti-Monopoly Law 22(5); Operation Spec 6.
 */
final class FA17OfClauses {
  private FA17OfClauses() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_17, ground);
    if (!found.forbids("tyingAllowed")
        || facts.notSigned()
        || facts.clauses().stream().noneMatch(one -> one.kind().equals("ADDITIONAL_PURCHASE"))) {
      return found.notApplicable();
    }
    for (var clause : facts.clauses()) {
      if (!clause.kind().equals("ADDITIONAL_PURCHASE")) {
        continue;
      }
      var reason = clause.reason();
      if (reason == null || reason.isBlank()) {
        found.block(
            "PURCHASE_WITHOUT_NEED",
            text(
                "第 %d 条要求另行购买，未说明技术上的必要。".formatted(clause.position()),
                "Clause %d asks to buy something else, and says no technical need."
                    .formatted(clause.position())),
            List.of(facts.subject()),
            text("请删去该条款，或说明技术上的必要。", "Drop the clause, or say its technical need."));
      } else {
        found.disclose(
            "PURCHASE_WITH_NEED",
            text(
                "第 %d 条要求另行购买，技术上的必要：%s".formatted(clause.position(), reason),
                "Clause %d asks to buy something else, for a technical need: %s"
                    .formatted(clause.position(), reason)),
            List.of(facts.subject()));
      }
    }
    return found.result();
  }
}
