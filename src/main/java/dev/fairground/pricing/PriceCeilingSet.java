package dev.fairground.pricing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.event.NewEvent;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
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
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code priceCeilingSet}: a ceiling from a day on, in the place of another one if
 * that is named.
 */
final class PriceCeilingSet {
  private final Mutations mutations;
  private final CeilingDesk desk;

  PriceCeilingSet(Database database, CeilingDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.desk = desk;
  }

  /** What is to be written: a ceiling, and the one that it takes the place of. */
  private record Change(
      Arguments input,
      CeilingWriter.Grant grant,
      CeilingContent content,
      CeilingWriter.@Nullable Named replaced) {
    LocalDate lastOfReplaced() {
      return content.term().startsOn().minusDays(1);
    }
  }

  Future<PriceCeilingPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var id = Objects.requireNonNull(input.id("authorizationId", AuthorizationResolver.PREFIX));
    var errors = new ArrayList<UserError>();
    var content = CeilingContent.read(input, write.moment().day(), errors);
    return mutations.once(
        new Attempt<>("priceCeilingSet", write, input, PriceCeilingPayload::refused),
        transaction ->
            desk.writer()
                .hold(transaction, id)
                .compose(
                    grant -> {
                      var refused = refusal(write, input, grant);
                      return refused != null
                          ? TariffDesk.rejected(refused)
                          : decide(
                              transaction,
                              write,
                              input,
                              Objects.requireNonNull(grant),
                              content,
                              errors);
                    }),
        (transaction, made) ->
            desk.above(transaction, write, Ids.uuid(made))
                .map(
                    findings ->
                        new PriceCeilingPayload(Ids.uuid(made), null, findings, List.of())));
  }

  private static @Nullable UserError refusal(
      Write write, Arguments input, CeilingWriter.@Nullable Grant grant) {
    if (grant == null) {
      return InputError.notFound(input, "authorizationId");
    }
    if (!write.viewer().may(Scope.CEILING_WRITE, grant.institutionId())) {
      return TariffDesk.forbidden(input, "authorizationId");
    }
    return grant.state().equals("ENDED")
        ? new StateTransitionError(
            "The authorization has ended. Nothing is charged under it any more.",
            input.path("authorizationId"),
            grant.state(),
            List.of())
        : null;
  }

  private Future<Verdict<PriceCeilingPayload>> decide(
      SqlConnection transaction,
      Write write,
      Arguments input,
      CeilingWriter.Grant grant,
      CeilingContent content,
      List<UserError> errors) {
    var replaces = input.id("replaces", PricingResolver.CEILING);
    return (replaces == null
            ? Future.succeededFuture((CeilingWriter.@Nullable Named) null)
            : desk.writer().find(transaction, write, replaces))
        .compose(
            replaced ->
                desk.writer()
                    .isScenario(transaction, content.scenarioId())
                    .compose(
                        isScenario ->
                            desk.ceilings(transaction, grant.id(), write.moment().day())
                                .compose(
                                    ceilings -> {
                                      var change = new Change(input, grant, content, replaced);
                                      if (!isScenario) {
                                        errors.add(InputError.notFound(input, "scenario"));
                                      }
                                      errors.addAll(against(change, replaces, ceilings));
                                      return errors.isEmpty()
                                          ? write(transaction, write, change)
                                          : Future.succeededFuture(Verdict.rejected(errors));
                                    })));
  }

  /** Pure: what stands against a ceiling beside those that there are. */
  private static List<UserError> against(
      Change change, @Nullable UUID replaces, List<Ceiling> ceilings) {
    var input = change.input();
    var errors = new ArrayList<UserError>();
    var replaced = change.replaced();
    if (replaces != null) {
      var same =
          ceilings.stream()
              .filter(ceiling -> Ids.uuid(ceiling.id()).equals(replaces))
              .findFirst()
              .orElse(null);
      if (replaced == null || !replaced.grantId().equals(change.grant().id())) {
        errors.add(InputError.notFound(input, "replaces"));
      } else if (same == null || !change.content().isForTheSame(same)) {
        errors.add(
            PriceForm.invalid(
                input,
                "replaces",
                "It is for another class, scenario or unit, or has ended. A ceiling takes the place of one for the same."));
      } else if (same.endsOn() != null && !change.lastOfReplaced().isBefore(same.endsOn())) {
        errors.add(
            PriceForm.ruled(
                input,
                "replaces",
                UserErrorCode.INVALID,
                "It ends on %s, before this one begins, and would hold longer. Leave replaces out."
                    .formatted(same.endsOn())));
      } else if (!input.has("expectedVersion")) {
        errors.add(
            InputError.at(
                input,
                "expectedVersion",
                UserErrorCode.REQUIRED,
                "Say which version of the ceiling is replaced."));
      } else {
        var conflict = TariffDesk.conflict(input, replaced.version());
        if (conflict != null) {
          errors.add(conflict);
        }
      }
    }
    for (var other : ceilings) {
      if (!Ids.uuid(other.id()).equals(replaces)
          && change.content().isForTheSame(other)
          && change.content().overlaps(other)) {
        errors.add(
            new PriceOverlapError(
                "There is a ceiling for the same class, scenario and unit from %s %s. Name it in replaces, or choose other days."
                    .formatted(
                        other.effectiveOn(),
                        other.endsOn() == null ? "on" : "to " + other.endsOn()),
                input.path("effectiveOn"),
                PriceForm.CEILING_RULE,
                other.id()));
      }
    }
    return errors;
  }

  private Future<Verdict<PriceCeilingPayload>> write(
      SqlConnection transaction, Write write, Change change) {
    var replaced = change.replaced();
    var set = new UUID[1];
    var turns = new ArrayList<>(CeilingWriter.turns(change.content().term(), write.moment().day()));
    return desk.change(
            transaction,
            write,
            change.grant(),
            change.content().itemClass(),
            turns,
            () ->
                (replaced == null
                        ? Future.<Void>succeededFuture()
                        : desk.writer().end(transaction, replaced, change.lastOfReplaced()))
                    .compose(
                        done ->
                            desk.writer().add(transaction, write, change.grant(), change.content()))
                    .map(
                        id -> {
                          set[0] = id;
                          return happened(change, id);
                        }))
        .map(
            findings ->
                Verdict.accepted(
                    new PriceCeilingPayload(
                        set[0], replaced == null ? null : replaced.id(), findings, List.of()),
                    Ids.write(PricingResolver.CEILING, set[0])));
  }

  private static List<NewEvent> happened(Change change, UUID id) {
    var happened = new ArrayList<NewEvent>();
    var replaced = change.replaced();
    if (replaced != null) {
      happened.add(
          CeilingDesk.event(
              change.grant(),
              replaced.id(),
              EndOfTerm.isWithdrawal(replaced.term(), change.lastOfReplaced())
                  ? replaced.version()
                  : replaced.version() + 1,
              List.of("term")));
    }
    happened.add(CeilingDesk.event(change.grant(), id, 1, List.of()));
    return happened;
  }
}
