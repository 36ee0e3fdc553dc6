package dev.fairground.registration;

import dev.fairground.clock.Clocks;
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
 * The mutation {@code registrationObject}: raised under a real name and with evidence, for an
 * organization, or entered by the registrar for a person.
 */
final class ObjectionRaise {
  private static final String CLOCK = ObjectionSteps.CLOCK;

  private final Mutations mutations;
  private final RegistrationApplications applications;
  private final RegistrationObjections objections;
  private final ApplicationDesk desk;
  private final Clocks clocks;

  ObjectionRaise(Database database, ApplicationDesk desk) {
    this.mutations = Mutations.ofPublicContent(database);
    this.applications = new RegistrationApplications(database);
    this.objections = new RegistrationObjections(database);
    this.desk = desk;
    this.clocks = new Clocks(database);
  }

  /** {@code registrationObject}: until the end of the last day of publicity. */
  Future<RegistrationObjectionPayload> run(Write write, Arguments arguments) {
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
    if (of.acceptedOn() != null && day.isBefore(of.acceptedOn())) {
      errors.add(
          InputError.at(
              input,
              "receivedAt",
              UserErrorCode.INVALID,
              "Nobody objects to a notice before there is one: it was accepted on %s. Give the moment at which the objection came."
                  .formatted(of.acceptedOn())));
    }
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

  private static Future<Verdict<RegistrationObjectionPayload>> rejected(List<UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }
}
