package dev.fairground.policy;

import dev.fairground.kernel.Text;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an access policy asks of an applicant.
 *
 * @param code names it within the policy, and from one version to the next
 * @param text what is asked
 * @param reason why it is asked
 * @param rule how a machine tests it; null where people have to look
 * @param values of the rule
 */
public record PolicyCondition(
    String code, Text text, String reason, @Nullable ConditionRule rule, List<String> values) {
  public PolicyCondition {
    values = List.copyOf(values);
  }

  /** The one number of a rule that has one; null for other rules, and for what is no number. */
  public @Nullable BigDecimal number() {
    if (rule == null || rule.form() != ConditionRule.Values.NUMBER || values.size() != 1) {
      return null;
    }
    try {
      return new BigDecimal(values.getFirst());
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** The code of the document that is to be handed in; null where it asks for none. */
  public @Nullable String document() {
    return rule == ConditionRule.DOCUMENT && !values.isEmpty() ? values.getFirst() : null;
  }
}
