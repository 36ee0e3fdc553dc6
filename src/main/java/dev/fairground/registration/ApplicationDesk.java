package dev.fairground.registration;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of one application have in common: it is read and locked, the caller, the
 * version and the state are checked in this order, the change is decided, written and told.
 */
final class ApplicationDesk {
  /** The steps that change what everybody reads. */
  private static final Set<ApplicationAction> PUBLIC =
      Set.of(
          ApplicationAction.WITHDRAW,
          ApplicationAction.PASS_REVIEW,
          ApplicationAction.DECIDE_OBJECTION,
          ApplicationAction.SUBMIT,
          ApplicationAction.CODE);

  private final Mutations hidden;
  private final Mutations open;
  private final RegistrationApplications applications;
  private final EventLog events;

  ApplicationDesk(Database database) {
    this.hidden = Mutations.ofHiddenContent(database);
    this.open = Mutations.ofPublicContent(database);
    this.applications = new RegistrationApplications(database);
    this.events = new EventLog(database);
  }

  /**
   * What a step comes to.
   *
   * @param affected the products that it bears on
   */
  record Outcome(RegistrationApplication application, Affected affected) {
    static Outcome of(RegistrationApplication application) {
      return new Outcome(application, Affected.NONE);
    }
  }

  /** Decides on an application that is there and whose state allows the step. */
  @FunctionalInterface
  interface Decision {
    /** The application as it is to be. */
    Future<Verdict<Outcome>> of(SqlConnection transaction, RegistrationApplication application);
  }

  /** Changes an application. */
  Future<RegistrationApplicationPayload> change(
      String mutation, ApplicationAction action, Write write, Arguments input, Decision decision) {
    UUID id = Objects.requireNonNull(input.id("id", RegistrationApplication.PREFIX));
    return (PUBLIC.contains(action) ? open : hidden)
        .run(
            new Attempt<>(mutation, write, input, RegistrationApplicationPayload::refused),
            transaction ->
                applications
                    .findForUpdate(transaction, write, id)
                    .compose(
                        found -> {
                          if (found == null) {
                            return Future.succeededFuture(
                                Verdict.rejected(InputError.notFound(input, "id")));
                          }
                          var refused = refusal(action, write, input, found);
                          return refused != null
                              ? Future.succeededFuture(refused)
                              : decision
                                  .of(transaction, found)
                                  .compose(verdict -> settle(transaction, write, verdict));
                        }));
  }

  private static @Nullable Verdict<RegistrationApplicationPayload> refusal(
      ApplicationAction action, Write write, Arguments input, RegistrationApplication found) {
    if (!ApplicationRules.isFor(action, found, write.viewer())) {
      return Verdict.rejected(forbidden(input, "id"));
    }
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != found.version()) {
      return Verdict.rejected(VersionConflictError.of(input, found.version()));
    }
    var today = write.moment().day();
    var allowed = ApplicationRules.actions(found, write.viewer(), today);
    return allowed.contains(action)
        ? null
        : Verdict.rejected(
            new StateTransitionError(
                ApplicationRules.refusal(action, found, today),
                input.path("id"),
                found.state().name(),
                allowed.stream().map(Enum::name).toList()));
  }

  static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "These credentials may read it, but not take this step with it.");
  }

  /** Writes what was decided, and tells it. */
  Future<Verdict<RegistrationApplicationPayload>> settle(
      SqlConnection transaction, Write write, Verdict<Outcome> verdict) {
    return switch (verdict) {
      case Verdict.Rejected<Outcome> rejected ->
          Future.succeededFuture(Verdict.rejected(rejected.errors()));
      case Verdict.Accepted<Outcome> accepted ->
          save(transaction, write, accepted.payload().application())
              .map(
                  saved ->
                      Verdict.accepted(
                          RegistrationApplicationPayload.of(saved, accepted.payload().affected()),
                          saved.globalId()));
    };
  }

  /** Writes an application as it is to be, and tells both sides. */
  Future<RegistrationApplication> save(
      SqlConnection transaction, Write write, RegistrationApplication changed) {
    return applications
        .save(transaction, write, changed)
        .compose(saved -> tell(transaction, write, saved, List.of("state", "version")).map(saved));
  }

  /** Tells the applicant, and the registrar from the submission on. */
  Future<Void> tell(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      List<String> changedFields) {
    var told = new ArrayList<NewEvent>();
    told.add(event(of, of.applicantId(), changedFields));
    if (of.submittedAt() != null && !of.registrarId().equals(of.applicantId())) {
      told.add(event(of, of.registrarId(), changedFields));
    }
    return events.append(transaction, write, told);
  }

  private static NewEvent event(
      RegistrationApplication of, UUID organization, List<String> changedFields) {
    return new NewEvent(
        EventType.REGISTRATION_CHANGED,
        of.globalId(),
        of.version(),
        organization,
        false,
        changedFields);
  }
}
