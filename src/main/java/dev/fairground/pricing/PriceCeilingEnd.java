package dev.fairground.pricing;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The mutation {@code priceCeilingEnd}: a ceiling gets its last day, and none takes its place. */
final class PriceCeilingEnd {
  private final Mutations mutations;
  private final CeilingDesk desk;

  PriceCeilingEnd(Database database, CeilingDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.desk = desk;
  }

  Future<PriceCeilingPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id = Objects.requireNonNull(input.id("id", PricingResolver.CEILING));
    return mutations.run(
        new Attempt<>("priceCeilingEnd", write, input, PriceCeilingPayload::refused),
        transaction -> find(transaction, write, input, id));
  }

  private Future<Verdict<PriceCeilingPayload>> find(
      SqlConnection transaction, Write write, Arguments input, UUID id) {
    return desk.writer()
        .find(transaction, write, id)
        .compose(
            ceiling ->
                ceiling == null
                    ? TariffDesk.rejected(InputError.notFound(input, "id"))
                    : desk.writer()
                        .hold(transaction, ceiling.grantId())
                        .compose(
                            grant ->
                                desk.writer()
                                    .find(transaction, write, id)
                                    .compose(
                                        now ->
                                            now == null || grant == null
                                                ? TariffDesk.rejected(
                                                    InputError.notFound(input, "id"))
                                                : end(transaction, write, input, grant, now))));
  }

  private Future<Verdict<PriceCeilingPayload>> end(
      SqlConnection transaction,
      Write write,
      Arguments input,
      CeilingWriter.Grant grant,
      CeilingWriter.Named ceiling) {
    if (!write.viewer().may(Scope.CEILING_WRITE, grant.institutionId())) {
      return TariffDesk.rejected(TariffDesk.forbidden(input, "id"));
    }
    var conflict = TariffDesk.conflict(input, ceiling.version());
    if (conflict != null) {
      return TariffDesk.rejected(conflict);
    }
    var last = Objects.requireNonNull(input.date("endsOn"));
    var errors = EndOfTerm.against(input, ceiling.term(), last, write.moment().day());
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    var withdrawn = EndOfTerm.isWithdrawal(ceiling.term(), last);
    List<LocalDate> turns = List.of(withdrawn ? ceiling.term().startsOn() : last.plusDays(1));
    return desk.change(
            transaction,
            write,
            grant,
            ceiling.itemClass(),
            turns,
            () ->
                desk.writer()
                    .end(transaction, ceiling, last)
                    .map(
                        done ->
                            List.of(
                                CeilingDesk.event(
                                    grant,
                                    ceiling.id(),
                                    withdrawn ? ceiling.version() : ceiling.version() + 1,
                                    List.of("term")))))
        .map(
            findings ->
                Verdict.accepted(new PriceCeilingPayload(ceiling.id(), null, findings, List.of())));
  }
}
