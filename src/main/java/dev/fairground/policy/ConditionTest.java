package dev.fairground.policy;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Ids;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Whether a condition is met. Pure. UNKNOWN means that people must look, that something was not
 * said, or that a document is missing; it never counts as met.
 */
public final class ConditionTest {
  private ConditionTest() {}

  /** PASS, BLOCK or UNKNOWN. */
  public static Outcome of(PolicyCondition condition, Applicant applicant, Asked asked) {
    return switch (condition.rule()) {
      case null -> Outcome.UNKNOWN;
      case APPLICANT_KIND -> among(condition, applicant.kind());
      case APPLICANT_ROLE -> role(condition, applicant);
      case APPLICANT_REGION -> region(condition, applicant.regionCode());
      case APPLICANT_CREDIT_CODE -> creditCode(applicant.creditCode());
      case PURPOSE_CLASS -> among(condition, asked.purposeClass());
      case SCENARIO ->
          among(
              condition,
              asked.scenarioId() == null
                  ? null
                  : Ids.write(AuthorizationResolver.SCENARIO, asked.scenarioId()));
      case TERM_MONTHS_AT_MOST -> term(condition.number(), asked);
      case QUANTITY_AT_LEAST -> compared(asked.quantity(), condition.number());
      case QUANTITY_AT_MOST -> compared(condition.number(), asked.quantity());
      case DOCUMENT ->
          condition.document() != null && asked.documents().contains(condition.document())
              ? Outcome.PASS
              : Outcome.UNKNOWN;
      case NO_UNCORRECTED_MISUSE -> misuse(applicant.uncorrectedMisuse());
    };
  }

  private static Outcome passIf(boolean met) {
    return met ? Outcome.PASS : Outcome.BLOCK;
  }

  private static Outcome among(PolicyCondition condition, @Nullable String value) {
    return value == null ? Outcome.UNKNOWN : passIf(condition.values().contains(value));
  }

  private static Outcome role(PolicyCondition condition, Applicant applicant) {
    return applicant.id() == null
        ? Outcome.UNKNOWN
        : passIf(condition.values().stream().anyMatch(applicant.roles()::contains));
  }

  private static Outcome region(PolicyCondition condition, @Nullable String region) {
    return region == null
        ? Outcome.UNKNOWN
        : passIf(condition.values().stream().anyMatch(region::startsWith));
  }

  /** One that is not known here may still be shown to people; a wrong one is wrong. */
  private static Outcome creditCode(@Nullable String code) {
    return code == null ? Outcome.UNKNOWN : passIf(CreditCode.isRight(code));
  }

  /** Twelve months from 15 March end on 14 March. */
  private static Outcome term(@Nullable BigDecimal months, Asked asked) {
    if (months == null) {
      return Outcome.UNKNOWN;
    }
    var end = asked.startsOn().plusMonths(months.intValue());
    return passIf(asked.endsOn().isBefore(end));
  }

  private static Outcome compared(@Nullable BigDecimal more, @Nullable BigDecimal less) {
    return more == null || less == null ? Outcome.UNKNOWN : passIf(more.compareTo(less) >= 0);
  }

  private static Outcome misuse(@Nullable Boolean uncorrected) {
    return uncorrected == null ? Outcome.UNKNOWN : passIf(!uncorrected);
  }
}
