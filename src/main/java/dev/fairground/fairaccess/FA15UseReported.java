package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.RequestFacts.Month;
import dev.fairground.fairaccess.RequestFacts.Span;
import dev.fairground.fairaccess.RequestFacts.Use;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The use of every whole month in which a grant was active is reported, even if there was none, and
 * lies within what was given. Operation Spec 15, 19; Opinions (4), (5).
 */
final class FA15UseReported {
  private static final String RULE = "useReported";
  private static final int NAMED = 12;
  private static final Set<String> OVER = Set.of("REFUSED", "REFUSAL_UPHELD", "WITHDRAWN");

  private FA15UseReported() {}

  /** Of a grant. */
  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_15, ground);
    if (!found.holds(RULE) || facts.use().active().isEmpty()) {
      return found.notApplicable();
    }
    var missing = missing(found, ground, facts.use());
    if (!missing.isEmpty()) {
      found.flag(
          "USE_NOT_REPORTED",
          message(missing),
          months(facts.subject(), missing),
          text("请补报使用情况，没有使用也要报告。", "Report the use of these months, even if there was none."));
    }
    within(found, facts.use(), facts.subject());
    for (var month : facts.use().months()) {
      if (month.billed() && !facts.charged()) {
        found.flag(
            "BILLED_THOUGH_FREE",
            text(
                "%s 对免费的合同收取了费用。".formatted(YearMonth.from(month.on())),
                "Something was billed for %s, and the grant is free of charge."
                    .formatted(YearMonth.from(month.on()))),
            List.of(facts.subject() + "#" + YearMonth.from(month.on())),
            text("请退还费用或更正报告。", "Pay it back, or correct the report."));
      }
    }
    return found.result();
  }

  /** Of a request: whether the use of the grant that it renews was reported. */
  static Result of(Ground ground, RequestFacts facts) {
    var found = new Findings(Check.FA_15, ground);
    var use = facts.renewed();
    if (!found.holds(RULE) || use == null || OVER.contains(facts.state())) {
      return found.notApplicable();
    }
    var missing = missing(found, ground, use);
    var most = found.number("usageMissingPeriodsMax");
    if (missing.isEmpty()) {
      return found.result();
    }
    var evidence = months(use.grantId(), missing);
    evidence.add(facts.subject());
    var remedy = text("请由运营机构补报使用情况。", "The operator reports the use of these months.");
    if (most != null && missing.size() > most) {
      // A request that waits breaks nothing, and it is not the applicant who reports.
      found.add(
          facts.state().equals("GRANTED") ? Outcome.BLOCK : Outcome.FLAG,
          "RENEWAL_WITHOUT_REPORTS",
          message(missing),
          evidence,
          remedy);
    } else {
      found.flag("USE_NOT_REPORTED", message(missing), evidence, remedy);
    }
    return found.result();
  }

  /** A month of a grant is named as a data item of a resource is: behind a #. */
  private static List<String> months(String grant, TreeSet<YearMonth> months) {
    var evidence = new ArrayList<String>();
    months.forEach(month -> evidence.add(grant + "#" + month));
    return evidence;
  }

  private static Text message(TreeSet<YearMonth> missing) {
    var months =
        missing.stream().limit(NAMED).map(YearMonth::toString).collect(Collectors.joining(", "));
    var more = missing.size() > NAMED ? " …" : "";
    return text(
        "未报告使用情况的月份：%s%s。".formatted(months, more),
        "No use was reported for these months: %s%s.".formatted(months, more));
  }

  /**
   * The months in which it was active, be it for a day, that were to be reported by now and were
   * not.
   */
  private static TreeSet<YearMonth> missing(Findings found, Ground ground, Use use) {
    var days = found.number("usageReportDays");
    var grace = days == null ? 0 : days;
    var months = new TreeSet<YearMonth>();
    for (var span : use.active()) {
      due(span, ground.day(), grace, months);
    }
    use.months().forEach(month -> months.remove(YearMonth.from(month.on())));
    return months;
  }

  private static void due(Span span, LocalDate day, int grace, TreeSet<YearMonth> months) {
    var month = YearMonth.from(span.from());
    var last = span.to() == null ? null : YearMonth.from(span.to());
    while (day.isAfter(month.atEndOfMonth().plusDays(grace))
        && (last == null || !last.isBefore(month))) {
      months.add(month);
      month = month.plusMonths(1);
    }
  }

  private static void within(Findings found, Use use, String subject) {
    outside(
        found,
        use,
        subject,
        "USE_OUTSIDE_TERM",
        Month::outsideTerm,
        "期限外使用",
        "Use outside of the term");
    outside(
        found,
        use,
        subject,
        "USE_WHILE_SUSPENDED",
        Month::whileSuspended,
        "暂停期间使用",
        "Use while it was suspended");
    outside(
        found,
        use,
        subject,
        "USE_OUTSIDE_SCENARIO",
        Month::outsideScenario,
        "应用场景外使用",
        "Use outside of its scenario");
    outside(
        found,
        use,
        subject,
        "USE_OVER_VOLUME",
        Month::overVolume,
        "超过约定数量使用",
        "Use over the quantity that was agreed");
    outside(
        found,
        use,
        subject,
        "USE_OF_OTHER_RESOURCE",
        Month::otherResource,
        "使用了产品以外的资源",
        "Use of a resource that is not in the product");
    outside(
        found,
        use,
        subject,
        "BILLED_OTHERWISE",
        Month::billedOtherwise,
        "计费与约定不符",
        "A bill that is not as it was agreed");
  }

  private static void outside(
      Findings found,
      Use use,
      String subject,
      String code,
      ToIntFunction<Month> count,
      String chinese,
      String english) {
    var months =
        use.months().stream()
            .filter(month -> count.applyAsInt(month) > 0)
            .map(month -> YearMonth.from(month.on()))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!months.isEmpty()) {
      var named =
          months.stream().limit(NAMED).map(YearMonth::toString).collect(Collectors.joining(", "));
      found.flag(
          code,
          text(
              "%s：%s。".formatted(chinese, named), "%s was reported: %s.".formatted(english, named)),
          months(subject, months),
          text("请核实，或更正报告。", "Look into it, or correct the report."));
    }
  }
}
