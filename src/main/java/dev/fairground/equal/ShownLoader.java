package dev.fairground.equal;

import static java.util.Objects.requireNonNull;

import dev.fairground.equal.ShownRepository.Asked;
import dev.fairground.equal.ShownRepository.Filter;
import dev.fairground.equal.ShownRepository.Place;
import dev.fairground.equal.ShownRepository.Windows;
import dev.fairground.graphql.Loader;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads {@link ShownTerms} of many products at once; names are in none of it. */
final class ShownLoader {
  private static final String NUMBER = "[0-9]{1,20}(\\.[0-9]{1,20})?";
  private static final String CODE = "[A-Z][A-Z_]{0,49}";

  private final ShownRepository shown;
  private final RuleBooks rules;

  ShownLoader(Database database) {
    this.shown = new ShownRepository(database);
    this.rules = new RuleBooks(database);
  }

  /** By product; products that do not exist are left out. */
  Loader<UUID, Filter, ShownTerms> loader() {
    return new Loader<>("equalTermsOfProducts", this::load);
  }

  Future<Map<UUID, ShownTerms>> load(Reading reading, Filter filter, Collection<UUID> products) {
    return shown
        .products(reading, filter.purposeClass(), products)
        .compose(asked -> limits(reading, asked).compose(limits -> load(reading, filter, asked, limits)));
  }

  /** In the order of the products. */
  private Future<List<Ground.Limits>> limits(Reading reading, List<Asked> asked) {
    var jurisdictions =
        asked.stream().map(Asked::jurisdictionCode).filter(Objects::nonNull).distinct().toList();
    if (jurisdictions.isEmpty()) {
      return Future.succeededFuture(asked.stream().map(one -> Ground.Limits.SHIPPED).toList());
    }
    return rules
        .find(reading.reads(), reading.moment().day(), reading.moment().at(), jurisdictions)
        .map(
            books ->
                asked.stream()
                    .map(
                        one ->
                            one.jurisdictionCode() == null
                                ? Ground.Limits.SHIPPED
                                : Ground.Limits.of(
                                    requireNonNull(books.get(one.jurisdictionCode()))))
                    .toList());
  }

  private Future<Map<UUID, ShownTerms>> load(
      Reading reading, Filter filter, List<Asked> asked, List<Ground.Limits> limits) {
    var day = reading.moment().day();
    var windows =
        new Windows(asked, limits.stream().map(limit -> limit.from(day)).toList(), day);
    var terms = shown.terms(reading, windows, filter);
    var times = shown.times(reading, windows, filter);
    var deviations = shown.deviations(reading, windows, filter);
    var unlisted = shown.unlisted(reading, windows, filter.purposeClass());
    return Future.all(terms, times, deviations, unlisted)
        .map(
            all -> {
              var found = new HashMap<UUID, ShownTerms>();
              for (var i = 0; i < asked.size(); i++) {
                var one = asked.get(i);
                var limit = limits.get(i);
                var cohorts = new ArrayList<ShownTerms.Cohort>();
                var pools = new ArrayList<ShownTerms.Cohort>();
                var few = unlisted.result().contains(one.productId());
                for (var entry : terms.result().entrySet()) {
                  var place = entry.getKey();
                  if (place.productId().equals(one.productId())) {
                    var cohort =
                        cohort(
                            place,
                            entry.getValue(),
                            times.result().getOrDefault(place, Map.of()),
                            deviations.result().getOrDefault(place, List.of()),
                            one.whole(),
                            limit);
                    if (!one.whole() && cohort.size() < limit.minimumCohort()) {
                      few = true;
                    } else {
                      (place.cohortId() == null ? pools : cohorts).add(cohort);
                    }
                  }
                }
                found.put(
                    one.productId(),
                    new ShownTerms(
                        one.productId(),
                        filter.purposeClass(),
                        windows.since().get(i),
                        day,
                        limit.minimumCohort(),
                        one.whole(),
                        few,
                        List.copyOf(cohorts),
                        List.copyOf(pools)));
              }
              return found;
            });
  }

  private static ShownTerms.Cohort cohort(
      Place place,
      List<TermsGroup> groups,
      Map<Integer, Integer> times,
      List<ShownTerms.Deviation> deviations,
      boolean whole,
      Ground.Limits limits) {
    var prices = new TreeMap<BigDecimal, Integer>();
    int unpriced = 0;
    for (var group : groups) {
      if (group.unitPrice() == null) {
        unpriced += group.grants();
      } else {
        prices.merge(group.unitPrice(), group.grants(), Integer::sum);
      }
    }
    var counted = new ArrayList<ShownTerms.Price>();
    prices.forEach(
        (price, grants) ->
            counted.add(
                new ShownTerms.Price(ShownTerms.money(price, place.currency()), grants)));
    if (unpriced > 0) {
      counted.add(new ShownTerms.Price(null, unpriced));
    }
    return new ShownTerms.Cohort(
        place.productVersion(),
        place.scenarioClass(),
        orNull(place.unit()),
        orNull(place.unitText()),
        place.volumeBand(),
        place.termBand(),
        groups.stream().mapToInt(TermsGroup::grants).sum(),
        prices.isEmpty() ? null : ShownTerms.money(prices.firstKey(), place.currency()),
        prices.isEmpty() ? null : ShownTerms.money(prices.lastKey(), place.currency()),
        List.copyOf(counted),
        DecisionTimes.of(times),
        whole ? deviations : deviations.stream().map(ShownLoader::withoutWords).toList(),
        place.cohortId() == null
            ? List.of()
            : Unexplained.of(groups, limits.pricePercent()));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Numbers and codes tell of no party; words might. */
  private static ShownTerms.Deviation withoutWords(ShownTerms.Deviation deviation) {
    return new ShownTerms.Deviation(
        deviation.field(),
        shown(deviation.field(), deviation.standard()),
        shown(deviation.field(), deviation.granted()),
        deviation.factor(),
        deviation.grants());
  }

  private static @Nullable String shown(TermsField field, @Nullable String text) {
    var form =
        switch (field) {
          case UNIT_PRICE, DISCOUNT, PAYMENT_DAYS, DEPOSIT, MINIMUM_QUANTITY, DECISION_DAYS -> NUMBER;
          case DELIVERY -> CODE;
          case CLAUSE -> "";
        };
    return text != null && !text.isEmpty() && text.matches(form) ? text : null;
  }
}
