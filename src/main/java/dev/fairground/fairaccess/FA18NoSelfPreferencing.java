package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;

/**
 * The marketplace orders lists by what it says, never by whose a product is; its own products bear
 * a mark, and its rules are shown before they take effect.
 */
final class FA18NoSelfPreferencing {
  /** The name of a ranking factor that looks at whose a product is. */
  static final String OWNERSHIP = "OWNERSHIP";

  private FA18NoSelfPreferencing() {}

  static Result of(Ground ground, MarketFacts facts) {
    var found = new Findings(Check.FA_18, ground);
    if (!found.forbids("selfPreferencing")) {
      return found.notApplicable();
    }
    ranking(found, facts);
    marks(found, facts);
    notice(found, facts);
    return found.result();
  }

  private static void ranking(Findings found, MarketFacts facts) {
    var subject = List.of(facts.subject());
    var factors = facts.rankingFactors().stream().sorted().toList();
    var listed = String.join(", ", factors);
    if (factors.contains(OWNERSHIP)) {
      found.block(
          "RANKED_BY_OWNERSHIP",
          text("排序考虑了产品归属。", "Lists are ordered by whose a product is."),
          subject,
          text("请从排序中去除该因素。", "Take that factor out of the ranking."));
    }
    var published = facts.publishedFactors();
    if (published == null) {
      found.flag(
          "NO_PLATFORM_RULE",
          text("没有公布有效的排序规则。", "No rule in force says by what lists are ordered."),
          subject,
          text("请公布平台规则。", "Publish the platform's rule."));
    } else {
      var hidden = factors.stream().filter(factor -> !published.contains(factor)).toList();
      if (!hidden.isEmpty()) {
        found.block(
            "HIDDEN_FACTOR",
            text(
                "排序使用了未公布的因素：%s。".formatted(String.join(", ", hidden)),
                "Lists are ordered by what is not published: %s."
                    .formatted(String.join(", ", hidden))),
            subject,
            text("请公布该因素，或不再使用。", "Publish the factor, or use it no more."));
      }
    }
    found.disclose(
        "RANKING_FACTORS",
        text("排序因素：%s。".formatted(listed), "Lists are ordered by: %s.".formatted(listed)),
        subject);
  }

  private static void marks(Findings found, MarketFacts facts) {
    var unmarked = facts.ownUnmarked();
    if (unmarked == null) {
      found.unknown(
          "OWNER_UNKNOWN",
          text(
              "未说明市场平台属于哪个机构，无法核对自营标识。",
              "Nobody said whose the marketplace is, so its own products are not known."),
          List.of(facts.subject()),
          text("请登记市场平台的运营主体。", "Say which organization runs it."));
    } else if (!unmarked.isEmpty()) {
      found.flag(
          "OWN_PRODUCT_UNMARKED",
          text(
              "%d 个自营或关联产品没有标识。".formatted(unmarked.size()),
              "%d products of the marketplace itself, or of who is tied to it, bear no mark."
                  .formatted(unmarked.size())),
          unmarked,
          text("请标明自营。", "Mark them."));
    }
  }

  private static void notice(Findings found, MarketFacts facts) {
    var days = found.number("ruleChangeNoticeDays");
    if (days == null) {
      return;
    }
    for (var change : facts.changes()) {
      if (change.version() > 1 && change.effectiveOn().isBefore(change.shownOn().plusDays(days))) {
        found.flag(
            "SHORT_NOTICE",
            text(
                "平台规则第 %d 版于 %s 公示、%s 生效，不足 %d 天。"
                    .formatted(change.version(), change.shownOn(), change.effectiveOn(), days),
                "Version %d of the platform's rules was shown on %s and takes effect on %s, in less than %d days."
                    .formatted(change.version(), change.shownOn(), change.effectiveOn(), days)),
            List.of(facts.subject()),
            text("请推迟生效日期。", "Let it take effect later."));
      }
    }
  }
}
