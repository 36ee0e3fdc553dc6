package dev.fairground.equal;

import dev.fairground.equal.ShownRepository.Filter;
import dev.fairground.graphql.Loader;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The terms of the like grants of each of many grants: read once for each class of purpose. */
final class CohortLoader {
  private final ShownLoader shown;

  CohortLoader(ShownLoader shown) {
    this.shown = shown;
  }

  Loader<CohortOf, Loader.None, Object> loader() {
    return new Loader<>("equalTermsOfGrants", this::load);
  }

  private Future<Map<CohortOf, Object>> load(
      Reading reading, Loader.None none, Collection<CohortOf> asked) {
    var products = new HashMap<String, Set<UUID>>();
    asked.forEach(
        one ->
            products
                .computeIfAbsent(one.purposeClass(), unseen -> new HashSet<>())
                .add(one.productId()));
    var found = new HashMap<CohortOf, Object>();
    Future<?> read = Future.succeededFuture();
    for (var purpose : products.entrySet()) {
      var filter = new Filter(purpose.getKey(), null, null, null, null, null);
      read =
          read.compose(
              before ->
                  shown
                      .load(reading, filter, purpose.getValue())
                      .onSuccess(
                          terms -> asked.forEach(one -> put(found, one, purpose.getKey(), terms))));
    }
    return read.map(done -> found);
  }

  private static void put(
      Map<CohortOf, Object> found, CohortOf one, String purpose, Map<UUID, ShownTerms> terms) {
    var of = terms.get(one.productId());
    if (of != null && purpose.equals(one.purposeClass())) {
      found.put(one, only(one, of));
    }
  }

  private static ShownTerms only(CohortOf one, ShownTerms of) {
    List<ShownTerms.Cohort> like = of.cohorts().stream().filter(one::is).toList();
    return new ShownTerms(
        of.productId(),
        of.purposeClass(),
        of.since(),
        of.until(),
        of.minimumCohort(),
        of.whole(),
        of.unlisted(),
        like,
        of.pools());
  }
}
