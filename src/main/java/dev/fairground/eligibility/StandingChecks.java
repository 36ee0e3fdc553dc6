package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.check.CheckResult;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the newest checks of the product say, those that everybody is shown: they are kept with
 * their facts, run whenever one of these changes, and can be repeated. What the reader may not see
 * is UNKNOWN, as it is for everybody who does not know it. Pure.
 */
final class StandingChecks {
  private static final Text MENDED_BY_OPERATOR =
      text("须由运营机构整改。", "The operator has to mend it; the product can be followed.");

  private StandingChecks() {}

  static List<EligibilityCheck> of(Known known) {
    var checks = known.checks();
    var results = new HashMap<String, CheckResult>();
    if (checks != null) {
      checks.forEach(result -> results.put(result.check(), result));
    }
    return Arrays.stream(Check.values())
        .filter(check -> check.subject() == Check.Subject.PRODUCT)
        .map(
            check ->
                checks == null
                    ? unchecked(known, check)
                    : shown(known, check, results.get(check.code())))
        .toList();
  }

  private static EligibilityCheck unchecked(Known known, Check check) {
    return said(known, check, null)
        .of(Outcome.UNKNOWN, text("产品尚未检查。", "The product was not checked yet."), null);
  }

  private static EligibilityCheck shown(Known known, Check check, @Nullable CheckResult result) {
    if (result == null) {
      return said(known, check, null)
          .of(Outcome.UNKNOWN, text("尚无可公开的结果。", "There is no result that can be shown."), null);
    }
    var reasons =
        result.reasons().stream().filter(one -> one.outcome() == result.outcome()).toList();
    var said = said(known, check, result);
    return said.of(
        result.outcome(),
        reasons.isEmpty() ? plain(result.outcome()) : reasons.getFirst().message(),
        reasons.isEmpty()
            ? result.outcome() == Outcome.BLOCK ? MENDED_BY_OPERATOR : null
            : reasons.getFirst().remedy());
  }

  private static Said said(Known known, Check check, @Nullable CheckResult result) {
    var evidence =
        result == null
            ? new String[] {known.product().globalId()}
            : result.reasons().stream()
                .filter(one -> one.outcome() == result.outcome())
                .map(Reason::evidence)
                .flatMap(List::stream)
                .distinct()
                .toArray(String[]::new);
    return new Said(
        check.code(),
        text(check.title(), check.titleEn()),
        result == null ? null : basis(known, result),
        evidence.length == 0 ? new String[] {known.product().globalId()} : evidence);
  }

  /** Of its rules the first that is in force now. */
  private static @Nullable LegalBasis basis(Known known, CheckResult result) {
    return result.rules().stream()
        .map(rule -> known.basis(rule.substring(rule.indexOf('/') + 1)))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  private static Text plain(Outcome outcome) {
    return switch (outcome) {
      case PASS -> text("符合规则。", "The rule is kept.");
      case NOT_APPLICABLE -> text("不适用。", "It does not concern this product.");
      case DISCLOSE -> text("已予公开。", "It is made public; nothing else follows.");
      case UNKNOWN -> text("缺少所需的事实。", "A fact that the rule needs is missing.");
      case FLAG -> text("有待核实。", "People have to look at it.");
      case BLOCK -> text("不符合规则。", "The rule is not kept.");
    };
  }
}
