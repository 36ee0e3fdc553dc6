package dev.fairground.equal;

import static java.util.Objects.requireNonNull;

import dev.fairground.equal.ShownRepository.Asked;
import dev.fairground.equal.ShownRepository.Filter;
import dev.fairground.equal.ShownRepository.Numbered;
import dev.fairground.equal.ShownRepository.Place;
import dev.fairground.equal.ShownRepository.Span;
import dev.fairground.equal.ShownRepository.Windows;
import dev.fairground.graphql.Loader;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
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
        .compose(
            asked ->
                limits(reading, asked).compose(limits -> load(reading, filter, asked, limits)));
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
    var windows = new Windows(asked, limits.stream().map(limit -> limit.from(day)).toList(), day);
    return shown
        .spans(reading, windows, filter)
        .compose(
            spans ->
                read(reading, spans, day)
                    .map(
                        places -> {
                          var found = new HashMap<UUID, ShownTerms>();
                          for (var i = 0; i < asked.size(); i++) {
                            var of = new Of(asked.get(i), limits.get(i), windows.since().get(i));
                            found.put(
                                of.asked().productId(), terms(of, filter, day, spans, places));
                          }
                          return found;
                        }));
  }

  /** A product with what it is read by. */
  private record Of(Asked asked, Ground.Limits limits, LocalDate since) {}

  /** What there is at a place. */
  private record Content(
      List<TermsGroup> groups,
      Map<Integer, Integer> times,
      List<ShownTerms.Deviation> deviations) {}

  private Future<Map<Place, Content>> read(Reading reading, List<Span> spans, LocalDate day) {
    var numbers = new LinkedHashMap<Place, Integer>();
    var placed = spans.stream().filter(Span::shown).toList();
    if (placed.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    placed.forEach(span -> numbers.putIfAbsent(span.place(), numbers.size()));
    var numbered =
        new Numbered(
            placed.stream().map(span -> requireNonNull(numbers.get(span.place()))).toList(),
            placed,
            day);
    var terms = shown.terms(reading, numbered);
    var times = shown.times(reading, numbered);
    var deviations = shown.deviations(reading, numbered);
    return Future.all(terms, times, deviations)
        .map(
            all -> {
              var content = new LinkedHashMap<Place, Content>();
              numbers.forEach(
                  (place, number) ->
                      content.put(
                          place,
                          new Content(
                              terms.result().getOrDefault(number, List.of()),
                              times.result().getOrDefault(number, List.of()).stream()
                                  .collect(
                                      Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                              deviations.result().getOrDefault(number, List.of()))));
              return content;
            });
  }

  private static ShownTerms terms(
      Of of, Filter filter, LocalDate day, List<Span> spans, Map<Place, Content> places) {
    var product = of.asked().productId();
    boolean whole = of.asked().whole();
    var cohorts = new ArrayList<ShownTerms.Cohort>();
    var pools = new ArrayList<ShownTerms.Cohort>();
    boolean unlisted =
        spans.stream().anyMatch(span -> !span.shown() && span.place().productId().equals(product));
    for (var entry : places.entrySet()) {
      var place = entry.getKey();
      if (!place.productId().equals(product)) {
        continue;
      }
      var cohort = cohort(place, entry.getValue(), whole, of.limits());
      if (cohort.size() == 0) {
        continue;
      }
      if (!whole && cohort.size() < of.limits().minimumCohort()) {
        unlisted = true;
      } else {
        (place.cohortId() == null ? pools : cohorts).add(cohort);
      }
    }
    return new ShownTerms(
        product,
        filter.purposeClass(),
        of.since(),
        day,
        of.limits().minimumCohort(),
        whole,
        unlisted,
        List.copyOf(cohorts),
        List.copyOf(pools));
  }

  private static ShownTerms.Cohort cohort(
      Place place, Content content, boolean whole, Ground.Limits limits) {
    var groups = content.groups();
    var deviations = content.deviations();
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
            counted.add(new ShownTerms.Price(ShownTerms.money(price, place.currency()), grants)));
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
        DecisionTimes.of(content.times()),
        whole ? deviations : deviations.stream().map(ShownLoader::withoutWords).toList(),
        place.cohortId() == null ? List.of() : Unexplained.of(groups, limits.pricePercent()));
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
          case UNIT_PRICE, DISCOUNT, PAYMENT_DAYS, DEPOSIT, MINIMUM_QUANTITY, DECISION_DAYS ->
              NUMBER;
          case DELIVERY -> CODE;
          case CLAUSE -> "";
        };
    return text != null && !text.isEmpty() && text.matches(form) ? text : null;
  }
}
