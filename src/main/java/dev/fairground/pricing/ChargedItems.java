package dev.fairground.pricing;

import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is charged for products, and what may be charged: for features that quote prices. */
public final class ChargedItems {
  private final PricedProductRepository products;

  public ChargedItems(Database database) {
    this.products = new PricedProductRepository(database);
  }

  /**
   * A tariff of a product.
   *
   * @param position its place in the price list, from 1
   */
  public record Charged(
      UUID productId,
      UUID tariffId,
      int version,
      int position,
      @Nullable String freeConditions,
      Price price) {}

  /** Tariffs that are charged on a day or later, by product; one statement. */
  public Future<Map<UUID, List<Charged>>> tariffs(
      SqlConnection transaction, Collection<UUID> ids, LocalDate from) {
    return products.tariffs(transaction, ids, from).map(ChargedItems::charged);
  }

  /** The same as it was at the moment read. */
  public Future<Map<UUID, List<Charged>>> tariffs(
      Reads reads, Moment moment, Collection<UUID> ids, LocalDate from) {
    return products.tariffs(reads, at(moment), ids, from).map(ChargedItems::charged);
  }

  /** Ceilings that hold on a day or later, by authorization; one statement. */
  public Future<Map<UUID, List<Ceiling>>> ceilings(
      SqlConnection transaction, Collection<UUID> grants, LocalDate from) {
    return products.ceilings(transaction, grants, from).map(ChargedItems::ceilings);
  }

  /** The same as it was at the moment read. */
  public Future<Map<UUID, List<Ceiling>>> ceilings(
      Reads reads, Moment moment, Collection<UUID> grants, LocalDate from) {
    return products.ceilings(reads, at(moment), grants, from).map(ChargedItems::ceilings);
  }

  private static Object at(Moment moment) {
    return moment.at().atOffset(ZoneOffset.UTC);
  }

  private static Map<UUID, List<Charged>> charged(List<PricedProductRepository.OfProduct> found) {
    return grouped(
        found,
        PricedProductRepository.OfProduct::productId,
        one -> {
          var tariff = one.tariff();
          return new Charged(
              one.productId(),
              tariff.id(),
              tariff.version(),
              tariff.position(),
              tariff.freeConditions(),
              tariff.price());
        });
  }

  private static Map<UUID, List<Ceiling>> ceilings(List<PricedProductRepository.OfGrant> found) {
    return grouped(
        found, PricedProductRepository.OfGrant::grantId, PricedProductRepository.OfGrant::ceiling);
  }

  private static <R, V> Map<UUID, List<V>> grouped(
      List<R> rows, Function<R, UUID> key, Function<R, V> value) {
    var groups = new HashMap<UUID, List<V>>();
    for (var row : rows) {
      groups.computeIfAbsent(key.apply(row), unseen -> new ArrayList<>()).add(value.apply(row));
    }
    return groups;
  }
}
