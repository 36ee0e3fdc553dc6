package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.kernel.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization was won in competition: by a method that the rules know, after the candidate was
 * public, with a fair-competition review; and if nobody else gets the same, for a stated reason.
 * Facts only: whether competition was hurt is not for a program to say. Operation Spec 12; Fair
 * Competition Review Regulations 8.
 */
final class FA24CompetitiveGrant {
  private static final Set<String> SIGNED = Set.of("AGREED", "ACTIVE", "SUSPENDED", "EXITING");
  private static final Set<String> TENDERS = Set.of("OPEN_TENDER", "INVITED_TENDER");

  private final Findings found;
  private final GrantFacts facts;
  private final List<String> subject;

  private FA24CompetitiveGrant(Findings found, GrantFacts facts) {
    this.found = found;
    this.facts = facts;
    this.subject = List.of(facts.subject());
  }

  static Result of(Ground ground, GrantFacts facts) {
    var found = new Findings(Check.FA_24, ground);
    if (!found.holds("competitiveSelection") || !SIGNED.contains(facts.state())) {
      return found.notApplicable();
    }
    var check = new FA24CompetitiveGrant(found, facts);
    check.method();
    check.publicity(ground);
    check.exclusivity();
    check.review();
    return found.result();
  }

  private void unknown(String code, String chinese, String english) {
    found.unknown(
        code, text(chinese, english), subject, text("请由实施机构补充。", "The institution records it."));
  }

  private void flag(String code, String chinese, String english, Text remedy) {
    found.flag(code, text(chinese, english), subject, remedy);
  }

  private void method() {
    var method = facts.selectionMethod();
    if (method == null) {
      unknown("METHOD_UNKNOWN", "未说明遴选方式。", "Nobody said how the operator was selected.");
    } else if (method.equals("OTHER") && isBlank(facts.selectionBasis())) {
      flag(
          "METHOD_WITHOUT_BASIS",
          "采用其他遴选方式，未说明依据。",
          "The operator was selected in another way, without a basis for it.",
          text("请说明依据。", "The institution says on what it rests."));
    }
    var bidders = facts.bidders();
    if (bidders == null) {
      unknown("BIDDERS_UNKNOWN", "未说明参与遴选的主体数量。", "Nobody said how many took part.");
    } else if (bidders < 2 && method != null && TENDERS.contains(method)) {
      flag(
          "NO_COMPETITORS",
          "招标仅有 %d 个参与者。".formatted(bidders),
          "The tender had %d bidders.".formatted(bidders),
          text("请说明竞争不足的原因。", "The institution says why there was no more competition."));
    }
  }

  private void publicity(Ground ground) {
    var days = found.number("candidatePublicityWd");
    if (days == null) {
      return;
    }
    var start = facts.publicityStartsOn();
    var end = facts.publicityEndsOn();
    if (start == null || end == null) {
      unknown("PUBLICITY_UNKNOWN", "未说明候选人公示期。", "Nobody said when the candidate was public.");
    } else if (!ground.calendar().knows(start, end)) {
      found.unknown(
          "CALENDAR_UNKNOWN",
          text(
              "公示期 %s 至 %s 跨入没有工作日历的年份。".formatted(start, end),
              "The candidate was public from %s to %s, in a year without a calendar."
                  .formatted(start, end)),
          subject,
          text("请补充该年份的工作日历。", "The calendar of that year is added."));
    } else if (ground.calendar().between(start.minusDays(1), end) < days) {
      flag(
          "PUBLICITY_SHORT",
          "候选人公示期 %s 至 %s 不足 %d 个工作日。".formatted(start, end, days),
          "The candidate was public from %s to %s, less than %d working days."
              .formatted(start, end, days),
          text("请补足公示或说明理由。", "The institution makes it public again, or says why."));
    }
  }

  private void exclusivity() {
    var exclusive = facts.exclusive();
    if (exclusive == null) {
      unknown(
          "EXCLUSIVITY_UNKNOWN",
          "未说明授权是否排他。",
          "Nobody said whether the authorization is exclusive.");
    } else if (exclusive && isBlank(facts.exclusiveReason())) {
      flag(
          "EXCLUSIVE_WITHOUT_REASON",
          "授权具有排他性，未说明理由。",
          "The authorization is exclusive, and no reason is recorded.",
          text("请说明理由和期限。", "The institution records the reason."));
    } else if (exclusive) {
      found.disclose(
          "EXCLUSIVE_WITH_REASON",
          text(
              "授权具有排他性，理由：%s".formatted(facts.exclusiveReason()),
              "The authorization is exclusive, for a reason: %s"
                  .formatted(facts.exclusiveReason())),
          subject);
    }
  }

  private void review() {
    if (found.holds("fairCompetitionReview") && isBlank(facts.fairCompetitionReview())) {
      unknown("REVIEW_UNKNOWN", "没有公平竞争审查的记录。", "No record of a fair-competition review is known.");
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
