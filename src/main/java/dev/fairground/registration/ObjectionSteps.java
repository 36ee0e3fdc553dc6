package dev.fairground.registration;

import dev.fairground.clock.Clocks;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.party.PartyResolver;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Objections to what is in publicity: raised under a real name and with evidence, answered by the
 * applicant, decided by the registrar.
 */
final class ObjectionSteps {
  private static final String CLOCK = "objectionWd";

  private final Mutations mutations;
  private final RegistrationApplications applications;
  private final RegistrationObjections objections;
  private final RegistrationNotices notices;
  private final ApplicationDesk desk;
  private final Clocks clocks;
  private final EventLog events;

  ObjectionSteps(Database database, ApplicationDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.applications = new RegistrationApplications(database);
    this.objections = new RegistrationObjections(database);
    this.notices = new RegistrationNotices(database);
    this.desk = desk;
    this.clocks = new Clocks(database);
    this.events = new EventLog(database);
  }

  /** {@code registrationObject}: until the end of the last day of publicity. */
  Future<RegistrationObjectionPayload> object(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    UUID id = Objects.requireNonNull(input.id("noticeId", RegistrationNotice.PREFIX));
    var wrong = new ArrayList<UserError>();
    var form = ObjectionForm.read(input, wrong);
    return mutations.once(
        new Attempt<>("registrationObject", write, input, RegistrationObjectionPayload::refused),
        transaction ->
            applications
                .lock(transaction, id)
                .compose(
                    of -> {
                      // Without a publicity there is no notice, and nobody is told more.
                      if (of == null || of.publicityEndsOn() == null) {
                        return rejected(List.of(InputError.notFound(input, "noticeId")));
                      }
                      var errors = new ArrayList<>(wrong);
                      errors.addAll(against(write, input, of));
                      return errors.isEmpty()
                          ? raise(transaction, write, input, of, form)
                          : rejected(errors);
                    }),
        (transaction, made) ->
            Future.succeededFuture(new RegistrationObjectionPayload(Ids.uuid(made), List.of())));
  }

  /** Pure: who may object, and until when. */
  private static List<UserError> against(Write write, Arguments input, RegistrationApplication of) {
    var errors = new ArrayList<UserError>();
    var organization = input.id("organizationId", PartyResolver.PREFIX);
    var byRegistrar = write.viewer().may(Scope.REGISTRATION_DECIDE, of.registrarId());
    if (organization == null && !byRegistrar) {
      errors.add(
          new InputError(
              UserErrorCode.REQUIRED,
              "Name the organization that you object for. A person hands an objection to the registrar, which enters it.",
              input.path("organizationId"),
              "realName"));
    }
    if (organization != null && !write.viewer().may(Scope.REGISTRATION_OBJECT, organization)) {
      errors.add(ApplicationDesk.forbidden(input, "organizationId"));
    }
    if (organization != null && organization.equals(of.applicantId())) {
      errors.add(
          InputError.at(
              input,
              "organizationId",
              UserErrorCode.INVALID,
              "This is its own application. Withdraw it instead."));
    }
    var received = input.instant("receivedAt");
    if (received != null && (organization != null || received.isAfter(write.moment().now()))) {
      errors.add(
          InputError.at(
              input,
              "receivedAt",
              UserErrorCode.INVALID,
              "It is for what the registrar enters that has reached it before. Leave it out."));
    }
    var day =
        received == null || organization != null
            ? write.moment().day()
            : LocalDate.ofInstant(received, Moment.ZONE);
    if (!RegistrationNotice.takesObjections(of.state(), of.publicityEndsOn(), day)) {
      errors.add(
          new StateTransitionError(
              "Objections were taken until the end of %s, while it was in publicity. Ask the registrar to mark the registration as disputed."
                  .formatted(of.publicityEndsOn()),
              input.path("noticeId"),
              state(of),
              List.of()));
    }
    return errors;
  }

  /** As the public knows it. */
  private static String state(RegistrationApplication of) {
    return switch (of.state()) {
      case IN_PUBLICITY, OBJECTED -> "OPEN";
      default -> of.state().name();
    };
  }

  private Future<Verdict<RegistrationObjectionPayload>> raise(
      SqlConnection transaction,
      Write write,
      Arguments input,
      RegistrationApplication of,
      ObjectionForm form) {
    var id = UUID.randomUUID();
    var subject = Ids.write(RegistrationObjection.PREFIX, id);
    var received = input.instant("receivedAt");
    return objections
        .insert(
            transaction,
            write,
            id,
            of.id(),
            input.id("organizationId", PartyResolver.PREFIX),
            form,
            (received == null ? write.moment().now() : received).atOffset(ZoneOffset.UTC))
        .compose(
            raised ->
                clocks.start(
                    transaction,
                    write,
                    new Clocks.Start(
                        subject,
                        CLOCK,
                        of.jurisdictionCode(),
                        of.registrarId(),
                        of.applicantId(),
                        write.moment().day())))
        .compose(
            due ->
                desk.save(
                    transaction,
                    write,
                    new ApplicationCopy(of)
                        .state(State.OBJECTED, null)
                        .due(earlier(due, of))
                        .made()))
        .map(saved -> Verdict.accepted(new RegistrationObjectionPayload(id, List.of()), subject));
  }

  /** Of several objections the first has to be decided first. */
  private static LocalDate earlier(@Nullable LocalDate due, RegistrationApplication of) {
    if (due == null) {
      return of.dueOn();
    }
    return of.state() == State.OBJECTED && of.dueOn().isBefore(due) ? of.dueOn() : due;
  }

  /** What is done with an objection that is open, of an application that is locked. */
  @FunctionalInterface
  private interface Work {
    Future<Verdict<RegistrationObjectionPayload>> of(
        SqlConnection transaction, RegistrationApplication of, RegistrationObjection objection);
  }

  private Future<RegistrationObjectionPayload> open(
      String mutation, Write write, Arguments input, boolean byApplicant, Work work) {
    UUID id = Objects.requireNonNull(input.id("id", RegistrationObjection.PREFIX));
    return mutations.run(
        new Attempt<>(mutation, write, input, RegistrationObjectionPayload::refused),
        transaction ->
            objections
                .find(transaction, write, id)
                .compose(
                    seen ->
                        seen == null
                            ? rejected(List.of(InputError.notFound(input, "id")))
                            : applications
                                .lock(transaction, seen.applicationId())
                                .map(Objects::requireNonNull)
                                .compose(
                                    of ->
                                        objections
                                            .find(transaction, write, id)
                                            .map(Objects::requireNonNull)
                                            .compose(
                                                now -> {
                                                  var refused =
                                                      refusal(write, input, of, now, byApplicant);
                                                  return refused != null
                                                      ? rejected(List.of(refused))
                                                      : work.of(transaction, of, now);
                                                }))));
  }

  private static @Nullable UserError refusal(
      Write write,
      Arguments input,
      RegistrationApplication of,
      RegistrationObjection objection,
      boolean byApplicant) {
    var may =
        byApplicant
            ? write.viewer().may(Scope.REGISTRATION_WRITE, of.applicantId())
            : write.viewer().may(Scope.REGISTRATION_DECIDE, of.registrarId());
    if (!may) {
      return ApplicationDesk.forbidden(input, "id");
    }
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != objection.version()) {
      return VersionConflictError.of(input, objection.version());
    }
    return objection.state() == RegistrationObjection.State.OPEN
        ? null
        : new StateTransitionError(
            "An objection that is %s was decided. Raise another one if there is more to say."
                .formatted(objection.state()),
            input.path("id"),
            objection.state().name(),
            List.of());
  }

  /** {@code registrationObjectionAnswer}: the applicant's evidence against it. */
  Future<RegistrationObjectionPayload> answer(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var answer = ApplicationForm.reason(input, "answer", errors);
    return open(
        "registrationObjectionAnswer",
        write,
        input,
        true,
        (transaction, of, objection) ->
            errors.isEmpty()
                ? objections
                    .answer(transaction, write, objection.id(), answer)
                    .compose(
                        answered -> desk.save(transaction, write, new ApplicationCopy(of).made()))
                    .map(
                        saved ->
                            Verdict.accepted(
                                new RegistrationObjectionPayload(objection.id(), List.of())))
                : rejected(errors));
  }

  /** {@code registrationObjectionDecide}: upheld, it ends the application; rejected, it goes on. */
  Future<RegistrationObjectionPayload> decide(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var upheld = Boolean.TRUE.equals(input.bool("upheld"));
    var errors = new ArrayList<UserError>();
    var reasons = ApplicationForm.reason(input, "reasons", errors);
    return open(
        "registrationObjectionDecide",
        write,
        input,
        false,
        (transaction, of, objection) -> {
          if (!errors.isEmpty()) {
            return rejected(errors);
          }
          return objections
              .decide(
                  transaction,
                  write,
                  objection.id(),
                  upheld
                      ? RegistrationObjection.State.UPHELD
                      : RegistrationObjection.State.REJECTED,
                  reasons)
              .compose(
                  decided ->
                      clocks.meet(
                          transaction,
                          write,
                          Ids.write(RegistrationObjection.PREFIX, objection.id()),
                          CLOCK))
              .compose(
                  met ->
                      upheld
                          ? terminate(transaction, write, of, reasons)
                          : goOn(transaction, write, of))
              .compose(next -> desk.save(transaction, write, next))
              .compose(saved -> tell(transaction, write, objection))
              .map(
                  told ->
                      Verdict.accepted(
                          new RegistrationObjectionPayload(objection.id(), List.of())));
        });
  }

  /** Tells who raised it that it was decided. */
  private Future<Void> tell(
      SqlConnection transaction, Write write, RegistrationObjection objection) {
    var organization = objection.organizationId();
    return organization == null
        ? Future.succeededFuture()
        : events.append(
            transaction,
            write,
            List.of(
                new NewEvent(
                    EventType.REGISTRATION_CHANGED,
                    objection.globalId(),
                    objection.version() + 1,
                    organization,
                    false,
                    List.of("state", "reasons"))));
  }

  private Future<RegistrationApplication> terminate(
      SqlConnection transaction, Write write, RegistrationApplication of, String reasons) {
    return objections
        .close(transaction, write, of.id())
        .compose(
            closed -> {
              var stopped = clocks.stop(transaction, write, of.globalId());
              for (var other : closed) {
                stopped =
                    stopped.compose(
                        done ->
                            clocks.stop(
                                transaction,
                                write,
                                Ids.write(RegistrationObjection.PREFIX, other)));
              }
              return stopped;
            })
        .compose(
            stopped ->
                notices.end(transaction, write, of.id(), RegistrationNotice.Stand.TERMINATED, null))
        .map(ended -> new ApplicationCopy(of).state(State.TERMINATED, reasons).made());
  }

  /** Its last day stays what it was: an objection does not shorten the publicity. */
  private Future<RegistrationApplication> goOn(
      SqlConnection transaction, Write write, RegistrationApplication of) {
    return objections
        .open(transaction, of.id())
        .map(
            open ->
                open > 0
                    ? new ApplicationCopy(of).made()
                    : new ApplicationCopy(of)
                        .state(State.IN_PUBLICITY, null)
                        .due(of.publicityEndsOn())
                        .made());
  }

  private static Future<Verdict<RegistrationObjectionPayload>> rejected(List<UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }
}
