package dev.fairground.pricing;

import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Tier;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a plan makes of the tariffs that there are. Pure. An item that stays as it is keeps its
 * record; what is charged before the plan begins is never touched.
 *
 * @param ends tariffs that get another last day
 * @param withdrawn tariffs that do not begin any more
 * @param added items that get a record of their own
 * @param set items that are other than before, be it only in their last day
 */
record TariffPlan(
    List<End> ends, List<UUID> withdrawn, List<TariffItem> added, List<TariffItem> set) {
  /**
   * A tariff as it is.
   *
   * @param price its content
   */
  record Current(
      UUID id,
      int version,
      int position,
      @Nullable String freeConditions,
      @Nullable UUID payeeId,
      Price price) {

    private boolean holds(LocalDate day) {
      return price.endsOn() == null || !price.endsOn().isBefore(day);
    }

    private boolean is(TariffItem item) {
      return position == item.position()
          && price.item().equals(item.item())
          && price.itemClass().equals(item.itemClass())
          && price.unit().equals(item.unit())
          && Objects.equals(price.unitText(), item.unitText())
          && price.currency().equals(item.currency())
          && isSame(price.baseFee(), item.baseFee())
          && Objects.equals(price.baseFeePeriod(), item.baseFeePeriod())
          && Set.copyOf(price.purposeClasses()).equals(Set.copyOf(item.purposeClasses()))
          && Objects.equals(freeConditions, item.freeConditions())
          && Objects.equals(payeeId, item.payeeId())
          && price.trial() == item.trial()
          && isSame(price.tiers(), item.tiers());
    }
  }

  /** A tariff's new last day; null for none. */
  record End(UUID id, @Nullable LocalDate endsOn) {}

  static TariffPlan of(List<Current> current, List<TariffItem> items, LocalDate from) {
    var ends = new ArrayList<End>();
    var withdrawn = new ArrayList<UUID>();
    var added = new ArrayList<TariffItem>();
    var kept = new HashSet<UUID>();
    var set = new ArrayList<TariffItem>();
    for (var item : items) {
      var same =
          current.stream()
              .filter(
                  tariff ->
                      tariff.is(item)
                          && !tariff.price().effectiveOn().isAfter(from)
                          && tariff.holds(from.minusDays(1)))
              .findFirst();
      if (same.isPresent()) {
        kept.add(same.get().id());
        if (!Objects.equals(same.get().price().endsOn(), item.endsOn())) {
          ends.add(new End(same.get().id(), item.endsOn()));
          set.add(item);
        }
      } else {
        added.add(item);
        set.add(item);
      }
    }
    for (var tariff : current) {
      if (!kept.contains(tariff.id()) && tariff.holds(from)) {
        if (tariff.price().effectiveOn().isBefore(from)) {
          ends.add(new End(tariff.id(), from.minusDays(1)));
        } else {
          withdrawn.add(tariff.id());
        }
      }
    }
    return new TariffPlan(ends, withdrawn, added, set);
  }

  /** One tariff gets its last day, or does not begin. */
  static TariffPlan ending(UUID id, LocalDate last, boolean withdrawn) {
    return withdrawn
        ? new TariffPlan(List.of(), List.of(id), List.of(), List.of())
        : new TariffPlan(List.of(new End(id, last)), List.of(), List.of(), List.of());
  }

  boolean changesNothing() {
    return ends.isEmpty() && withdrawn.isEmpty() && added.isEmpty();
  }

  private static boolean isSame(List<Tier> some, List<Tier> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!isSame(some.get(i).fromQuantity(), others.get(i).fromQuantity())
          || !isSame(some.get(i).unitPrice(), others.get(i).unitPrice())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == other : one.compareTo(other) == 0;
  }
}
