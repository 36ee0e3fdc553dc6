package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.AccessGrantFacts.Deviation;
import dev.fairground.fairaccess.AccessGrantFacts.Peer;
import dev.fairground.fairaccess.AccessGrantFacts.Terms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Like grants have like terms, or differ for a reason of the closed list that was in the access
 * policy before. Opinions (3), (5); Operation Spec 3. Anti-Monopoly Law 22(6) asks whether a
 * difference is abuse; whether it is there is what a program can say.
 */
final class FA08EqualTerms {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Findings found;
  private final AccessGrantFacts facts;
  private final BigDecimal tolerance;
  private final int days;

  private FA08EqualTerms(Findings found, AccessGrantFacts facts) {
    this.found = found;
    this.facts = facts;
    this.tolerance = BigDecimal.valueOf(orZero(found.number("equalPriceTolerancePercent")));
    this.days = orZero(found.number("equalDecisionWd"));
  }

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_08, ground);
    if (!found.holds("equalTerms") || facts.notSigned()) {
      return found.notApplicable();
    }
    var check = new FA08EqualTerms(found, facts);
    var window = found.number("equalTermsWindowDays");
    check.reasons();
    for (var peer : facts.peers()) {
      if (window == null || !peer.decidedOn().isBefore(facts.decidedOn().minusDays(window))) {
        check.compare(peer);
      }
    }
    return found.result();
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  /** Each deviation rests on a factor that was published, and shows it. */
  private void reasons() {
    var deviations = facts.deviations();
    if (deviations.isEmpty()) {
      return;
    }
    var policy =
        facts.policies().stream()
            .filter(one -> one.version() == facts.policyVersion())
            .findFirst()
            .orElse(null);
    if (policy == null) {
      found.unknown(
          "POLICY_UNKNOWN",
          text(
              "合同所依据的使用规则第 %d 版不存在。".formatted(facts.policyVersion()),
              "Version %d of the access policy, on which the grant rests, is not kept."
                  .formatted(facts.policyVersion())),
          List.of(facts.subject()),
          text("请由运营机构公布该版使用规则。", "The operator publishes that version."));
      return;
    }
    var told = new TreeSet<String>();
    for (var deviation : deviations) {
      if (!policy.factors().contains(deviation.factor())) {
        found.flag(
            "FACTOR_NOT_PUBLISHED",
            text(
                "差异理由 %s 未在使用规则中事先公布。".formatted(deviation.factor()),
                "The reason %s for a difference was not published in the access policy before."
                    .formatted(deviation.factor())),
            List.of(facts.subject(), policy.id()),
            text("请按标准条件订立，或事先公布该理由。", "Give the standard terms, or publish the reason first."));
      } else if (isBlank(deviation.evidence())) {
        found.flag(
            "FACTOR_WITHOUT_EVIDENCE",
            text(
                "%s 的差异以 %s 为理由，没有证据。".formatted(deviation.field(), deviation.factor()),
                "The difference in %s rests on %s, without evidence."
                    .formatted(deviation.field(), deviation.factor())),
            List.of(facts.subject()),
            text("请补充证据。", "The operator adds the evidence."));
      } else {
        told.add(deviation.field() + " " + deviation.factor());
      }
    }
    if (!told.isEmpty()) {
      found.disclose(
          "DIFFERS_WITH_REASON",
          text(
              "有 %d 项差异，理由已事先公布：%s。".formatted(told.size(), Findings.some(told)),
              "It differs in %d fields, for reasons that were published before: %s."
                  .formatted(told.size(), Findings.some(told))),
          List.of(facts.subject()));
    }
  }

  private void compare(Peer peer) {
    var mine = facts.terms();
    var others = peer.terms();
    var differing = new ArrayList<String>();
    price(peer, mine, others, differing);
    differ(differing, "DISCOUNT", mine.discountPercent().compareTo(others.discountPercent()) != 0);
    differ(
        differing,
        "DELIVERY",
        mine.delivery() != null
            && others.delivery() != null
            && !mine.delivery().equals(others.delivery()));
    differ(
        differing, "PAYMENT_DAYS", !Objects.equals(mine.paymentDays(), others.paymentDays()));
    differ(differing, "DEPOSIT", !same(mine.deposit(), others.deposit()));
    differ(
        differing, "MINIMUM_QUANTITY", !same(mine.minimumQuantity(), others.minimumQuantity()));
    decided(peer, mine, others, differing);
    differing.removeIf(field -> justified(field, peer));
    differing.sort(Comparator.naturalOrder());
    if (!differing.isEmpty()) {
      found.flag(
          "UNEQUAL_TERMS",
          text(
              "与条件相同的合同相比，%s 不同，没有公布的理由。".formatted(String.join("、", differing)),
              "It differs from a like grant in %s, without a published reason."
                  .formatted(String.join(", ", differing))),
          List.of(facts.subject(), peer.grantId()),
          text(
              "请给予同等条件，或以事先公布的理由说明差异。",
              "Give the same terms, or give the difference a reason that was published before."));
    }
  }

  private static void differ(List<String> differing, String field, boolean differs) {
    if (differs) {
      differing.add(field);
    }
  }

  private void price(Peer peer, Terms mine, Terms others, List<String> differing) {
    if (!facts.charged() && !peer.charged()) {
      return;
    }
    var one = facts.charged() ? mine.unitPrice() : BigDecimal.ZERO;
    var other = peer.charged() ? others.unitPrice() : BigDecimal.ZERO;
    if (one == null || other == null) {
      if (one != null || other != null || mine.tariff() == null || others.tariff() == null) {
        found.unknown(
            "PRICE_UNKNOWN",
            text(
                "没有约定数量，无法比较单价。",
                "No quantity was agreed, so what a unit costs cannot be compared."),
            List.of(facts.subject(), peer.grantId()),
            text("请载明数量或所适用的收费项目。", "Say the quantity, or the price item that holds."));
      } else {
        differ(differing, "UNIT_PRICE", !mine.tariff().equals(others.tariff()));
      }
      return;
    }
    if (facts.charged() && peer.charged() && !Objects.equals(mine.currency(), others.currency())) {
      found.unknown(
          "CURRENCY_DIFFERS",
          text("币种不同，无法比较单价。", "The currencies differ, so prices cannot be compared."),
          List.of(facts.subject(), peer.grantId()),
          text("请以同一币种定价。", "Price like grants in one currency."));
      return;
    }
    var higher = one.max(other);
    differ(
        differing,
        "UNIT_PRICE",
        higher.subtract(one.min(other)).multiply(HUNDRED).compareTo(higher.multiply(tolerance))
            > 0);
  }

  private void decided(Peer peer, Terms mine, Terms others, List<String> differing) {
    var one = mine.decisionDays();
    var other = others.decisionDays();
    if (one == null || other == null) {
      found.unknown(
          "DECISION_DAYS_UNKNOWN",
          text("没有记录答复所用的工作日。", "Nobody recorded the working days of a decision."),
          List.of(facts.subject(), peer.grantId()),
          text("请补充该年份的工作日历。", "The calendar of that year is added."));
    } else {
      differ(differing, "DECISION_DAYS", Math.abs(one - other) > days);
    }
  }

  /** Whether one of the two says why; what follows from size has to follow from it. */
  private boolean justified(String field, Peer peer) {
    return facts.deviations().stream().anyMatch(one -> explains(one, field, peer, true))
        || peer.deviations().stream().anyMatch(one -> explains(one, field, peer, false));
  }

  private boolean explains(Deviation deviation, String field, Peer peer, boolean own) {
    var fits =
        deviation.field().equals(field)
            || deviation.field().equals("DISCOUNT") && field.equals("UNIT_PRICE")
            || deviation.field().equals("UNIT_PRICE") && field.equals("DISCOUNT");
    if (!fits) {
      return false;
    }
    var one = own ? facts.terms() : peer.terms();
    var other = own ? peer.terms() : facts.terms();
    return switch (deviation.factor()) {
      case "SCALE" -> one.quantity() != null && !same(one.quantity(), other.quantity());
      case "TERM" -> one.days() != other.days();
      default -> true;
    };
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == other : one.compareTo(other) == 0;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
