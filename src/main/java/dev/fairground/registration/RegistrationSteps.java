package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a registrar does on its own motion: {@code registrationRevoke} and {@code
 * registrationDisputeMark}.
 */
final class RegistrationSteps {
  private final Mutations mutations;
  private final RegisteredVersions versions;
  private final RegistrationStandings standings;
  private final RegistrationEffects effects;

  RegistrationSteps(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.versions = new RegisteredVersions(database);
    this.standings = new RegistrationStandings(database);
    this.effects = new RegistrationEffects(database);
  }

  /** Takes back what was given on false material, was tampered with, or is used unlawfully. */
  Future<RegistrationPayload> revoke(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var reason = ApplicationForm.reason(input, "reason", errors);
    return step(
        "registrationRevoke",
        RegistrationAction.REVOKE,
        write,
        input,
        errors,
        (transaction, registration) -> {
          var next = registration.moved(registration.kind(), Registration.State.REVOKED, reason);
          return versions
              .next(transaction, write, next, List.of("state", "stateReason"))
              .compose(written -> effects.ofRevoked(transaction, write, next, reason));
        });
  }

  /** Says that somebody objects to what is registered, or that nobody does any more. */
  Future<RegistrationPayload> dispute(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var reason = ApplicationForm.reason(input, "reason", errors);
    var marked = Boolean.TRUE.equals(input.bool("disputed"));
    return step(
        "registrationDisputeMark",
        marked ? RegistrationAction.MARK_DISPUTE : RegistrationAction.CLEAR_DISPUTE,
        write,
        input,
        errors,
        (transaction, registration) -> {
          var next = registration.disputed(marked, reason);
          return versions
              .next(transaction, write, next, List.of("disputeMark", "stateReason"))
              .compose(written -> effects.of(transaction, write, next));
        });
  }

  /** Writes the next version, and says what follows. */
  @FunctionalInterface
  private interface Work {
    Future<Affected> of(SqlConnection transaction, Registration registration);
  }

  private Future<RegistrationPayload> step(
      String mutation,
      RegistrationAction action,
      Write write,
      Arguments input,
      List<UserError> errors,
      Work work) {
    UUID id = Objects.requireNonNull(input.id("id", Registration.PREFIX));
    return mutations.run(
        new Attempt<>(mutation, write, input, RegistrationPayload::refused),
        transaction ->
            versions
                .lock(transaction, id)
                .compose(
                    registration ->
                        registration == null
                            ? rejected(InputError.notFound(input, "id"))
                            : standings
                                .find(transaction, id, write.moment().day())
                                .map(Objects::requireNonNull)
                                .compose(
                                    standing ->
                                        allowed(
                                            transaction,
                                            action,
                                            write,
                                            input,
                                            registration,
                                            standing,
                                            errors,
                                            work))));
  }

  private static Future<Verdict<RegistrationPayload>> allowed(
      SqlConnection transaction,
      RegistrationAction action,
      Write write,
      Arguments input,
      Registration registration,
      RegistrationRules.Standing standing,
      List<UserError> errors,
      Work work) {
    if (!RegistrationRules.isFor(action, standing, write.viewer())) {
      return rejected(ApplicationDesk.forbidden(input, "id"));
    }
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != registration.version()) {
      return rejected(VersionConflictError.of(input, registration.version()));
    }
    var allowed = RegistrationRules.actions(standing, write.viewer(), write.moment().day());
    if (!allowed.contains(action)) {
      return rejected(
          new StateTransitionError(
              "A registration that is %s%s does not allow this step."
                  .formatted(
                      registration.state(), registration.disputeMark() ? " and disputed" : ""),
              input.path("id"),
              registration.state().name(),
              allowed.stream().map(Enum::name).toList()));
    }
    return errors.isEmpty()
        ? work.of(transaction, registration)
            .map(
                affected ->
                    Verdict.accepted(
                        new RegistrationPayload(
                            registration.id(), affected.count(), affected.first(), List.of())))
        : Future.succeededFuture(Verdict.rejected(errors));
  }

  private static Future<Verdict<RegistrationPayload>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
