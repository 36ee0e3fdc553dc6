package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.AccessGrantFacts.Deviation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Terms that weigh on small and micro enterprises are looked at: an invoice that has to be paid
 * within a few days or in advance, a quantity that has to be taken without a reason, a deposit that
 * like holders do not pay. It is the holder who pays here: many days of payment favour it, and the
 * law's other case, a small supplier that is paid late, is none of a grant. Opinions (10);
 * Anti-Unfair Competition Law 15.
 */
final class FA26SmallUsers {
  private static final String RULE = "smallUserTerms";
  private static final String DAYS = "smallUserPaymentDaysMin";

  private FA26SmallUsers() {}

  /** Of a grant. */
  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_26, ground);
    if (!found.holds(RULE) || facts.notSigned() || Boolean.FALSE.equals(facts.smallOrMicro())) {
      return found.notApplicable();
    }
    var least = found.number(DAYS);
    var codes = new TreeSet<String>();
    var terms = facts.terms();
    if (facts.charged() && isShort(terms.paymentDays(), least)) {
      codes.add("PAYMENT_SHORT");
    }
    if (isPositive(terms.minimumQuantity()) && !reasoned(facts)) {
      codes.add("MINIMUM_WITHOUT_REASON");
    }
    var others = lessDeposit(facts);
    if (!others.isEmpty()) {
      codes.add("DEPOSIT_NOT_EQUAL");
    }
    if (codes.isEmpty()) {
      return found.result();
    }
    if (facts.smallOrMicro() == null) {
      found.unknown(
          "SIZE_UNKNOWN",
          text(
              "使用方是否小微主体未知，其条件须核对：%s。".formatted(String.join("、", codes)),
              "Whether the holder is small is not known, and its terms would be looked at: %s."
                  .formatted(String.join(", ", codes))),
          List.of(facts.subject()),
          text("请由使用方说明规模。", "The holder says its size."));
      return found.result();
    }
    for (var code : codes) {
      switch (code) {
        case "PAYMENT_SHORT" -> payment(found, List.of(facts.subject()), terms.paymentDays());
        case "MINIMUM_WITHOUT_REASON" -> minimum(found, List.of(facts.subject()));
        default -> deposit(found, facts, others);
      }
    }
    return found.result();
  }

  private static boolean isShort(@Nullable Integer days, @Nullable Integer least) {
    return least != null && days != null && days < least;
  }

  private static boolean isPositive(@Nullable BigDecimal amount) {
    return amount != null && amount.signum() > 0;
  }

  private static boolean reasoned(AccessGrantFacts facts) {
    return facts.policies().stream()
            .filter(one -> one.version() == facts.policyVersion())
            .anyMatch(one -> !isBlank(one.minimumReason()))
        || facts.deviations().stream()
            .filter(one -> one.field().equals("MINIMUM_QUANTITY"))
            .map(Deviation::justification)
            .anyMatch(said -> !isBlank(said));
  }

  /** Like holders that deposit less. */
  private static List<String> lessDeposit(AccessGrantFacts facts) {
    var mine = facts.terms().deposit();
    var others = new ArrayList<String>();
    if (isPositive(mine)) {
      for (var peer : facts.peers()) {
        var other = peer.terms().deposit();
        if (other == null || other.compareTo(mine) < 0) {
          others.add(peer.grantId());
        }
      }
    }
    return others;
  }

  private static void payment(Findings found, List<String> evidence, @Nullable Integer days) {
    found.flag(
        "PAYMENT_SHORT",
        days != null && days == 0
            ? text("须预先付款。", "It has to be paid in advance.")
            : text(
                "付款期限仅有 %d 天。".formatted(days),
                "An invoice has to be paid within %d days already.".formatted(days)),
        evidence,
        text("请说明理由或延长付款期限。", "Say why, or give more days to pay."));
  }

  private static void minimum(Findings found, List<String> evidence) {
    found.flag(
        "MINIMUM_WITHOUT_REASON",
        text("规定了最低购买数量，未说明理由。", "A quantity has to be taken at least, and no reason is given."),
        evidence,
        text("请说明理由或取消。", "Give the reason, or drop it."));
  }

  private static void deposit(Findings found, AccessGrantFacts facts, List<String> others) {
    var evidence = new ArrayList<>(others);
    evidence.add(facts.subject());
    found.flag(
        "DEPOSIT_NOT_EQUAL",
        text("保证金高于条件相同的其他使用方。", "Its deposit is higher than that of like holders."),
        evidence,
        text("请按同等标准收取保证金。", "Ask for the same deposit."));
  }

  /** Of a product: what its policy in force, and those to come, ask of everybody. */
  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_26, ground);
    if (!found.holds(RULE) || facts.offer().policies().isEmpty()) {
      return found.notApplicable();
    }
    var least = found.number(DAYS);
    for (var policy : facts.offer().policies()) {
      var evidence = List.of(facts.subject(), policy.id());
      if (isShort(policy.paymentDays(), least)) {
        payment(found, evidence, policy.paymentDays());
      }
      if (isPositive(policy.minimumQuantity()) && isBlank(policy.minimumReason())) {
        minimum(found, evidence);
      }
      if (isPositive(policy.deposit()) && isBlank(policy.depositReason())) {
        found.flag(
            "DEPOSIT_WITHOUT_REASON",
            text("规定了保证金，未说明理由。", "A deposit is asked for, and no reason is given."),
            evidence,
            text("请说明理由或取消。", "Give the reason, or drop it."));
      }
    }
    return found.result();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
