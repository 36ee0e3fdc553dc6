package dev.fairground.pricing;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The mutation {@code tariffSet}: all prices of a product from a day on. */
final class TariffSet {
  private final Mutations mutations;
  private final TariffDesk desk;

  TariffSet(Database database, TariffDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.desk = desk;
  }

  Future<PricePlanPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id =
        Objects.requireNonNull(
            input.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    var errors = new ArrayList<UserError>();
    var from = PriceForm.effectiveOn(input, write.moment().day(), errors);
    var items = TariffItem.read(input, from, errors);
    PriceForm.words(input, "note", 2_000, errors);
    return mutations.once(
        new Attempt<>("tariffSet", write, input, PricePlanPayload::refused),
        transaction ->
            desk.hold(
                transaction,
                write,
                input,
                "productId",
                id,
                held -> set(transaction, write, input, held, items, from, errors)),
        desk::again);
  }

  private Future<Verdict<PricePlanPayload>> set(
      SqlConnection transaction,
      Write write,
      Arguments input,
      TariffDesk.Held held,
      List<TariffItem> items,
      LocalDate from,
      List<UserError> errors) {
    var conflict = TariffDesk.conflict(input, held.standing().version());
    if (conflict != null) {
      return TariffDesk.rejected(conflict);
    }
    var plan = TariffPlan.of(held.tariffs(), items, from);
    return desk.writer()
        .unknownPayees(
            transaction, items.stream().map(TariffItem::payeeId).filter(Objects::nonNull).toList())
        .compose(
            unknown -> {
              errors.addAll(payees(items, unknown));
              if (errors.isEmpty()) {
                errors.addAll(
                    PriceFindings.against(held.product(), plan.set(), held.ceilings(), from));
              }
              if (errors.isEmpty() && plan.changesNothing()) {
                errors.add(
                    PriceForm.invalid(
                        input, "items", "These are the prices from that day on already."));
              }
              return errors.isEmpty()
                  ? desk.write(
                      transaction,
                      write,
                      input,
                      "productId",
                      held,
                      plan,
                      from,
                      input.string("note"))
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  private static List<UserError> payees(List<TariffItem> items, List<UUID> unknown) {
    return items.stream()
        .filter(item -> item.payeeId() != null && unknown.contains(item.payeeId()))
        .<UserError>map(
            item ->
                InputError.at(
                    item.input(),
                    "payee",
                    UserErrorCode.NOT_FOUND,
                    "There is no such organization."))
        .toList();
  }
}
