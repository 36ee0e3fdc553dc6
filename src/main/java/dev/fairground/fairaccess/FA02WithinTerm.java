package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The day lies in the authorization's term, and so do the product's own days. The term is not
 * longer than the jurisdiction allows, or says why. Operation Spec 14.
 */
final class FA02WithinTerm {
  private FA02WithinTerm() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_02, ground);
    if (!found.holds("withinTerm")) {
      return found.notApplicable();
    }
    var grant = facts.grant();
    var start = grant.startsOn();
    var end = grant.endsOn();
    var evidence = List.of(grant.id(), facts.subject());
    if (start == null || end == null) {
      found.unknown(
          "TERM_UNKNOWN",
          text(
              "授权 %s 未载明起止日期。".formatted(grant.number()),
              "The authorization %s does not say when its term begins and ends."
                  .formatted(grant.number())),
          List.of(grant.id()),
          text("请由实施机构补充期限。", "The institution adds the term."));
    }
    if (start != null && ground.day().isBefore(start)) {
      found.block(
          "TERM_NOT_BEGUN",
          text(
              "授权 %s 自 %s 起生效。".formatted(grant.number(), start),
              "The authorization %s begins on %s.".formatted(grant.number(), start)),
          List.of(grant.id()),
          text("请在生效后提供。", "Offer it from that day on."));
    }
    if (end != null && ground.day().isAfter(end)) {
      found.block(
          "TERM_OVER",
          text(
              "授权 %s 已于 %s 届满。".formatted(grant.number(), end),
              "The authorization %s ended on %s.".formatted(grant.number(), end)),
          List.of(grant.id()),
          text("请续签授权，或改用有效的授权。", "Have it renewed, or name one that is in force."));
    }
    ownDays(found, facts, start, end, evidence);
    if (start != null && end != null) {
      length(found, grant, start, end);
      soonOver(found, ground, grant, end);
    }
    return found.result();
  }

  private static void ownDays(
      Findings found,
      ProductFacts facts,
      @Nullable LocalDate start,
      @Nullable LocalDate end,
      List<String> evidence) {
    var remedy = text("请缩短产品的提供期间。", "Shorten the days on which the product is offered.");
    var first = facts.startsOn();
    var last = facts.endsOn();
    if (first != null && start != null && first.isBefore(start)) {
      found.block(
          "BEFORE_TERM",
          text(
              "产品自 %s 起提供，早于授权 %s 的起始日 %s。".formatted(first, facts.grant().number(), start),
              "The product is offered from %s, before the authorization %s begins on %s."
                  .formatted(first, facts.grant().number(), start)),
          evidence,
          remedy);
    }
    if (last != null && end != null && last.isAfter(end)) {
      found.block(
          "BEYOND_TERM",
          text(
              "产品提供至 %s，晚于授权 %s 的届满日 %s。".formatted(last, facts.grant().number(), end),
              "The product is offered until %s, beyond the end of the authorization %s on %s."
                  .formatted(last, facts.grant().number(), end)),
          evidence,
          remedy);
    }
  }

  private static void length(
      Findings found, ProductFacts.Grant grant, LocalDate start, LocalDate end) {
    var years = found.number("authTermMaxYears");
    if (years == null || end.isBefore(start.plusYears(years))) {
      return;
    }
    var reason = grant.termReason();
    if (reason == null || reason.isBlank()) {
      found.flag(
          "TERM_TOO_LONG",
          text(
              "授权 %s 的期限 %s 至 %s 超过 %d 年，且未说明理由。".formatted(grant.number(), start, end, years),
              "The term of the authorization %s, %s to %s, is longer than %d years, and no reason is recorded."
                  .formatted(grant.number(), start, end, years)),
          List.of(grant.id()),
          text("请由实施机构说明理由或缩短期限。", "The institution records its reason, or shortens the term."));
    } else {
      found.disclose(
          "TERM_LONG_WITH_REASON",
          text(
              "授权 %s 的期限 %s 至 %s 超过 %d 年，理由：%s"
                  .formatted(grant.number(), start, end, years, reason),
              "The term of the authorization %s, %s to %s, is longer than %d years, for a reason: %s"
                  .formatted(grant.number(), start, end, years, reason)),
          List.of(grant.id()));
    }
  }

  private static void soonOver(
      Findings found, Ground ground, ProductFacts.Grant grant, LocalDate end) {
    var days = found.number("termEndNoticeDays");
    if (days != null && !ground.day().isAfter(end) && !ground.day().isBefore(end.minusDays(days))) {
      found.disclose(
          "TERM_ENDS_SOON",
          text(
              "授权 %s 将于 %s 届满。".formatted(grant.number(), end),
              "The authorization %s ends on %s.".formatted(grant.number(), end)),
          List.of(grant.id()));
    }
  }
}
