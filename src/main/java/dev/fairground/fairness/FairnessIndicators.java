package dev.fairground.fairness;

import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to requests for access in some months. Each event counts in its own month.
 *
 * @param openBefore open when the first month began
 * @param open open at the end of the last month, or now
 * @param refusalsByReason one for each reason there is
 * @param medianDecisionDays of decisions whose working days are known; null without one
 * @param percentile95DecisionDays within which at least 95 of 100 of them were made
 */
public record FairnessIndicators(
    Whose whose,
    Months months,
    int requests,
    int openBefore,
    int approved,
    int refused,
    int withdrawn,
    int open,
    int overdue,
    List<ReasonCount> refusalsByReason,
    int decisionDaysKnown,
    @Nullable BigDecimal medianDecisionDays,
    @Nullable Integer percentile95DecisionDays,
    int onTime,
    int late,
    int onTimeUnknown,
    int escalated,
    int grants,
    int freeGrants,
    HolderShare affiliates,
    HolderShare smallFirms,
    int reviewsAsked,
    int reviewsDecided,
    int overturned,
    int demonstration) {

  Period period() {
    return months.period();
  }

  @Nullable BigDecimal onTimeShare() {
    return Shares.of(onTime, onTime + late);
  }

  @Nullable BigDecimal freeShare() {
    return Shares.of(freeGrants, grants);
  }
}
