package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.OperatorFacts.Cap;
import java.math.BigDecimal;
import java.util.List;

/**
 * Income stays under the cap of its period; what is above is taken off in the next. A warning comes
 * before. Price Notice.
 */
final class FA21WithinCap {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private FA21WithinCap() {}

  static Result of(Ground ground, OperatorFacts facts) {
    var found = new Findings(Check.FA_21, ground);
    if (!found.holds("revenueCapBinding") || facts.caps().isEmpty() && !facts.charging()) {
      return found.notApplicable();
    }
    if (facts.charging()
        && facts.caps().stream()
            .noneMatch(
                cap ->
                    !ground.day().isBefore(cap.startsOn())
                        && !ground.day().isAfter(cap.endsOn()))) {
      found.unknown(
          "NO_CAP",
          text(
              "运营机构收费，但没有有效的最高准许收入。",
              "The operator charges, and no cap on its income is recorded for the day."),
          List.of(facts.subject()),
          text("请由价格主管部门核定。", "The price authority sets it."));
    }
    var percent = found.number("revenueCapForecastPercent");
    for (var cap : facts.caps()) {
      if (ground.day().isAfter(cap.endsOn())) {
        ended(found, cap);
      } else if (!ground.day().isBefore(cap.startsOn())) {
        running(found, cap, percent == null ? 100 : percent);
      }
    }
    return found.result();
  }

  private static void running(Findings found, Cap cap, int percent) {
    var income = cap.income();
    if (income == null) {
      notReported(found, cap);
      return;
    }
    if (income.compareTo(cap.amount()) > 0) {
      found.flag(
          "ABOVE_CAP",
          text(
              "%s 至 %s 的收入已超过最高准许收入。".formatted(cap.startsOn(), cap.endsOn()),
              "The income of %s to %s is above the cap already."
                  .formatted(cap.startsOn(), cap.endsOn())),
          List.of(cap.id()),
          text(
              "请降低收费；超出部分在下一周期扣减。", "Charge less; what is above is taken off in the next period."));
    } else if (cap.amount().signum() > 0
        && income.multiply(HUNDRED).compareTo(cap.amount().multiply(BigDecimal.valueOf(percent)))
            >= 0) {
      found.flag(
          "NEAR_CAP",
          text(
              "%s 至 %s 的收入已达最高准许收入的 %d%%。".formatted(cap.startsOn(), cap.endsOn(), percent),
              "The income of %s to %s has reached %d %% of the cap."
                  .formatted(cap.startsOn(), cap.endsOn(), percent)),
          List.of(cap.id()),
          text("请评估并调整收费。", "Look at the prices for the rest of the period."));
    }
  }

  private static void ended(Findings found, Cap cap) {
    var income = cap.income();
    var reported = cap.reportedTo();
    if (income == null) {
      notReported(found, cap);
      return;
    }
    if (reported == null || reported.isBefore(cap.endsOn())) {
      found.unknown(
          "REPORT_INCOMPLETE",
          text(
              "%s 至 %s 的收入未报告完整。".formatted(cap.startsOn(), cap.endsOn()),
              "The income of %s to %s is not reported to its end."
                  .formatted(cap.startsOn(), cap.endsOn())),
          List.of(cap.id()),
          text("请补报收入。", "Report the rest."));
    }
    var above = income.subtract(cap.amount());
    if (above.signum() <= 0) {
      return;
    }
    found.disclose(
        "ABOVE_CAP",
        text(
            "%s 至 %s 的收入超过最高准许收入。".formatted(cap.startsOn(), cap.endsOn()),
            "The income of %s to %s was above the cap.".formatted(cap.startsOn(), cap.endsOn())),
        List.of(cap.id()));
    var deduction = cap.deduction();
    if (deduction == null || deduction.compareTo(above) < 0) {
      found.flag(
          "DEDUCTION_MISSING",
          text(
              "超出部分未在下一周期足额扣减。",
              "What was above the cap is not, or not fully, taken off in the next period."),
          List.of(cap.id()),
          text("请由价格主管部门在下一周期扣减。", "The price authority records the deduction with the next cap."));
    }
  }

  private static void notReported(Findings found, Cap cap) {
    found.unknown(
        "INCOME_UNKNOWN",
        text(
            "%s 至 %s 的收入尚未报告。".formatted(cap.startsOn(), cap.endsOn()),
            "No income of %s to %s is reported.".formatted(cap.startsOn(), cap.endsOn())),
        List.of(cap.id()),
        text("请报告收入。", "Report the income."));
  }
}
