package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.List;

/**
 * FA-20 of holders: how many sensitive topics come together in one hand, over all grants. Which
 * they are is not told: one operator does not learn what the holder has from others. Operation Spec
 * 21; Sharing Regulations 25.
 */
final class FA20OfHolders {
  private FA20OfHolders() {}

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_20, ground);
    var limit = found.number("aggregationHolderTopics");
    if (!found.holds("aggregationReview") || limit == null || facts.notSigned() || facts.ended()) {
      return found.notApplicable();
    }
    var held = facts.held();
    var evidence = List.of(facts.subject());
    if (held == null) {
      found.unknown(
          "HELD_UNKNOWN",
          text("使用方所持产品所用的资源未知。", "Of what the holder has, the resources are not known."),
          evidence,
          text("请由运营机构填写产品所用资源。", "Operators say which resources their products use."));
      return found.result();
    }
    var topics = held.topics().stream().distinct().count();
    if (topics >= limit) {
      found.flag(
          "HOLDER_OF_MANY_TOPICS",
          text(
              "使用方所持产品汇聚了 %d 个敏感主题（达到 %d 个须评估）。".formatted(topics, limit),
              "What the holder has brings together %d sensitive topics, and %d are looked at."
                  .formatted(topics, limit)),
          evidence,
          text("请进行汇聚风险评估。", "Have its security reviewed for the risk of bringing much together."));
    } else if (held.unknown() > 0 && topics + held.unknown() >= limit) {
      found.unknown(
          "HELD_UNKNOWN",
          text(
              "%d 个资源的主题或敏感性未知。".formatted(held.unknown()),
              "Nobody said the topic of %d resources, or whether they are sensitive."
                  .formatted(held.unknown())),
          evidence,
          text("请由资源持有单位填写。", "Their holders say it."));
    }
    return found.result();
  }
}
