package dev.fairground.authorizing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedCollection;
import java.util.UUID;

/**
 * Why products are suspended, in words that everybody reads: the authorization's number, and what
 * fell outside. Pure.
 */
final class EffectReasons {
  /** An edition is published for each reason: where there would be many, one tells all. */
  static final int MOST = 10;

  private static final int MOST_WORDS = 20;

  private EffectReasons() {}

  /** Products with one reason. */
  record Group(String reason, List<UUID> products) {
    Group {
      products = List.copyOf(products);
    }
  }

  static List<Group> of(Grant grant, List<AffectedProduct> found) {
    var byWords = new LinkedHashMap<List<String>, List<UUID>>();
    for (var product : found) {
      var words = product.outside().isEmpty() ? List.<String>of() : product.words();
      byWords.computeIfAbsent(words, unseen -> new ArrayList<>()).add(product.productId());
    }
    if (byWords.size() > MOST) {
      var all = new LinkedHashSet<String>();
      byWords.keySet().forEach(all::addAll);
      return List.of(new Group(outside(grant, all), Effects.ids(found)));
    }
    var groups = new ArrayList<Group>();
    byWords.forEach(
        (words, products) ->
            groups.add(
                new Group(words.isEmpty() ? unusable(grant) : outside(grant, words), products)));
    return groups;
  }

  private static String unusable(Grant grant) {
    var reason = grant.text("state_reason");
    return "Authorization %s cannot be used: it is %s%s."
        .formatted(
            grant.number(),
            grant.state(),
            reason == null || reason.isBlank() ? "" : " (" + reason + ")");
  }

  private static String outside(Grant grant, SequencedCollection<String> words) {
    var told = words.stream().limit(MOST_WORDS).toList();
    return "Outside of authorization %s: %s%s."
        .formatted(
            grant.number(),
            String.join("; ", told),
            words.size() > told.size()
                ? "; and %d more".formatted(words.size() - told.size())
                : "");
  }
}
