package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Much that is harmless alone may not be so together: many topics, or many sensitive data items, in
 * one product are looked at. Operation Spec 21; Opinions (12). What is not known counts as if it
 * were one more, so that it can only lead to UNKNOWN where it could make a difference.
 */
final class FA20AggregationRisk {
  private FA20AggregationRisk() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_20, ground);
    if (!found.holds("aggregationReview") || facts.usesNone()) {
      return found.notApplicable();
    }
    var uses = facts.uses();
    if (uses == null) {
      found.unknown(
          "USES_UNKNOWN",
          text("清单未说明使用了哪些资源。", "The list does not say which resources are used."),
          List.of(facts.subject()),
          text("请填写所用资源和数据项。", "Say which resources and data items are used."));
      return found.result();
    }
    var topics = found.number("aggregationTopics");
    if (topics != null) {
      topics(found, uses, topics);
    }
    var items = found.number("aggregationSensitiveItems");
    if (items != null) {
      items(found, uses, items);
    }
    return found.result();
  }

  private static void topics(Findings found, List<Use> uses, int limit) {
    var known = new HashSet<String>();
    var unknown = new ArrayList<String>();
    for (var use : uses) {
      var topic = use.topic();
      if (topic == null) {
        unknown.add(use.resourceId());
      } else {
        known.add(topic);
      }
    }
    if (known.size() >= limit) {
      found.flag(
          "MANY_TOPICS",
          text(
              "产品汇聚了 %d 个主题的资源（达到 %d 个须评估）：%s。"
                  .formatted(known.size(), limit, Findings.some(known)),
              "It brings together resources of %d topics, and %d are looked at: %s."
                  .formatted(known.size(), limit, Findings.some(known))),
          uses.stream().map(Use::resourceId).toList(),
          text("请进行汇聚风险评估。", "Have its security reviewed for the risk of bringing much together."));
    } else if (known.size() + unknown.size() >= limit) {
      found.unknown(
          "TOPICS_UNKNOWN",
          text(
              "%d 个资源的主题未知。".formatted(unknown.size()),
              "Nobody said of which topic %d resources are.".formatted(unknown.size())),
          unknown,
          text("请由资源持有单位填写主题。", "Their holders say the topic."));
    }
  }

  private static void items(Findings found, List<Use> uses, int limit) {
    var sensitive = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    long possible = 0;
    for (var use : uses) {
      var items = use.sensitiveItems();
      if (items == null) {
        unknown.add(use.resourceId());
        var used = use.dataItems() == null ? use.resourceItems() : use.dataItems();
        possible += used == null ? limit : used.size();
      } else {
        new HashSet<>(items).forEach(item -> sensitive.add(use.resourceId() + "#" + item));
      }
    }
    if (sensitive.size() >= limit) {
      found.flag(
          "MANY_SENSITIVE_ITEMS",
          text(
              "产品使用了 %d 个敏感数据项（达到 %d 个须评估）。".formatted(sensitive.size(), limit),
              "It uses %d sensitive data items, and %d are looked at."
                  .formatted(sensitive.size(), limit)),
          sensitive,
          text("请进行汇聚风险评估。", "Have its security reviewed for the risk of bringing much together."));
    } else if (!unknown.isEmpty() && sensitive.size() + possible >= limit) {
      found.unknown(
          "SENSITIVITY_UNKNOWN",
          text(
              "%d 个资源的数据项是否敏感未知。".formatted(unknown.size()),
              "Nobody said which data items of %d resources are sensitive."
                  .formatted(unknown.size())),
          unknown,
          text("请由资源持有单位标明敏感数据项。", "Their holders mark the sensitive ones."));
    }
  }
}
