package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;
import java.util.Set;

/**
 * A request is decided by its day; it is put off by one notice of what is missing, and by as many
 * extensions as the rules allow. After the Sharing Regulations 21; no national rule is known for
 * access. Silence neither grants nor refuses.
 */
final class FA12DecidedInTime {
  private static final Set<String> WAITING = Set.of("SUBMITTED", "INCOMPLETE");

  private FA12DecidedInTime() {}

  static Result of(Ground ground, RequestFacts facts) {
    var found = new Findings(Check.FA_12, ground);
    var days = found.number("accessDecisionWd");
    if (days == null || facts.state().equals("WITHDRAWN")) {
      return found.notApplicable();
    }
    var evidence = List.of(facts.subject());
    var due = facts.dueOn();
    if (WAITING.contains(facts.state()) && !facts.waiting()) {
      if (due == null) {
        found.unknown(
            "DECISION_DAY_UNKNOWN",
            text("没有答复期限的日期。", "The last day of the decision is not known."),
            evidence,
            text("请补充该年份的工作日历。", "The calendar of that year is added."));
      } else if (ground.day().isAfter(due)) {
        found.flag(
            "DECISION_OVERDUE",
            text(
                "申请应于 %s 前答复，尚未答复。".formatted(due),
                "It was to be decided by %s, and is not.".formatted(due)),
            evidence,
            text("请立即作出决定。", "Decide it now."));
      }
    }
    var notices = found.number("supplementNotices");
    if (notices != null && facts.notices().size() > notices) {
      found.flag(
          "NOTICE_REPEATED",
          text(
              "补正告知 %d 次，至多允许 %d 次。".formatted(facts.notices().size(), notices),
              "There were %d notices of what is missing, and %d at most are allowed."
                  .formatted(facts.notices().size(), notices)),
          evidence,
          text("请依现有材料决定。", "Decide by what was handed in."));
    }
    var extensions = found.number("accessDecisionWdExtensions");
    if (extensions != null && facts.extensions() > extensions) {
      found.flag(
          "EXTENDED_TOO_OFTEN",
          text(
              "答复期限延长 %d 次，至多允许 %d 次。".formatted(facts.extensions(), extensions),
              "Its days were extended %d times, and %d at most are allowed."
                  .formatted(facts.extensions(), extensions)),
          evidence,
          text("请立即作出决定。", "Decide it now."));
    }
    decisions(found, facts);
    return found.result();
  }

  private static void decisions(Findings found, RequestFacts facts) {
    for (var decision : facts.decisions()) {
      var ids = List.of(facts.subject(), decision.id());
      if (decision.onTime() == null) {
        found.unknown(
            "DECISION_DAY_UNKNOWN",
            text(
                "%s 的决定没有可比较的期限。".formatted(decision.on()),
                "For the decision of %s no last day is known.".formatted(decision.on())),
            ids,
            text("请补充该年份的工作日历。", "The calendar of that year is added."));
      } else if (!decision.onTime()) {
        found.disclose(
            "DECIDED_LATE",
            text(
                "%s 的决定超过了期限。".formatted(decision.on()),
                "The decision of %s came after its last day.".formatted(decision.on())),
            ids);
      }
    }
  }
}
