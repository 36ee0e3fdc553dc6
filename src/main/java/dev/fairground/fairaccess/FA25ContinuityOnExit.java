package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;
import java.util.Set;

/**
 * Where a product or an authorization goes, its holders are told before, and run off or are given a
 * replacement. At once it stops only for a danger to security or a breach that is named. Operation
 * Spec 14 (exit); after the Sharing Regulations 27.
 */
final class FA25ContinuityOnExit {
  private static final Set<String> EXITS = Set.of("PRODUCT_EXIT", "AUTHORIZATION_EXIT");
  private static final Set<String> AT_ONCE = Set.of("SECURITY", "BREACH");

  private FA25ContinuityOnExit() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_25, ground);
    if (!found.forbids("immediateStop") || facts.notSigned()) {
      return found.notApplicable();
    }
    // A place's own notice of exit comes first.
    var own = found.number("exitNoticeMonths");
    var months = own == null ? found.number("accessExitNoticeMonths") : own;
    var evidence = List.of(facts.subject(), facts.productId(), facts.authorization().id());
    var kind = facts.endKind();
    if (kind != null) {
      ended(found, facts, kind, months == null ? 0 : months, evidence);
      return found.result();
    }
    var gone =
        facts.productStatus().equals("DELISTED")
            || facts.authorization().state().equals("EXITING")
            || facts.authorization().state().equals("ENDED");
    if (gone && !facts.ended()) {
      found.disclose(
          "RUNS_OFF",
          text(
              "产品或授权已退出，合同履行至 %s。".formatted(facts.endsOn()),
              "The product or its authorization goes, and the grant runs off until %s."
                  .formatted(facts.endsOn())),
          evidence);
      var told = facts.endToldOn();
      if (told != null && months != null && facts.endsOn().isBefore(told.plusMonths(months))) {
        shortNotice(found, facts, told, months, evidence);
      }
    }
    return found.result();
  }

  private static void ended(
      Findings found, AccessGrantFacts facts, String kind, int months, List<String> evidence) {
    if (AT_ONCE.contains(kind)) {
      var reason = facts.endReason();
      if (reason == null || reason.isBlank()) {
        found.unknown(
            "STOP_REASON_UNKNOWN",
            text(
                "以 %s 为由终止，未说明情况。".formatted(kind),
                "It was ended for %s, and nobody said what happened.".formatted(kind)),
            evidence,
            text("请说明情况。", "Say what happened."));
      } else {
        found.disclose(
            "STOPPED_FOR_REASON",
            text(
                "合同以 %s 为由于 %s 终止。".formatted(kind, facts.endsOn()),
                "It was ended for %s on %s.".formatted(kind, facts.endsOn())),
            evidence);
      }
      return;
    }
    if (!EXITS.contains(kind) || !facts.endsOn().isBefore(facts.agreedUntil())) {
      return;
    }
    var told = facts.endToldOn();
    if (told == null) {
      found.unknown(
          "NOTICE_UNKNOWN",
          text("未记录何时告知使用方。", "Nobody recorded when the holder was told."),
          evidence,
          text("请补充告知日期。", "Record the day of the notice."));
    } else if (!told.isBefore(facts.endsOn())) {
      found.block(
          "STOPPED_AT_ONCE",
          text(
              "合同于 %s 因退出立即终止，没有安全或违约事由。".formatted(facts.endsOn()),
              "It was stopped at once on %s because of an exit, without a breach or a danger to security."
                  .formatted(facts.endsOn())),
          evidence,
          text("请事先告知并安排履行完毕或替代产品。", "Give notice, and let it run off or replace it."));
    } else if (facts.endsOn().isBefore(told.plusMonths(months))) {
      shortNotice(found, facts, told, months, evidence);
    }
  }

  private static void shortNotice(
      Findings found,
      AccessGrantFacts facts,
      java.time.LocalDate told,
      int months,
      List<String> evidence) {
    found.flag(
        "EXIT_NOTICE_SHORT",
        text(
            "使用方于 %s 得知合同将于 %s 终止，不足 %d 个月。".formatted(told, facts.endsOn(), months),
            "The holder was told on %s that it ends on %s, less than %d months before."
                .formatted(told, facts.endsOn(), months)),
        evidence,
        text("请延长履行期限或提供替代产品。", "Let it run longer, or replace it."));
  }
}
