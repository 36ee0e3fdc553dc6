package dev.fairground.registration;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.registration.ApplicationDesk.Outcome;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.registration.RegistrationCoding.Given;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/** The formal review of an application, and the code at its end. */
final class ReviewSteps {
  private final ApplicationDesk desk;
  private final ApplicationGrounds grounds;
  private final RegistrationNotices notices;
  private final RegistrationCoding coding;
  private final Clocks clocks;

  ReviewSteps(Database database, ApplicationDesk desk) {
    this.desk = desk;
    this.grounds = new ApplicationGrounds(database);
    this.notices = new RegistrationNotices(database);
    this.coding = new RegistrationCoding(database);
    this.clocks = new Clocks(database);
  }

  /** The parameter that says how long a review takes; a cancellation has days of its own. */
  static String clock(RegistrationApplication of) {
    return of.kind() == Registration.Kind.CANCELLATION ? "cancelWd" : "reviewWd";
  }

  /** {@code registrationReviewPass}: to publicity, or to its end where there is none. */
  Future<RegistrationApplicationPayload> pass(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var byItself = !Boolean.FALSE.equals(input.bool("codeByItself"));
    return desk.change(
        "registrationReviewPass",
        ApplicationAction.PASS_REVIEW,
        write,
        input,
        (transaction, of) ->
            clocks
                .meet(transaction, write, of.globalId(), clock(of))
                .compose(
                    met ->
                        switch (of.kind()) {
                          case FIRST, CHANGE ->
                              publish(transaction, write, of, byItself, input.path("id"));
                          case CORRECTION ->
                              coding.change(transaction, write, of, List.of("input"));
                          case RENEWAL -> coding.renew(transaction, write, of, List.of("input"));
                          case CANCELLATION ->
                              coding.cancel(transaction, write, of, List.of("input"));
                        }));
  }

  private Future<Verdict<Outcome>> publish(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      boolean byItself,
      List<String> at) {
    var today = write.moment().day();
    // A period, not a duty: nobody is told that it is overdue.
    return clocks
        .start(
            transaction,
            write,
            new Clocks.Start(
                of.globalId(), "publicityWd", of.jurisdictionCode(), null, null, today))
        .compose(
            endsOn ->
                endsOn == null
                    ? ApplicationSteps.rejected(
                        List.of(RegistrationCoding.noRule("publicityWd", List.of("input"))))
                    : grounds
                        .of(transaction, of.id(), today)
                        .compose(
                            ground ->
                                notices.publish(
                                    transaction,
                                    write,
                                    RegistrationNotice.of(
                                        of,
                                        ground.publicFields(),
                                        RegistrationApplications.now(write),
                                        today,
                                        endsOn,
                                        ground.demonstration())))
                        .compose(
                            published ->
                                ApplicationSteps.accepted(
                                    new ApplicationCopy(of)
                                        .state(State.IN_PUBLICITY, null)
                                        .publicity(endsOn)
                                        .due(endsOn)
                                        .codeByItself(byItself))));
  }

  /** {@code registrationReviewFail}. */
  Future<RegistrationApplicationPayload> fail(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var reasons = ApplicationForm.reason(input, "reasons", errors);
    return desk.change(
        "registrationReviewFail",
        ApplicationAction.FAIL_REVIEW,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .meet(transaction, write, of.globalId(), clock(of))
                    .compose(
                        met ->
                            ApplicationSteps.accepted(
                                new ApplicationCopy(of).state(State.REJECTED, reasons)))
                : ApplicationSteps.rejected(errors));
  }

  /** {@code registrationReviewDelayExplain}: a review that is overdue goes on with a reason. */
  Future<RegistrationApplicationPayload> explain(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var reasons = ApplicationForm.reason(input, "reasons", errors);
    return desk.change(
        "registrationReviewDelayExplain",
        ApplicationAction.EXPLAIN_DELAY,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? ApplicationSteps.accepted(new ApplicationCopy(of).delay(reasons))
                : ApplicationSteps.rejected(errors));
  }

  /** {@code registrationCode}: after a publicity without an open objection. */
  Future<RegistrationApplicationPayload> code(Write write, Arguments arguments) {
    var input = ApplicationSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var code = ApplicationForm.text(input, "code", 128, errors);
    var sheet = ApplicationForm.text(input, "confirmationSheet", 128, errors);
    return desk.change(
        "registrationCode",
        ApplicationAction.CODE,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? coding.code(transaction, write, of, new Given(List.of("input"), code, sheet))
                : ApplicationSteps.rejected(errors));
  }
}
