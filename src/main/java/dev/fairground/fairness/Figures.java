package dev.fairground.fairness;

import dev.fairground.fairness.FairnessRepository.Asked;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Loader;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Figures of operators, of products, of the market and of each month: one statement a level. */
final class Figures {
  private static final int BY_DEFAULT = 50;
  private static final int MOST = 100;

  private final FairnessRepository repository;

  Figures(Database database) {
    repository = new FairnessRepository(database);
  }

  /** The argument {@code period}; empty where it was left out. */
  static Optional<Months> period(Arguments arguments) {
    var text = arguments.string("period");
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(
        Months.read(text)
            .orElseThrow(
                () ->
                    arguments.bad(
                        "period",
                        "must be a year, a quarter, a month or months, as 2026, 2026-Q1, 2026-03 or"
                            + " 2026-01/2026-06, of at most "
                            + Months.MOST
                            + " months")));
  }

  private static Months months(Reading reading, Optional<Months> given) {
    return given.orElseGet(() -> Months.yearUpTo(YearMonth.from(reading.moment().day())));
  }

  /** Of operators by their ids; nothing for who is none. */
  Loader<UUID, Optional<Months>, FairnessIndicators> ofOperators() {
    return new Loader<>(
        "fairnessOfOperators",
        (reading, period, ids) -> {
          var known = repository.findAreOperators(reading, ids);
          var found = ofAll(reading, months(reading, period), ids);
          return Future.all(known, found)
              .map(
                  both -> {
                    var operators = new HashSet<>(known.result());
                    var figures = new HashMap<UUID, FairnessIndicators>();
                    found.result().stream()
                        .filter(one -> operators.contains(one.whose().operatorId()))
                        .forEach(one -> figures.put(one.whose().operatorId(), one));
                    return (Map<UUID, FairnessIndicators>) figures;
                  });
        });
  }

  private Future<List<FairnessIndicators>> ofAll(
      Reading reading, Months months, Collection<UUID> operators) {
    return repository.find(
        reading, operators.stream().map(id -> new Asked(Whose.operator(id), months)).toList());
  }

  Loader<Whose, Optional<Months>, FairnessIndicators> ofProducts() {
    return new Loader<>(
        "fairnessOfProducts",
        (reading, period, products) -> {
          var months = months(reading, period);
          return repository
              .find(reading, products.stream().map(product -> new Asked(product, months)).toList())
              .map(
                  rows -> {
                    var figures = new HashMap<Whose, FairnessIndicators>();
                    rows.forEach(one -> figures.put(one.whose(), one));
                    return figures;
                  });
        });
  }

  /** The same, month by month. */
  Loader<FairnessIndicators, Loader.None, List<FairnessIndicators>> byMonth() {
    return new Loader<>(
        "fairnessByMonth",
        (reading, none, wholes) -> {
          var asked = new ArrayList<Asked>();
          wholes.forEach(
              whole ->
                  whole
                      .months()
                      .each()
                      .forEach(month -> asked.add(new Asked(whole.whose(), month))));
          return repository
              .find(reading, asked)
              .map(
                  rows -> {
                    var found = new HashMap<FairnessIndicators, List<FairnessIndicators>>();
                    var next = 0;
                    for (var whole : wholes) {
                      var count = whole.months().count();
                      found.put(whole, rows.subList(next, next + count));
                      next += count;
                    }
                    return found;
                  });
        });
  }

  Future<FairnessIndicators> ofMarket(Reading reading, Arguments arguments) {
    var months = months(reading, period(arguments));
    return repository.find(reading, List.of(new Asked(Whose.MARKET, months))).map(List::getFirst);
  }

  /** Operators side by side: those named, or all. */
  Future<List<FairnessIndicators>> compared(Reading reading, Arguments arguments) {
    var months = months(reading, period(arguments));
    var named = new LinkedHashSet<>(arguments.ids("operators", PartyResolver.PREFIX));
    if (named.size() > MOST) {
      throw arguments.bad("operators", "at most " + MOST + ", but there are " + named.size());
    }
    var first = arguments.integer("first");
    var size = first == null ? BY_DEFAULT : first;
    if (size < 0 || size > MOST) {
      throw arguments.bad("first", "must be between 0 and " + MOST + ", but is " + size);
    }
    var order = FairnessOrder.of(arguments.input("orderBy"));
    var operators =
        arguments.has("operators")
            ? repository.findAreOperators(reading, named)
            : repository.findOperators(reading, months);
    return operators
        .compose(found -> ofAll(reading, months, found))
        .map(rows -> rows.stream().sorted(order).limit(size).toList());
  }
}
