package dev.fairground.pricing;

import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of a product's prices have in common: the product is found and held, the change
 * is decided, written, checked as it then is, and told.
 */
final class TariffDesk {
  private final PricedProductRepository products;
  private final TariffWriter writer;
  private final CorrectionClocks clocks;
  private final Checks checks;
  private final EventLog events;

  TariffDesk(Database database) {
    this.products = new PricedProductRepository(database);
    this.writer = new TariffWriter(database);
    this.clocks = new CorrectionClocks(database);
    this.checks = new Checks(database);
    this.events = new EventLog(database);
  }

  TariffWriter writer() {
    return writer;
  }

  /** A product's prices, held until the transaction ends. */
  record Held(
      PricedProduct product,
      TariffWriter.Standing standing,
      List<TariffPlan.Current> tariffs,
      List<Ceiling> ceilings) {}

  /** What is to be done with the prices. */
  @FunctionalInterface
  interface Work {
    Future<Verdict<PricePlanPayload>> of(Held held);
  }

  /** Holds a product's prices for those who may set them. */
  Future<Verdict<PricePlanPayload>> hold(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String member,
      @Nullable UUID productId,
      Work work) {
    if (productId == null) {
      return rejected(InputError.notFound(input, member));
    }
    return products
        .products(transaction, List.of(productId))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return rejected(InputError.notFound(input, member));
              }
              var product = found.getFirst();
              if (!write.viewer().may(Scope.PRICE_WRITE, product.operatorId())) {
                return rejected(forbidden(input, member));
              }
              return writer
                  .hold(transaction, product)
                  .compose(held -> products.products(transaction, List.of(productId)))
                  .compose(now -> held(transaction, write, input, member, now.getFirst(), work));
            });
  }

  private Future<Verdict<PricePlanPayload>> held(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String member,
      PricedProduct product,
      Work work) {
    if (product.status().equals("DELISTED")) {
      return rejected(
          new StateTransitionError(
              "The product was taken off the list for good. It has no prices any more.",
              input.path(member),
              product.status(),
              List.of()));
    }
    var today = write.moment().day();
    return writer
        .standing(transaction, write, product.id())
        .compose(
            standing ->
                products
                    .tariffs(transaction, List.of(product.id()), today.minusDays(1))
                    .compose(
                        tariffs ->
                            products
                                .ceilings(transaction, product.grantId(), today)
                                .compose(
                                    ceilings ->
                                        work.of(
                                            new Held(
                                                product,
                                                standing,
                                                tariffs.stream()
                                                    .map(PricedProductRepository.OfProduct::tariff)
                                                    .toList(),
                                                ceilings)))));
  }

  /** Writes a change that nothing stands against, unless a check does. */
  Future<Verdict<PricePlanPayload>> write(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String member,
      Held held,
      TariffPlan plan,
      LocalDate from,
      @Nullable String note) {
    return write(transaction, write, input, member, held, plan, from, note, List.of());
  }

  /** The same for one that only ends: what stood against the price before does not hold it up. */
  Future<Verdict<PricePlanPayload>> end(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String member,
      Held held,
      TariffPlan plan,
      LocalDate from,
      @Nullable String note) {
    return checks
        .standing(transaction, write, List.of(held.product().id()))
        .compose(
            before -> write(transaction, write, input, member, held, plan, from, note, before));
  }

  private Future<Verdict<PricePlanPayload>> write(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String member,
      Held held,
      TariffPlan plan,
      LocalDate from,
      @Nullable String note,
      List<Checks.Checked> before) {
    var product = held.product();
    return writer
        .write(transaction, product, held.standing(), plan, from, note)
        .compose(
            written ->
                checks
                    .ofProducts(transaction, write, Cause.PRICE_CHANGE, List.of(product.id()))
                    .compose(
                        checked -> {
                          var errors = new ArrayList<>(refusals(checked, input.path(member)));
                          errors.removeAll(refusals(before, input.path(member)));
                          return errors.isEmpty()
                              ? tell(transaction, write, held, written)
                              : Future.succeededFuture(Verdict.rejected(errors));
                        }));
  }

  /** The checks that a price can fail; what else stands against a product hinders no price. */
  private static final Set<Check> OF_PRICES = Set.of(Check.FA_06, Check.FA_07, Check.FA_17);

  /** What checks have against a change of prices, as it is told: each thing once. */
  static List<UserError> refusals(List<Checks.Checked> checked, List<String> path) {
    var errors = new LinkedHashSet<UserError>();
    for (var product : checked) {
      var ofPrices =
          product.results().stream().filter(result -> OF_PRICES.contains(result.check())).toList();
      errors.addAll(new Checks.Checked(product.productId(), ofPrices).errors(path));
    }
    return List.copyOf(errors);
  }

  private Future<Verdict<PricePlanPayload>> tell(
      SqlConnection transaction, Write write, Held held, PricePlan written) {
    var product = held.product();
    var before = held.tariffs().stream().map(tariff -> tariff.price().id()).toList();
    return lines(transaction, write, held)
        .compose(lines -> clocks.settle(transaction, write, before, lines))
        .compose(
            settled ->
                events.append(
                    transaction,
                    write,
                    List.of(
                        new NewEvent(
                            EventType.PRICE_CHANGED,
                            product.globalId(),
                            null,
                            product.operatorId(),
                            true,
                            List.of("pricePlan", "tariffs")))))
        .compose(told -> payload(transaction, written))
        .map(payload -> Verdict.accepted(payload, product.globalId() + ' ' + written.version()));
  }

  private Future<List<Line>> lines(SqlConnection transaction, Write write, Held held) {
    var today = write.moment().day();
    var product = held.product();
    return products
        .tariffs(transaction, List.of(product.id()), today)
        .map(
            now ->
                product.lines(
                    now.stream().map(found -> found.tariff().price()).toList(),
                    held.ceilings(),
                    today));
  }

  private Future<PricePlanPayload> payload(SqlConnection transaction, PricePlan plan) {
    return writer
        .changes(transaction, plan.productId(), plan.version())
        .map(changes -> new PricePlanPayload(plan.productId(), plan, changes, List.of()));
  }

  /** What was done under an idempotency key: the product's global id and the plan's version. */
  Future<PricePlanPayload> again(SqlConnection transaction, String made) {
    var parts = made.split(" ", 2);
    return writer
        .plan(transaction, dev.fairground.kernel.Ids.uuid(parts[0]), Integer.parseInt(parts[1]))
        .compose(plan -> payload(transaction, plan));
  }

  static @Nullable VersionConflictError conflict(Arguments input, int current) {
    var expected = input.integer("expectedVersion");
    return expected == null || expected == current ? null : VersionConflictError.of(input, current);
  }

  static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "These credentials may read it, but not take this step with it.");
  }

  static <P> Future<Verdict<P>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
