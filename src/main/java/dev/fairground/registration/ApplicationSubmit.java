package dev.fairground.registration;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.Verdict;
import dev.fairground.registration.ApplicationDesk.Outcome;
import dev.fairground.registration.ApplicationGrounds.Ground;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code registrationApplicationSubmit}: the registrar's days to accept it count from
 * now, also where it comes again with what was missing.
 */
final class ApplicationSubmit {
  private final ApplicationDesk desk;
  private final ApplicationGrounds grounds;
  private final RegisteredVersions versions;
  private final FirstDeliveries deliveries;
  private final Clocks clocks;

  ApplicationSubmit(Database database, ApplicationDesk desk) {
    this.desk = desk;
    this.grounds = new ApplicationGrounds(database);
    this.versions = new RegisteredVersions(database);
    this.deliveries = new FirstDeliveries(database);
    this.clocks = new Clocks(database);
  }

  Future<RegistrationApplicationPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    return desk.change(
        "registrationApplicationSubmit",
        ApplicationAction.SUBMIT,
        write,
        input,
        (transaction, of) -> submit(transaction, write, of, input.path("id")));
  }

  /**
   * Submits a draft.
   *
   * @param at the path of the application in the arguments
   */
  Future<Verdict<Outcome>> submit(
      SqlConnection transaction, Write write, RegistrationApplication of, List<String> at) {
    var today = write.moment().day();
    return registration(transaction, of)
        .compose(
            registration ->
                grounds
                    .of(transaction, of.id(), today)
                    .compose(
                        ground -> {
                          var problems =
                              SubmissionRules.problems(of, ground, registration, today, at);
                          return problems.isEmpty()
                              ? submitted(transaction, write, of, ground)
                              : Future.succeededFuture(Verdict.rejected(problems));
                        }));
  }

  private Future<@Nullable Registration> registration(
      SqlConnection transaction, RegistrationApplication of) {
    return of.kind() == Registration.Kind.FIRST
        ? Future.succeededFuture()
        : versions.lock(transaction, Objects.requireNonNull(of.registrationId()));
  }

  private Future<Verdict<Outcome>> submitted(
      SqlConnection transaction, Write write, RegistrationApplication of, Ground ground) {
    var today = write.moment().day();
    var providedOn = of.providedOn() == null ? ground.deliveredOn() : of.providedOn();
    return lastDay(transaction, write, of, ground, providedOn)
        .compose(
            lastDay ->
                clocks
                    .meet(transaction, write, of.globalId(), "supplementWd")
                    .compose(
                        met ->
                            clocks.start(
                                transaction,
                                write,
                                new Clocks.Start(
                                    of.globalId(),
                                    "acceptWd",
                                    of.jurisdictionCode(),
                                    of.registrarId(),
                                    of.applicantId(),
                                    today)))
                    .map(
                        due ->
                            Verdict.accepted(
                                Outcome.of(
                                    new ApplicationCopy(of)
                                        .state(State.SUBMITTED, null)
                                        .due(due)
                                        .provided(
                                            of.kind() == Registration.Kind.FIRST
                                                ? providedOn
                                                : null)
                                        .late(
                                            of.late() || lastDay != null && today.isAfter(lastDay))
                                        .submitted(write)
                                        .made()))));
  }

  /** Until when it was to be applied for; null where no rule says so, or it was asked before. */
  private Future<@Nullable LocalDate> lastDay(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Ground ground,
      @Nullable LocalDate providedOn) {
    if (of.state() != State.DRAFT) {
      return Future.succeededFuture();
    }
    return switch (of.kind()) {
      case FIRST ->
          ground.registeredBefore()
              ? Future.succeededFuture()
              : sinceProvided(transaction, write, of, ground, Objects.requireNonNull(providedOn));
      case CHANGE ->
          changeRule(transaction, of)
              .compose(
                  rule ->
                      since(
                          transaction,
                          write,
                          of,
                          rule,
                          LocalDate.parse(of.request().getString("changedOn"))));
      case CORRECTION, CANCELLATION, RENEWAL -> Future.succeededFuture();
    };
  }

  /** A change of who registers may have days of its own. */
  private Future<String> changeRule(SqlConnection transaction, RegistrationApplication of) {
    var subject = RegistrationBlock.SUBJECT.field();
    return versions
        .content(transaction, Objects.requireNonNull(of.registrationId()))
        .map(
            before -> {
              var data = of.content().copy();
              var dataBefore = before.copy();
              var sameSubject = Objects.equals(data.remove(subject), dataBefore.remove(subject));
              return !sameSubject && data.equals(dataBefore) ? "changeSubjectWd" : "changeWd";
            });
  }

  private Future<@Nullable LocalDate> sinceProvided(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Ground ground,
      LocalDate providedOn) {
    var product = of.productId();
    if (product == null) {
      return since(transaction, write, of, FirstDeliveries.GRACE, providedOn);
    }
    var subject = FirstDeliveries.productId(ground.productKind(), product);
    var jurisdiction = ground.authorizedIn();
    return deliveries
        .report(
            transaction,
            write,
            Objects.requireNonNull(of.operatorId()),
            product,
            subject,
            jurisdiction == null ? of.jurisdictionCode() : jurisdiction,
            providedOn)
        .compose(reported -> deliveries.meet(transaction, write, subject, FirstDeliveries.GRACE));
  }

  /** A clock of the application itself, which is met as soon as it is known. */
  private Future<@Nullable LocalDate> since(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      String rule,
      LocalDate day) {
    return clocks
        .start(
            transaction,
            write,
            new Clocks.Start(
                of.globalId(),
                rule,
                of.jurisdictionCode(),
                of.applicantId(),
                of.registrarId(),
                day))
        .compose(due -> clocks.meet(transaction, write, of.globalId(), rule).map(due));
  }
}
