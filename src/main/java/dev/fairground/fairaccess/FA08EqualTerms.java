package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.AccessGrantFacts.Terms;
import dev.fairground.fairaccess.AccessGrantFacts.Unlike;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Like grants have like terms, or differ for a reason of the closed list that was in the access
 * policy before. What is like and what differs is found by package {@code equal}; this says what
 * follows. Opinions (3), (5); Operation Spec 3. Anti-Monopoly Law 22(6) asks whether a difference
 * is abuse, which is for people to say.
 */
final class FA08EqualTerms {
  private static final String TIME = "DECISION_DAYS";

  private FA08EqualTerms() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_08, ground);
    if (!found.holds("equalTerms") || facts.notSigned()) {
      return found.notApplicable();
    }
    found.number("equalTermsWindowDays");
    found.number("equalTermsPriceTolerancePercent");
    found.number("equalTermsDecisionToleranceWd");
    var unlike = facts.unlike();
    if (unlike == null) {
      found.unknown(
          "NOT_COMPARED",
          text("尚未与条件相同的合同比较。", "It was not compared with like grants."),
          List.of(facts.subject()),
          text("请由市场平台重新核查。", "The marketplace checks it again."));
      return found.result();
    }
    differing(found, facts, fields(unlike, one -> one.cohort() && !one.field().equals(TIME)));
    standard(found, facts, fields(unlike, one -> !one.cohort() && !one.field().equals(TIME)));
    if (!fields(unlike, one -> one.field().equals(TIME)).isEmpty()) {
      found.flag(
          "UNEQUAL_TIME",
          text(
              "答复所用的工作日与条件相同的申请相差过大。",
              "Its decision took longer or shorter than those on like requests."),
          List.of(facts.subject()),
          text("请说明原因。", "Say why."));
    }
    var told =
        unlike.stream()
            .filter(one -> one.lack() == null)
            .map(one -> one.field() + " " + one.factor())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!told.isEmpty()) {
      found.disclose(
          "DIFFERS_WITH_REASON",
          text(
              "有 %d 项差异，理由已事先公布：%s。".formatted(told.size(), Findings.some(told)),
              "It differs in %d terms, for reasons that were published before: %s."
                  .formatted(told.size(), Findings.some(told))),
          List.of(facts.subject()));
    }
    return found.result();
  }

  /** Of differences without a reason that holds. */
  private static TreeSet<String> fields(List<Unlike> unlike, Predicate<Unlike> which) {
    return unlike.stream()
        .filter(one -> one.lack() != null)
        .filter(which)
        .map(Unlike::field)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void differing(Findings found, AccessGrantFacts facts, TreeSet<String> fields) {
    if (fields.isEmpty()) {
      return;
    }
    var evidence = new ArrayList<String>(List.of(facts.subject()));
    for (var peer : facts.peers()) {
      if (fields.stream().anyMatch(field -> differs(field, facts.terms(), peer.terms()))) {
        evidence.add(peer.grantId());
      }
    }
    found.flag(
        "UNEQUAL_TERMS",
        text(
            "与条件相同的合同相比，%s 不同，没有成立的理由。".formatted(String.join("、", fields)),
            "It differs from like grants in %s, and no reason for it holds."
                .formatted(String.join(", ", fields))),
        evidence,
        text(
            "请给予同等条件，或以事先公布的理由说明差异。",
            "Give the same terms, or give the difference a reason that was published before."));
  }

  private static void standard(Findings found, AccessGrantFacts facts, TreeSet<String> fields) {
    if (!fields.isEmpty()) {
      found.flag(
          "NOT_STANDARD_TERMS",
          text(
              "与公布的标准条件相比，%s 不同，没有成立的理由。".formatted(String.join("、", fields)),
              "It differs from the standard terms in %s, and no reason for it holds."
                  .formatted(String.join(", ", fields))),
          List.of(facts.subject()),
          text(
              "请适用标准条件，或以事先公布的理由说明差异。",
              "Give the standard terms, or give the difference a reason that was published before."));
    }
  }

  private static boolean differs(String field, Terms mine, Terms others) {
    return switch (field) {
      case "UNIT_PRICE", "DISCOUNT" ->
          !same(mine.unitPrice(), others.unitPrice())
              || mine.discountPercent().compareTo(others.discountPercent()) != 0;
      case "DELIVERY" -> !Objects.equals(mine.delivery(), others.delivery());
      case "PAYMENT_DAYS" -> !Objects.equals(mine.paymentDays(), others.paymentDays());
      case "DEPOSIT" -> !same(mine.deposit(), others.deposit());
      case "MINIMUM_QUANTITY" -> !same(mine.minimumQuantity(), others.minimumQuantity());
      default -> false;
    };
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == other : one.compareTo(other) == 0;
  }
}
