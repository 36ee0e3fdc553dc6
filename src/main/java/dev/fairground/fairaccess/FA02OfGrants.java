package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;

/**
 * FA-02 of access grants: the term of a grant lies in that of the authorization, as it was known
 * when the grant was given; where the authorization ends earlier, its grants run off. Operation
 * Spec 14.
 */
final class FA02OfGrants {
  private FA02OfGrants() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_02, ground);
    if (!found.holds("withinTerm") || facts.notSigned()) {
      return found.notApplicable();
    }
    var authorization = facts.authorization();
    var start = authorization.startsOn();
    var end = authorization.endsOn();
    var given = authorization.endsOnWhenGiven();
    var evidence = List.of(facts.subject(), authorization.id());
    var remedy = text("请缩短合同期限。", "Shorten the term of the grant.");
    if (start == null || end == null || given == null) {
      found.unknown(
          "TERM_UNKNOWN",
          text(
              "授权 %s 未载明起止日期。".formatted(authorization.number()),
              "The authorization %s does not say when its term begins and ends."
                  .formatted(authorization.number())),
          evidence,
          text("请由实施机构补充期限。", "The institution adds the term."));
    }
    if (start != null && facts.startsOn().isBefore(start)) {
      found.block(
          "BEFORE_TERM",
          text(
              "合同自 %s 起，早于授权 %s 的起始日 %s。"
                  .formatted(facts.startsOn(), authorization.number(), start),
              "It begins on %s, before the authorization %s does on %s."
                  .formatted(facts.startsOn(), authorization.number(), start)),
          evidence,
          remedy);
    }
    if (given != null && facts.agreedUntil().isAfter(given)) {
      found.block(
          "BEYOND_TERM",
          text(
              "合同至 %s，晚于订立时授权 %s 的届满日 %s。"
                  .formatted(facts.agreedUntil(), authorization.number(), given),
              "It was given until %s, beyond the end of the authorization %s, which was %s then."
                  .formatted(facts.agreedUntil(), authorization.number(), given)),
          evidence,
          remedy);
    } else if (end != null && !facts.ended() && facts.endsOn().isAfter(end)) {
      found.disclose(
          "RUNS_OFF_BEYOND_TERM",
          text(
              "授权 %s 提前于 %s 届满，合同履行至 %s。".formatted(authorization.number(), end, facts.endsOn()),
              "The authorization %s ends earlier now, on %s, and the grant runs off until %s."
                  .formatted(authorization.number(), end, facts.endsOn())),
          evidence);
    }
    var exiting = authorization.exitingOn();
    if (exiting != null && !facts.decidedOn().isBefore(exiting)) {
      found.block(
          "GIVEN_WHILE_EXITING",
          text(
              "授权 %s 自 %s 起退出，且已不再接受新的使用，此后仍订立合同。".formatted(authorization.number(), exiting),
              "The authorization %s runs out since %s and took no new access any more when the grant was given."
                  .formatted(authorization.number(), exiting)),
          evidence,
          text("新增使用截止日后不得新订合同。", "Give no new ones after its last day for new access."));
    }
    return found.result();
  }
}
