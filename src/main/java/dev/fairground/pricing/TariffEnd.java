package dev.fairground.pricing;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;

/**
 * The mutation {@code tariffEnd}: one item is charged no longer, or not at all if it has not begun.
 */
final class TariffEnd {
  private final Mutations mutations;
  private final TariffDesk desk;

  TariffEnd(Database database, TariffDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.desk = desk;
  }

  Future<PricePlanPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id = Objects.requireNonNull(input.id("id", PricingResolver.TARIFF));
    return mutations.run(
        new Attempt<>("tariffEnd", write, input, PricePlanPayload::refused),
        transaction ->
            desk.writer()
                .productOf(transaction, id)
                .compose(
                    product ->
                        desk.hold(
                            transaction,
                            write,
                            input,
                            "id",
                            product,
                            held -> end(transaction, write, input, held, id))));
  }

  private Future<Verdict<PricePlanPayload>> end(
      SqlConnection transaction, Write write, Arguments input, TariffDesk.Held held, UUID id) {
    var found = held.tariffs().stream().filter(tariff -> tariff.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return TariffDesk.rejected(InputError.notFound(input, "id"));
    }
    var tariff = found.get();
    var conflict = TariffDesk.conflict(input, tariff.version());
    if (conflict != null) {
      return TariffDesk.rejected(conflict);
    }
    var errors = new ArrayList<UserError>();
    var last = Objects.requireNonNull(input.date("endsOn"));
    var note = PriceForm.words(input, "note", 2_000, errors);
    var term = new Period(tariff.price().effectiveOn(), tariff.price().endsOn());
    errors.addAll(EndOfTerm.against(input, term, last, write.moment().day()));
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    var plan = TariffPlan.ending(id, last, EndOfTerm.isWithdrawal(term, last));
    return desk.end(transaction, write, input, "id", held, plan, first(term, last), note);
  }

  /** The first day whose prices are other than before. */
  private static LocalDate first(Period term, LocalDate last) {
    return EndOfTerm.isWithdrawal(term, last) ? term.startsOn() : last.plusDays(1);
  }
}
