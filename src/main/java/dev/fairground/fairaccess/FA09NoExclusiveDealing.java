package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.AccessGrantFacts.Clause;
import java.util.List;

/**
 * Nothing that is agreed or asked for excludes others: neither holders from dealing with others,
 * nor others from the product. Opinions (5); Operation Spec 6; Anti-Monopoly Law 22(4). What the
 * words say plainly is refused; what they hint at, and who has a product alone, is looked at.
 */
final class FA09NoExclusiveDealing {
  private static final String RULE = "exclusiveDealing";

  private FA09NoExclusiveDealing() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_09, ground);
    if (!found.forbids(RULE) || facts.notSigned()) {
      return found.notApplicable();
    }
    for (var clause : facts.clauses()) {
      var says =
          ExclusiveWords.of(
              clause.text() + "\n" + (clause.reason() == null ? "" : clause.reason()));
      if (clause.kind().equals("LOYALTY_DISCOUNT")) {
        loyalty(found, facts, clause, says);
      } else {
        clause(
            found,
            facts.subject(),
            "第 %d 条".formatted(clause.position()),
            "Clause %d".formatted(clause.position()),
            says);
      }
    }
    return found.result();
  }

  private static void loyalty(
      Findings found, AccessGrantFacts facts, Clause clause, ExclusiveWords.Says says) {
    if (says == ExclusiveWords.Says.NOTHING && !LOYAL.matcher(clause.text()).find()) {
      found.disclose(
          "LOYALTY_DISCOUNT",
          text(
              "第 %d 条约定了忠诚折扣。".formatted(clause.position()),
              "Clause %d grants a discount for loyalty.".formatted(clause.position())),
          List.of(facts.subject()));
    } else {
      found.flag(
          "LOYALTY_FOR_EXCLUSIVITY",
          text(
              "第 %d 条的折扣以独家或全部采购为条件。".formatted(clause.position()),
              "The discount of clause %d depends on dealing with nobody else."
                  .formatted(clause.position())),
          List.of(facts.subject()),
          text("请将折扣改为按数量计算。", "Let the discount hang on the quantity."));
    }
  }

  private static final java.util.regex.Pattern LOYAL =
      java.util.regex.Pattern.compile(
          "(全部|所有|百分之百|100\\s*[%％])[^，,。；;]{0,8}(需求|采购|用量)|不使用其他|不采购其他|(?i)all (of )?(its|their|your) (needs|requirements|demand|purchases)");

  private static void clause(
      Findings found, String evidence, String chinese, String english, ExclusiveWords.Says says) {
    var remedy = text("请删去排除他人的内容。", "Take out what excludes others.");
    switch (says) {
      case PLAIN ->
          found.block(
              "EXCLUSIVE_CLAUSE",
              text(
                  "%s约定独家或排他交易。".formatted(chinese),
                  "%s excludes others from dealing.".formatted(english)),
              List.of(evidence),
              remedy);
      case HINTED ->
          found.flag(
              "MAYBE_EXCLUSIVE",
              text(
                  "%s可能排除他人，请人工核对。".formatted(chinese),
                  "%s may exclude others; somebody has to read it.".formatted(english)),
              List.of(evidence),
              remedy);
      case NOTHING -> {}
    }
  }

  /** Of a product: its policies and terms, and whether one holder has it alone for long. */
  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_09, ground);
    var offer = facts.offer();
    if (!found.forbids(RULE) || offer.policies().isEmpty() && offer.soleHolder() == null) {
      return found.notApplicable();
    }
    for (var policy : offer.policies()) {
      for (var passage : policy.passages()) {
        clause(
            found,
            passage.id(),
            "使用规则第 %d 版".formatted(policy.version()),
            "Version %d of the access policy, or its terms,".formatted(policy.version()),
            ExclusiveWords.of(passage.text()));
      }
    }
    var months = found.number("soleHolderMonths");
    var sole = offer.soleHolder();
    if (months != null
        && sole != null
        && !sole.refused().isEmpty()
        && !ground.day().isBefore(sole.since().plusMonths(months))) {
      var evidence = new java.util.ArrayList<>(sole.refused());
      evidence.add(sole.grantId());
      found.flag(
          "SOLE_HOLDER",
          text(
              "自 %s 起仅有一个使用方，其间 %d 个他人的申请被拒绝。".formatted(sole.since(), sole.refused().size()),
              "One holder alone has had it since %s, and %d requests of others were refused since."
                  .formatted(sole.since(), sole.refused().size())),
          evidence,
          text("请说明为何不向他人提供。", "Say why others do not get it."));
    }
    return found.result();
  }
}
