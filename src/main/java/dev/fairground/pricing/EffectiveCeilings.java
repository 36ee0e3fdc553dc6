package dev.fairground.pricing;

import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.graphql.Loader;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What tariffs come to beside their ceilings: three statements for all of a level, and one
 * comparison.
 */
final class EffectiveCeilings {
  private static final int MOST = 200;

  private final PricedProductRepository products;
  private final TariffRepository tariffs;

  EffectiveCeilings(Database database) {
    this.products = new PricedProductRepository(database);
    this.tariffs = new TariffRepository(database);
  }

  Loader<Tariff, Optional<LocalDate>, List<EffectiveCeiling>> loader() {
    return new Loader<>("effectiveCeilingsOfTariffs", this::load);
  }

  private Future<Map<Tariff, List<EffectiveCeiling>>> load(
      Reading reading, Optional<LocalDate> on, Collection<Tariff> asked) {
    var moment = reading.moment().at().atOffset(ZoneOffset.UTC);
    var ids = new HashSet<UUID>();
    asked.forEach(tariff -> ids.add(tariff.productId()));
    return products
        .products(reading.reads(), moment, ids)
        .compose(
            found -> {
              var grants = new HashSet<UUID>();
              found.forEach(product -> grants.add(product.grantId()));
              return products
                  .ceilings(reading.reads(), moment, grants, first(reading, on))
                  .compose(
                      ceilings ->
                          tariffs
                              .findTiers(reading, asked.stream().map(Tariff::key).toList())
                              .map(tiers -> compared(reading, on, asked, found, ceilings, tiers)));
            });
  }

  /** No earlier day is asked about. */
  private static LocalDate first(Reading reading, Optional<LocalDate> on) {
    return on.orElse(reading.moment().day());
  }

  private static LocalDate day(Reading reading, Optional<LocalDate> on, Tariff tariff) {
    var day = first(reading, on);
    var begin = tariff.term().startsOn();
    return on.isEmpty() && begin.isAfter(day) ? begin : day;
  }

  private static Map<Tariff, List<EffectiveCeiling>> compared(
      Reading reading,
      Optional<LocalDate> on,
      Collection<Tariff> asked,
      List<PricedProduct> products,
      List<PricedProductRepository.OfGrant> ceilings,
      List<PriceTier> tiers) {
    var byId = new HashMap<UUID, PricedProduct>();
    products.forEach(product -> byId.put(product.id(), product));
    var ofGrants = new HashMap<UUID, List<Ceiling>>();
    ceilings.forEach(
        found ->
            ofGrants
                .computeIfAbsent(found.grantId(), unseen -> new ArrayList<>())
                .add(found.ceiling()));
    var steps = new HashMap<Tariff.Version, List<Tier>>();
    tiers.forEach(
        tier ->
            steps
                .computeIfAbsent(tier.of(), unseen -> new ArrayList<>())
                .add(new Tier(tier.fromQuantity(), tier.unitPrice().amount())));
    var compared = new HashMap<Tariff, List<EffectiveCeiling>>();
    for (var tariff : asked) {
      var product = byId.get(tariff.productId());
      var day = day(reading, on, tariff);
      List<Line> lines =
          product == null
              ? List.of()
              : product.lines(
                  List.of(price(tariff, steps.getOrDefault(tariff.key(), List.of()))),
                  ofGrants.getOrDefault(product.grantId(), List.of()),
                  day);
      compared.put(
          tariff,
          lines.stream()
              .filter(line -> line.days().contains(day))
              .limit(MOST)
              .map(EffectiveCeiling::of)
              .toList());
    }
    return compared;
  }

  private static Price price(Tariff tariff, List<Tier> tiers) {
    var fee = tariff.baseFee();
    return new Price(
        Ids.write(PricingResolver.TARIFF, tariff.id()),
        tariff.validFrom().toInstant(),
        tariff.item(),
        tariff.itemClass(),
        tariff.unit(),
        tariff.unitText(),
        tariff.currency(),
        fee == null ? null : fee.amount(),
        tariff.baseFeePeriod(),
        tariff.purposeClasses(),
        tariff.freeOfCharge(),
        tariff.trial(),
        tariff.term().startsOn(),
        tariff.term().endsOn(),
        tiers);
  }
}
