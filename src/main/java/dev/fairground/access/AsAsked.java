package dev.fairground.access;

import dev.fairground.eligibility.EligibilityReport;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.policy.ConditionRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Pure: what stands against giving what was asked for. Product and authorization may have changed
 * since the request was handed in; and to give fewer days than were asked for is to refuse the
 * rest, which needs a reason that was published.
 */
final class AsAsked {
  /** The facts that leave nothing to be decided; conditions of the policy are not among them. */
  private static final Set<String> FACTS = Set.of("AUTHORIZATION_OPEN", "TERM", "SCENARIO");

  private static final List<String> ENGLISH = List.of("en");

  private AsAsked() {}

  /**
   * @param reports of the term that is given, and, where it is another one, of the term that was
   *     asked for
   */
  static void look(
      AccessRequest of,
      ApprovalForm form,
      AccessPolicy policy,
      LocalDate startsOn,
      LocalDate endsOn,
      List<EligibilityReport> reports,
      List<UserError> errors) {
    if (reports.isEmpty()) {
      return;
    }
    for (var check : reports.getFirst().blocks()) {
      if (FACTS.contains(check.code())) {
        errors.add(
            new InputError(
                check.code().equals("AUTHORIZATION_OPEN")
                    ? UserErrorCode.NOT_IN_FORCE
                    : UserErrorCode.OUTSIDE_SCOPE,
                check.message().in(ENGLISH).value()
                    + (check.code().equals("TERM")
                        ? " Name an earlier endsOn."
                        : check.remedy() == null ? "" : " " + check.remedy().in(ENGLISH).value()),
                List.of("input", "id"),
                check.code().equals("SCENARIO") ? "FA-03" : "FA-02"));
      }
    }
    if (endsOn.isBefore(of.endsOn()) && !isCutShort(of, policy, startsOn, reports.getLast())) {
      var path = new ArrayList<>(form.at());
      path.add("endsOn");
      errors.add(
          new InputError(
              UserErrorCode.CHECK_FAILED,
              "It was asked for until %s. To give it until %s only refuses the rest, and nothing that was published ends it before: neither the product, nor the authorization, nor a condition TERM_MONTHS_AT_MOST of the access policy (version %d). Leave endsOn out."
                  .formatted(of.endsOn(), endsOn, policy.version()),
              path,
              "FA-10"));
    }
  }

  /** Whether the term that was asked for is longer than what was published lets anybody have. */
  private static boolean isCutShort(
      AccessRequest of, AccessPolicy policy, LocalDate startsOn, EligibilityReport asked) {
    return asked.checks().stream()
            .anyMatch(check -> check.code().equals("TERM") && check.outcome() == Outcome.BLOCK)
        || policy.conditions().stream()
            .filter(condition -> condition.rule() == ConditionRule.TERM_MONTHS_AT_MOST)
            .map(condition -> condition.number())
            .anyMatch(
                months ->
                    months != null
                        && !of.endsOn().isBefore(startsOn.plusMonths(months.intValue())));
  }
}
