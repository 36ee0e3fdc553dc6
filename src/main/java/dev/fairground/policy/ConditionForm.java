package dev.fairground.policy;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads conditions as they are given. */
final class ConditionForm {
  /** What a code of a condition or of a document is. */
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

  private static final Pattern REGION = Pattern.compile("[0-9A-Z][0-9A-Z-]{0,15}");
  private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
  private static final int MOST = 50;
  private static final int MOST_VALUES = 100;
  private static final BigDecimal MOST_MONTHS = BigDecimal.valueOf(1_200);

  private static final Set<String> KINDS =
      Set.of("ORGAN", "PUBLIC_INSTITUTION", "ENTERPRISE", "OTHER");
  private static final Set<String> ROLES =
      Set.of(
          "IMPLEMENTING_INSTITUTION",
          "OPERATOR",
          "DATA_AUTHORITY",
          "PRICE_AUTHORITY",
          "REGISTRAR",
          "DATA_SOURCE_UNIT",
          "DEVELOPER",
          "PURCHASER",
          "AUDITOR");
  private static final Set<String> CLASSES =
      Set.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE", "INDUSTRY");

  private ConditionForm() {}

  static List<PolicyCondition> read(Arguments input, List<UserError> errors) {
    var given = input.inputs("conditions");
    PolicyForm.atMost(input, "conditions", given.size(), MOST, errors);
    var codes = new HashSet<String>();
    var conditions = new ArrayList<PolicyCondition>();
    for (var one : given) {
      var code = Objects.requireNonNull(one.string("code"));
      if (!CODE.matcher(code).matches()) {
        errors.add(
            PolicyForm.invalid(
                one, "code", "Must have 2 to 64 capitals, digits and _, the first a capital."));
      } else if (!codes.add(code)) {
        errors.add(PolicyForm.invalid(one, "code", "Another condition has it. Give each its own."));
      }
      var text = PolicyForm.needed(one, "text", 10_000, null, errors);
      var reason = Objects.requireNonNull(PolicyForm.words(one, "reason", 10_000, errors));
      var rule = one.value("rule", ConditionRule.class);
      conditions.add(
          new PolicyCondition(
              code,
              text,
              reason,
              rule,
              rule == null ? none(one, errors) : values(one, rule, errors)));
    }
    return conditions;
  }

  private static List<String> none(Arguments input, List<UserError> errors) {
    if (!input.strings("values").isEmpty()) {
      errors.add(
          PolicyForm.invalid(
              input, "values", "Values are those of a rule, and there is no rule. Give one."));
    }
    return List.of();
  }

  private static List<String> values(Arguments input, ConditionRule rule, List<UserError> errors) {
    var values = input.strings("values");
    var fault =
        switch (rule.form()) {
          case NONE -> values.isEmpty() ? null : "This rule has no values. Leave them out.";
          case WORDS -> among(values, words(rule));
          case REGIONS ->
              isList(values) && values.stream().allMatch(value -> REGION.matcher(value).matches())
                  ? null
                  : "Give 1 to 100 region codes or their beginnings, each once.";
          case IDS ->
              isList(values) && values.stream().allMatch(ConditionForm::isScenario)
                  ? null
                  : "Give 1 to 100 global ids of scenarios, each once.";
          case NUMBER ->
              values.size() == 1 && isNumber(rule, values.getFirst())
                  ? null
                  : rule == ConditionRule.TERM_MONTHS_AT_MOST
                      ? "Give one whole number of months, 1 to 1,200."
                      : "Give one number above 0 and below 10^14, with at most 6 decimals.";
          case CODE ->
              values.size() == 1 && CODE.matcher(values.getFirst()).matches()
                  ? null
                  : "Give the code of one document: 2 to 64 capitals, digits and _, the first a capital.";
        };
    if (fault != null) {
      errors.add(PolicyForm.invalid(input, "values", fault));
    }
    return rule == ConditionRule.APPLICANT_REGION
        ? values.stream().map(ConditionForm::beginning).distinct().toList()
        : values;
  }

  private static Set<String> words(ConditionRule rule) {
    return switch (rule) {
      case APPLICANT_KIND -> KINDS;
      case APPLICANT_ROLE -> ROLES;
      default -> CLASSES;
    };
  }

  private static @Nullable String among(List<String> values, Set<String> known) {
    return isList(values) && known.containsAll(values)
        ? null
        : "Give some of " + String.join(", ", known.stream().sorted().toList()) + ", each once.";
  }

  private static boolean isList(List<String> values) {
    return !values.isEmpty()
        && values.size() <= MOST_VALUES
        && values.stream().distinct().count() == values.size();
  }

  private static boolean isScenario(String id) {
    return Ids.isId(id) && Ids.prefix("values", id).equals(AuthorizationResolver.SCENARIO);
  }

  private static boolean isNumber(ConditionRule rule, String value) {
    try {
      // No exponent: 1E999999999 is short and has a billion digits.
      if (!value.matches("[0-9]{1,14}([.][0-9]{1,6})?")) {
        return false;
      }
      var number = new BigDecimal(value);
      return number.signum() > 0
          && (rule != ConditionRule.TERM_MONTHS_AT_MOST
              || number.stripTrailingZeros().scale() <= 0 && number.compareTo(MOST_MONTHS) <= 0);
    } catch (NumberFormatException none) {
      return false;
    }
  }

  /** A division above counties ends in zeros, and those below it begin with what is before them. */
  private static String beginning(String region) {
    return DIVISION.matcher(region).matches() && !region.startsWith("00")
        ? region.replaceFirst("(00){1,2}$", "")
        : region;
  }
}
