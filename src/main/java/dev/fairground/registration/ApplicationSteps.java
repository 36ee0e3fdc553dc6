package dev.fairground.registration;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import dev.fairground.registration.ApplicationDesk.Outcome;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The steps of an application before its review is decided, and its withdrawal. */
final class ApplicationSteps {
  private final ApplicationDesk desk;
  private final RegistrationNotices notices;
  private final ApplicationStarts starts;
  private final Clocks clocks;

  ApplicationSteps(Database database, ApplicationDesk desk) {
    this.desk = desk;
    this.notices = new RegistrationNotices(database);
    this.starts = new ApplicationStarts(database);
    this.clocks = new Clocks(database);
  }

  static Arguments input(Arguments arguments) {
    return Objects.requireNonNull(arguments.input("input"));
  }

  static Future<Verdict<Outcome>> accepted(ApplicationCopy copy) {
    return Future.succeededFuture(Verdict.accepted(Outcome.of(copy.made())));
  }

  static Future<Verdict<Outcome>> rejected(List<UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }

  /** {@code registrationApplicationUpdate}: members that are given change, a null clears. */
  Future<RegistrationApplicationPayload> update(Write write, Arguments arguments) {
    var input = input(arguments);
    var content = ApplicationContent.read(input.input("content"));
    return desk.change(
        "registrationApplicationUpdate",
        ApplicationAction.UPDATE,
        write,
        input,
        (transaction, of) -> {
          var errors = new ArrayList<>(content.errors());
          var blocks = content.into(of.content());
          errors.addAll(ApplicationContent.contradictions(input, blocks));
          var request = ApplicationRequest.read(input.input("request"), of.request(), errors);
          var copy = new ApplicationCopy(of).content(blocks).request(request);
          if (input.isGiven("providedOn")) {
            if (of.kind() == Registration.Kind.FIRST && of.state() == State.DRAFT) {
              copy.provided(input.date("providedOn"));
            } else {
              errors.add(
                  InputError.at(
                      input,
                      "providedOn",
                      UserErrorCode.INVALID,
                      "It is said before a first registration is submitted, and stays. Leave it out."));
            }
          }
          if (!input.isGiven("jointApplicantIds")) {
            return errors.isEmpty() ? accepted(copy) : rejected(errors);
          }
          var joint =
              input.ids("jointApplicantIds", PartyResolver.PREFIX).stream().distinct().toList();
          ApplicationShape.joint(input, errors);
          return starts
              .known(transaction, joint)
              .compose(
                  known -> {
                    if (known != joint.size()) {
                      errors.add(InputError.notFound(input, "jointApplicantIds"));
                    }
                    return errors.isEmpty() ? accepted(copy.joint(joint)) : rejected(errors);
                  });
        });
  }

  /** {@code registrationApplicationWithdraw}: gives it up, for good. */
  Future<RegistrationApplicationPayload> withdraw(Write write, Arguments arguments) {
    var input = input(arguments);
    return desk.change(
        "registrationApplicationWithdraw",
        ApplicationAction.WITHDRAW,
        write,
        input,
        (transaction, of) ->
            ended(transaction, write, of, RegistrationNotice.Stand.WITHDRAWN)
                .compose(ended -> accepted(new ApplicationCopy(of).state(State.WITHDRAWN, null))));
  }

  private Future<Void> ended(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      RegistrationNotice.Stand stand) {
    return clocks
        .stop(transaction, write, of.globalId())
        .compose(stopped -> notices.end(transaction, write, of.id(), stand, null));
  }

  /** {@code registrationSupplementRequest}: the one notice of everything that is missing. */
  Future<RegistrationApplicationPayload> supplement(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var gaps = gaps(input, errors);
    return desk.change(
        "registrationSupplementRequest",
        ApplicationAction.REQUEST_SUPPLEMENT,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .meet(transaction, write, of.globalId(), "acceptWd")
                    .compose(
                        met ->
                            clocks.start(
                                transaction,
                                write,
                                new Clocks.Start(
                                    of.globalId(),
                                    "supplementWd",
                                    of.jurisdictionCode(),
                                    of.applicantId(),
                                    of.registrarId(),
                                    write.moment().day())))
                    .compose(
                        due ->
                            accepted(
                                new ApplicationCopy(of)
                                    .state(State.SUPPLEMENT_REQUIRED, null)
                                    .due(due)
                                    .supplement(gaps, write)))
                : rejected(errors));
  }

  private static List<RegistrationGap> gaps(Arguments input, List<UserError> errors) {
    var gaps = new ArrayList<RegistrationGap>();
    for (var gap : input.inputs("gaps")) {
      var block = Objects.requireNonNull(gap.value("block", RegistrationBlock.class));
      var member = gap.string("member");
      if (member != null
          && block.members().stream().noneMatch(known -> known.name().equals(member))) {
        errors.add(
            InputError.at(
                gap,
                "member",
                UserErrorCode.INVALID,
                "The block %s has no such member. Name one of its members, or leave it out."
                    .formatted(block.field())));
      }
      gaps.add(
          new RegistrationGap(
              block.field(),
              member,
              ApplicationForm.text(gap, "text", ApplicationForm.LONGEST_REASON, errors)));
    }
    if (gaps.isEmpty() || gaps.size() > 100) {
      errors.add(
          InputError.at(
              input,
              "gaps",
              UserErrorCode.REQUIRED,
              "There is one notice only: list everything that is missing, 1 to 100 gaps."));
    }
    return gaps;
  }

  /** {@code registrationAccept}: the days of the review count from now. */
  Future<RegistrationApplicationPayload> accept(Write write, Arguments arguments) {
    return desk.change(
        "registrationAccept",
        ApplicationAction.ACCEPT,
        write,
        input(arguments),
        (transaction, of) ->
            clocks
                .meet(transaction, write, of.globalId(), "acceptWd")
                .compose(
                    met ->
                        clocks.start(
                            transaction,
                            write,
                            new Clocks.Start(
                                of.globalId(),
                                ReviewSteps.clock(of),
                                of.jurisdictionCode(),
                                of.registrarId(),
                                of.applicantId(),
                                write.moment().day())))
                .compose(
                    due ->
                        accepted(
                            new ApplicationCopy(of)
                                .state(State.ACCEPTED, null)
                                .accepted(write.moment().day())
                                .due(due))));
  }

  /** {@code registrationAcceptanceRefuse}. */
  Future<RegistrationApplicationPayload> refuse(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var reasons = ApplicationForm.reason(input, "reasons", errors);
    return desk.change(
        "registrationAcceptanceRefuse",
        ApplicationAction.REFUSE_ACCEPTANCE,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .meet(transaction, write, of.globalId(), "acceptWd")
                    .compose(
                        met -> accepted(new ApplicationCopy(of).state(State.NOT_ACCEPTED, reasons)))
                : rejected(errors));
  }
}
