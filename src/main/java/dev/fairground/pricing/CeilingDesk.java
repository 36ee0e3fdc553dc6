package dev.fairground.pricing;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a change of ceilings does to the prices under them: which are above one now, or without one,
 * that were not before; clocks for their operators; checks on the days on which something changes.
 */
final class CeilingDesk {
  private final PricedProductRepository products;
  private final CeilingWriter writer;
  private final CorrectionClocks clocks;
  private final EventLog events;

  CeilingDesk(Database database) {
    this.products = new PricedProductRepository(database);
    this.writer = new CeilingWriter(database);
    this.clocks = new CorrectionClocks(database);
    this.events = new EventLog(database);
  }

  CeilingWriter writer() {
    return writer;
  }

  Future<List<Ceiling>> ceilings(SqlConnection transaction, UUID grantId, LocalDate from) {
    return products.ceilings(transaction, grantId, from);
  }

  /** The products that a class of ceilings is about, with their prices of that class. */
  private record Charged(List<PricedProduct> products, Map<UUID, List<Price>> prices) {
    List<Line> lines(List<Ceiling> ceilings, LocalDate from) {
      var lines = new ArrayList<Line>();
      for (var product : products) {
        lines.addAll(product.lines(prices.getOrDefault(product.id(), List.of()), ceilings, from));
      }
      return lines;
    }

    Map<String, PricedProduct> byPrice() {
      var byPrice = new HashMap<String, PricedProduct>();
      products.forEach(
          product ->
              prices
                  .getOrDefault(product.id(), List.of())
                  .forEach(price -> byPrice.put(price.id(), product)));
      return byPrice;
    }
  }

  private Future<Charged> charged(
      SqlConnection transaction, UUID grantId, String itemClass, LocalDate from) {
    return products
        .charged(transaction, grantId, itemClass, from)
        .compose(
            ids ->
                products
                    .products(transaction, ids)
                    .compose(
                        found ->
                            products
                                .tariffs(transaction, ids, from)
                                .map(tariffs -> new Charged(found, prices(tariffs, itemClass)))));
  }

  private static Map<UUID, List<Price>> prices(
      List<PricedProductRepository.OfProduct> tariffs, String itemClass) {
    var prices = new HashMap<UUID, List<Price>>();
    for (var found : tariffs) {
      var price = found.tariff().price();
      if (price.itemClass().equals(itemClass)) {
        prices.computeIfAbsent(found.productId(), unseen -> new ArrayList<>()).add(price);
      }
    }
    return prices;
  }

  /**
   * Changes ceilings of one class under a held authorization, and tells what follows.
   *
   * @param changed global id of what is told to have changed, and its version, once it is done
   * @param turns days on which prices have to be checked anew
   */
  Future<List<PriceFinding>> change(
      SqlConnection transaction,
      Write write,
      CeilingWriter.Grant grant,
      String itemClass,
      Collection<LocalDate> turns,
      Supplier<Future<List<NewEvent>>> changed) {
    var today = write.moment().day();
    return charged(transaction, grant.id(), itemClass, today)
        .compose(
            charged ->
                ceilings(transaction, grant.id(), today)
                    .compose(
                        before ->
                            changed
                                .get()
                                .compose(happened -> events.append(transaction, write, happened))
                                .compose(told -> ceilings(transaction, grant.id(), today))
                                .compose(
                                    after ->
                                        follow(
                                            transaction,
                                            write,
                                            grant,
                                            charged,
                                            charged.lines(before, today),
                                            charged.lines(after, today),
                                            turns))));
  }

  private Future<List<PriceFinding>> follow(
      SqlConnection transaction,
      Write write,
      CeilingWriter.Grant grant,
      Charged charged,
      List<Line> before,
      List<Line> after,
      Collection<LocalDate> turns) {
    var found = added(before, after);
    var byPrice = charged.byPrice();
    var ids = charged.products().stream().map(PricedProduct::id).toList();
    Future<Void> checks = Future.succeededFuture();
    for (var day : new HashSet<>(turns)) {
      checks =
          checks.compose(
              done ->
                  writer.check(
                      transaction, grant.operatorId(), ids, CeilingWriter.begin(write, day)));
    }
    return checks
        .compose(done -> clocks.settle(transaction, write, byPrice.keySet(), after))
        .compose(done -> clocks.start(transaction, write, above(found, byPrice)))
        .map(
            due ->
                found.stream()
                    .map(
                        line ->
                            PriceFinding.of(
                                line, line.kind() == Kind.ABOVE ? due.get(line.priceId()) : null))
                    .toList());
  }

  /** What is above a ceiling as things are now; nothing where that is there no more. */
  Future<List<PriceFinding>> above(SqlConnection transaction, Write write, UUID ceilingId) {
    var today = write.moment().day();
    return writer
        .find(transaction, write, ceilingId)
        .compose(
            ceiling ->
                ceiling == null
                    ? Future.succeededFuture(List.<PriceFinding>of())
                    : charged(transaction, ceiling.grantId(), ceiling.itemClass(), today)
                        .compose(
                            charged ->
                                ceilings(transaction, ceiling.grantId(), today)
                                    .compose(
                                        ceilings ->
                                            due(
                                                transaction,
                                                above(
                                                    charged.lines(ceilings, today), ceilingId)))));
  }

  private static List<Line> above(List<Line> lines, UUID ceilingId) {
    var id = Ids.write(PricingResolver.CEILING, ceilingId);
    return added(
        List.of(),
        lines.stream()
            .filter(line -> line.kind() == Kind.ABOVE && id.equals(line.ceilingId()))
            .toList());
  }

  private Future<List<PriceFinding>> due(SqlConnection transaction, List<Line> lines) {
    return clocks
        .running(transaction, lines.stream().map(Line::priceId).distinct().toList())
        .map(
            due ->
                lines.stream()
                    .map(line -> PriceFinding.of(line, due.get(line.priceId())))
                    .toList());
  }

  /**
   * Findings that are new, and not those of before on fewer days; what is the same for several
   * scenarios is told once.
   */
  private static List<Line> added(List<Line> before, List<Line> after) {
    var known = new HashMap<Line, List<Period>>();
    before.forEach(
        line ->
            known.computeIfAbsent(line.undated(), unseen -> new ArrayList<>()).add(line.days()));
    var told = new LinkedHashMap<PriceFinding, Line>();
    after.stream()
        .filter(
            line ->
                line.isFinding()
                    && known.getOrDefault(line.undated(), List.of()).stream()
                        .noneMatch(days -> covers(days, line.days())))
        .forEach(line -> told.putIfAbsent(PriceFinding.of(line, null), line));
    return List.copyOf(told.values());
  }

  private static boolean covers(Period days, Period some) {
    var last = some.endsOn();
    return days.contains(some.startsOn())
        && (days.endsOn() == null || last != null && !last.isAfter(days.endsOn()));
  }

  private static List<CorrectionClocks.Above> above(
      List<Line> found, Map<String, PricedProduct> byPrice) {
    var first = new LinkedHashMap<String, CorrectionClocks.Above>();
    for (var line : found) {
      if (line.kind() == Kind.ABOVE) {
        var product = byPrice.get(line.priceId());
        if (product != null) {
          first.merge(
              line.priceId(),
              new CorrectionClocks.Above(line.priceId(), product, line.days().startsOn()),
              (one, other) -> one.from().isAfter(other.from()) ? other : one);
        }
      }
    }
    return List.copyOf(first.values());
  }

  /** Tells everybody that a ceiling changed. */
  static NewEvent event(
      CeilingWriter.Grant grant, UUID ceiling, @Nullable Integer version, List<String> fields) {
    return new NewEvent(
        EventType.CEILING_CHANGED,
        Ids.write(PricingResolver.CEILING, ceiling),
        version,
        grant.institutionId(),
        true,
        fields);
  }
}
