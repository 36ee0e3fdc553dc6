package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import dev.fairground.policy.PolicyDifference.Direction;
import dev.fairground.policy.PolicyDifference.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy changes for those who apply. Pure. Of what could be read either way it says that it
 * is tighter: those who relied on what was published are warned once too often rather than not.
 *
 * @param kind in one word
 * @param differences in the order of the parts
 */
public record PolicyChange(Kind kind, List<PolicyDifference> differences) {
  /** What a version of a policy changes, in one word. */
  public enum Kind {
    /** It is the operator's first one; before it the basic policy of the marketplace held. */
    FIRST,
    /** Something is looser, and nothing tighter. */
    LOOSER,
    /** Nothing is tighter or looser. */
    NEUTRAL,
    /** Something is tighter, or may be. */
    TIGHTER
  }

  /** Whether another text of the terms is other terms. */
  enum TermsChange {
    /** They may mean something else: it is a tightening. */
    SUBSTANTIAL,
    /** They mean the same in other words. The operator answers for that; it is shown. */
    EDITORIAL
  }

  public PolicyChange {
    differences = List.copyOf(differences);
  }

  /** Whether it needs notice. */
  public boolean isTighter() {
    return differences.stream().anyMatch(one -> one.direction() == Direction.TIGHTER);
  }

  /** Whether it is better for those who apply, in something, and in nothing worse. */
  public boolean isMoreFavourable() {
    return !isTighter()
        && differences.stream().anyMatch(one -> one.direction() == Direction.LOOSER);
  }

  /**
   * From one policy to another, each with the days of decisions that its rules allow where it says
   * none.
   */
  public static PolicyChange of(AccessPolicy before, AccessPolicy after) {
    return of(before, after, null, TermsChange.SUBSTANTIAL);
  }

  /**
   * @param ruleDays how many working days the rules allow for decisions; null where none say it
   */
  static PolicyChange of(
      AccessPolicy before,
      AccessPolicy after,
      @Nullable Integer ruleDays,
      TermsChange termsChange) {
    var differences = new ArrayList<PolicyDifference>();
    conditions(before, after, differences);
    reasons(before, after, differences);
    factors(before, after, differences);
    days(before, after, ruleDays, differences);
    amount(
        Part.MINIMUM_QUANTITY, before.minimumQuantity(), after.minimumQuantity(), "", differences);
    deposit(before, after, differences);
    payment(before, after, differences);
    terms(before.terms(), after.terms(), termsChange, differences);
    return new PolicyChange(kind(before, differences), differences);
  }

  private static Kind kind(AccessPolicy before, List<PolicyDifference> differences) {
    if (before.isBasic()) {
      return Kind.FIRST;
    }
    var directions = differences.stream().map(PolicyDifference::direction).toList();
    if (directions.contains(Direction.TIGHTER)) {
      return Kind.TIGHTER;
    }
    return directions.contains(Direction.LOOSER) ? Kind.LOOSER : Kind.NEUTRAL;
  }

  private static void conditions(
      AccessPolicy before, AccessPolicy after, List<PolicyDifference> differences) {
    var earlier = new LinkedHashMap<String, PolicyCondition>();
    before.conditions().forEach(condition -> earlier.put(condition.code(), condition));
    for (var condition : after.conditions()) {
      var was = earlier.remove(condition.code());
      if (was == null) {
        add(
            differences,
            Part.CONDITION,
            condition.code(),
            Direction.TIGHTER,
            null,
            words(condition));
      } else if (!was.equals(condition)) {
        add(
            differences,
            Part.CONDITION,
            condition.code(),
            direction(was, condition),
            words(was),
            words(condition));
      }
    }
    earlier.forEach(
        (code, was) -> add(differences, Part.CONDITION, code, Direction.LOOSER, words(was), null));
  }

  private static Direction direction(PolicyCondition was, PolicyCondition is) {
    if (was.rule() != is.rule() || isOther(was.text(), is.text())) {
      return Direction.TIGHTER;
    }
    if (was.rule() == null || was.values().equals(is.values())) {
      return Direction.NEUTRAL;
    }
    if (was.rule().isChoice()) {
      var wider = covers(was.rule(), is.values(), was.values());
      var narrower = covers(was.rule(), was.values(), is.values());
      return wider ? narrower ? Direction.NEUTRAL : Direction.LOOSER : Direction.TIGHTER;
    }
    var less = was.number();
    var more = is.number();
    if (less == null || more == null) {
      return Direction.TIGHTER;
    }
    var risen = more.compareTo(less);
    var better = was.rule() == ConditionRule.QUANTITY_AT_LEAST ? -risen : risen;
    return better > 0 ? Direction.LOOSER : better < 0 ? Direction.TIGHTER : Direction.NEUTRAL;
  }

  /** Whether whatever some values let pass passes others too. */
  private static boolean covers(ConditionRule rule, List<String> wide, List<String> narrow) {
    return rule == ConditionRule.APPLICANT_REGION
        ? narrow.stream().allMatch(region -> wide.stream().anyMatch(region::startsWith))
        : wide.containsAll(narrow);
  }

  private static void reasons(
      AccessPolicy before, AccessPolicy after, List<PolicyDifference> differences) {
    Map<RefusalReasonCode, PolicyReason> earlier = new LinkedHashMap<>();
    before.reasons().forEach(reason -> earlier.put(reason.code(), reason));
    for (var reason : after.reasons()) {
      var was = earlier.remove(reason.code());
      if (was == null) {
        add(differences, Part.REASON, reason.code().name(), Direction.TIGHTER, null, words(reason));
      } else if (!was.equals(reason)) {
        add(
            differences,
            Part.REASON,
            reason.code().name(),
            isOther(was.text(), reason.text()) ? Direction.TIGHTER : Direction.NEUTRAL,
            words(was),
            words(reason));
      }
    }
    earlier.forEach(
        (code, was) ->
            add(differences, Part.REASON, code.name(), Direction.LOOSER, words(was), null));
  }

  /** A factor more lets others have better terms; a factor less takes them from some. */
  private static void factors(
      AccessPolicy before, AccessPolicy after, List<PolicyDifference> differences) {
    for (var factor : DifferenceFactor.values()) {
      var was = before.admits(factor);
      if (was != after.admits(factor)) {
        var name = factor.name();
        add(
            differences,
            Part.DIFFERENCE_FACTOR,
            name,
            Direction.TIGHTER,
            was ? name : null,
            was ? null : name);
      }
    }
  }

  private static void days(
      AccessPolicy before,
      AccessPolicy after,
      @Nullable Integer ruleDays,
      List<PolicyDifference> differences) {
    if (Objects.equals(before.decisionDays(), after.decisionDays())) {
      return;
    }
    var was = days(before, ruleDays);
    var is = days(after, ruleDays);
    add(
        differences,
        Part.DECISION_DAYS,
        null,
        is < was ? Direction.LOOSER : is > was ? Direction.TIGHTER : Direction.NEUTRAL,
        text(before.decisionDays()),
        text(after.decisionDays()));
  }

  private static int days(AccessPolicy policy, @Nullable Integer ruleDays) {
    var most = ruleDays == null ? Integer.MAX_VALUE : ruleDays;
    return policy.decisionDays() == null ? most : policy.decisionDays();
  }

  private static void amount(
      Part part,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      String unit,
      List<PolicyDifference> differences) {
    var was = before == null ? BigDecimal.ZERO : before;
    var is = after == null ? BigDecimal.ZERO : after;
    var risen = is.compareTo(was);
    if (risen != 0) {
      add(
          differences,
          part,
          null,
          risen > 0 ? Direction.TIGHTER : Direction.LOOSER,
          before == null ? null : plain(before) + unit,
          after == null ? null : plain(after) + unit);
    }
  }

  private static void deposit(
      AccessPolicy before, AccessPolicy after, List<PolicyDifference> differences) {
    if (before.deposit() != null
        && after.deposit() != null
        && !Objects.equals(before.depositCurrency(), after.depositCurrency())) {
      add(
          differences,
          Part.DEPOSIT,
          null,
          Direction.TIGHTER,
          plain(before.deposit()) + ' ' + before.depositCurrency(),
          plain(after.deposit()) + ' ' + after.depositCurrency());
      return;
    }
    var currency =
        after.depositCurrency() == null ? before.depositCurrency() : after.depositCurrency();
    amount(Part.DEPOSIT, before.deposit(), after.deposit(), " " + currency, differences);
  }

  /** Where a policy says nothing of it the law or the contract does, which may be either way. */
  private static void payment(
      AccessPolicy before, AccessPolicy after, List<PolicyDifference> differences) {
    var was = before.paymentDays();
    var is = after.paymentDays();
    if (!Objects.equals(was, is)) {
      add(
          differences,
          Part.PAYMENT_DAYS,
          null,
          was != null && is != null && is > was ? Direction.LOOSER : Direction.TIGHTER,
          text(was),
          text(is));
    }
  }

  private static void terms(
      StandardTerms before,
      StandardTerms after,
      TermsChange change,
      List<PolicyDifference> differences) {
    if (before.title().equals(after.title()) && before.text().equals(after.text())) {
      return;
    }
    var other = isOther(before.title(), after.title()) || isOther(before.text(), after.text());
    var direction =
        !other
            ? Direction.NEUTRAL
            : change == TermsChange.EDITORIAL ? Direction.EDITORIAL : Direction.TIGHTER;
    add(differences, Part.TERMS, null, direction, before.title().value(), after.title().value());
  }

  /**
   * Whether a text says something else in a language in which it was there; more languages do not.
   */
  private static boolean isOther(@Nullable Text was, @Nullable Text is) {
    if (was == null || is == null) {
      return was != is;
    }
    return !was.value().equals(is.value())
        || !was.locale().equals(is.locale())
        || !is.translations().entrySet().containsAll(was.translations().entrySet());
  }

  private static String words(PolicyCondition condition) {
    var values = condition.values().stream().collect(Collectors.joining(", "));
    return condition.rule() == null
        ? condition.text().value()
        : (condition.rule() + " " + values).strip() + ": " + condition.text().value();
  }

  private static String words(PolicyReason reason) {
    return reason.text() == null ? reason.code().name() : reason.text().value();
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static final int LONGEST = 500;

  private static void add(
      List<PolicyDifference> differences,
      Part part,
      @Nullable String code,
      Direction direction,
      @Nullable String before,
      @Nullable String after) {
    differences.add(new PolicyDifference(part, code, direction, cut(before), cut(after)));
  }

  private static @Nullable String cut(@Nullable String words) {
    return words == null || words.codePointCount(0, words.length()) <= LONGEST
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
