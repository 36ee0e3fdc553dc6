package dev.fairground.equal;

import dev.fairground.equal.Terms.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what grants of one cohort differ in without a reason. Pure. */
final class Unexplained {
  /** More different terms than that are not compared each with each: the most frequent ones are. */
  private static final int MOST = 200;

  private Unexplained() {}

  /** By field, how many grants stand otherwise than those with the most frequent terms. */
  static List<ShownTerms.Unexplained> of(List<TermsGroup> groups, int pricePercent) {
    var alike = alike(groups);
    var found = new ArrayList<ShownTerms.Unexplained>();
    for (var field : TermsField.values()) {
      var grants = grants(alike, field, pricePercent);
      if (grants > 0) {
        found.add(new ShownTerms.Unexplained(field, grants));
      }
    }
    return found;
  }

  /** Of each pair that nothing explains, the rarer one. */
  private static int grants(List<TermsGroup> groups, TermsField field, int pricePercent) {
    Set<Integer> rarer = new HashSet<>();
    for (var often = 0; often < groups.size(); often++) {
      for (var seldom = often + 1; seldom < groups.size(); seldom++) {
        if (!rarer.contains(seldom)
            && isUnexplained(groups.get(often), groups.get(seldom), field, pricePercent)) {
          rarer.add(seldom);
        }
      }
    }
    return rarer.stream().mapToInt(place -> groups.get(place).grants()).sum();
  }

  static boolean isUnexplained(TermsGroup one, TermsGroup other, TermsField field, int percent) {
    var mine = Position.of(one);
    var theirs = Position.of(other);
    var side = mine.terms().against(theirs.terms(), field, percent);
    return side != Side.SAME
        && Comparison.theirs(one, field, side, mine, theirs) == null
        && Comparison.theirs(other, field, Comparison.opposite(side), theirs, mine) == null;
  }

  /** What a group is told apart by: a price by the tariff is none. */
  private record Likeness(
      @Nullable BigDecimal price, Terms terms, @Nullable Boolean small, Map<?, ?> factors) {
    static Likeness of(TermsGroup group) {
      var terms = Terms.of(group);
      return new Likeness(
          group.onTariff() || terms.unitPrice() == null
              ? null
              : terms.unitPrice().stripTrailingZeros(),
          new Terms(
              null,
              group.onTariff(),
              terms.discountPercent().stripTrailingZeros(),
              terms.delivery(),
              terms.paymentDays(),
              terms.deposit().stripTrailingZeros(),
              terms.minimumQuantity().stripTrailingZeros(),
              terms.clauses()),
          group.smallOrMicro(),
          group.factors());
    }
  }

  /**
   * Groups that differ in nothing but quantities, terms and prices by the tariff are one; the most
   * frequent first.
   */
  private static List<TermsGroup> alike(List<TermsGroup> groups) {
    var alike = new LinkedHashMap<Likeness, TermsGroup>();
    for (var group : groups) {
      alike.merge(Likeness.of(group), group, Unexplained::both);
    }
    return alike.values().stream()
        .sorted(Comparator.comparingInt(TermsGroup::grants).reversed())
        .limit(MOST)
        .toList();
  }

  private static TermsGroup both(TermsGroup one, TermsGroup other) {
    return new TermsGroup(
        one.unitPrice(),
        one.onTariff(),
        one.discountPercent(),
        one.delivery(),
        one.paymentDays(),
        one.deposit(),
        one.minimumQuantity(),
        one.clauses(),
        one.smallOrMicro(),
        one.factors(),
        bound(one.leastQuantity(), other.leastQuantity(), false),
        bound(one.mostQuantity(), other.mostQuantity(), true),
        Math.min(one.leastDays(), other.leastDays()),
        Math.max(one.mostDays(), other.mostDays()),
        one.grants() + other.grants());
  }

  private static @Nullable BigDecimal bound(
      @Nullable BigDecimal one, @Nullable BigDecimal other, boolean most) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return most ? one.max(other) : one.min(other);
  }
}
