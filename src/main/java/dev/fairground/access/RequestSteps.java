package dev.fairground.access;

import dev.fairground.access.AccessDesk.Outcome;
import dev.fairground.access.AccessRequest.State;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The steps of a request before it is decided, and its withdrawal. */
final class RequestSteps {
  private final AccessDesk desk;
  private final Clocks clocks;

  RequestSteps(Database database, AccessDesk desk) {
    this.desk = desk;
    this.clocks = new Clocks(database);
  }

  static Arguments input(Arguments arguments) {
    return Objects.requireNonNull(arguments.input("input"));
  }

  static Future<Verdict<Outcome>> rejected(List<UserError> errors) {
    return Future.succeededFuture(Verdict.rejected(errors));
  }

  /** {@code accessRequestAskInformation}: the one notice, which stops the clock. */
  Future<AccessRequestPayload> ask(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var gaps = Form.reason(input, "gaps", errors);
    return desk.step(
        "accessRequestAskInformation",
        AccessAction.ASK_INFORMATION,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .pause(transaction, write, of.globalId(), AccessRequest.DECISION, gaps)
                    .compose(
                        paused ->
                            clocks.start(
                                transaction,
                                write,
                                new Clocks.Start(
                                    of.globalId(),
                                    AccessRequest.SUPPLEMENT,
                                    of.jurisdictionCode(),
                                    of.applicantId(),
                                    of.operatorId(),
                                    write.moment().day())))
                    .compose(
                        until ->
                            Outcome.of(
                                Standing.of(of).asked(until),
                                Happened.of(AccessRequestStep.Kind.NOTICE, of.operatorId(), gaps)
                                    .due(until)))
                : rejected(errors));
  }

  /** {@code accessRequestSupplement}: what was missing came, and the clock goes on. */
  Future<AccessRequestPayload> supplement(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var text = Form.text(input, "text", Form.LONGEST, errors);
    var documents = DocumentForm.read(input, errors);
    if (errors.isEmpty() && text == null && documents.isEmpty()) {
      errors.add(
          InputError.at(
              input,
              "documents",
              UserErrorCode.REQUIRED,
              "Hand in what the notice named, as documents or as a text."));
    }
    return desk.step(
        "accessRequestSupplement",
        AccessAction.SUPPLEMENT,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .meet(transaction, write, of.globalId(), AccessRequest.SUPPLEMENT)
                    .compose(
                        met ->
                            clocks.resumed(
                                transaction, write, of.globalId(), AccessRequest.DECISION))
                    .map(
                        due ->
                            Verdict.accepted(
                                new Outcome(
                                    Standing.of(of).in(State.SUBMITTED, due),
                                    Happened.of(
                                            AccessRequestStep.Kind.SUPPLEMENTED,
                                            of.applicantId(),
                                            text)
                                        .due(due),
                                    documents)))
                : rejected(errors));
  }

  /** {@code accessRequestWithdraw}: gives it up, for good. */
  Future<AccessRequestPayload> withdraw(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var reason = Form.text(input, "reason", Form.LONGEST, errors);
    return desk.step(
        "accessRequestWithdraw",
        AccessAction.WITHDRAW,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .stop(transaction, write, of.globalId())
                    .compose(
                        stopped ->
                            Outcome.of(
                                Standing.of(of).in(State.WITHDRAWN, null),
                                Happened.of(
                                    AccessRequestStep.Kind.WITHDRAWN, of.applicantId(), reason)))
                : rejected(errors));
  }

  /** {@code accessRequestExtend}: once, within the rule, and told to the applicant. */
  Future<AccessRequestPayload> extend(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var reason = Form.reason(input, "reason", errors);
    int days = Objects.requireNonNull(input.integer("workingDays"));
    return desk.step(
        "accessRequestExtend",
        AccessAction.EXTEND,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .extend(transaction, write, of.globalId(), AccessRequest.DECISION, days, reason)
                    .compose(
                        due ->
                            Outcome.of(
                                Standing.of(of).extendedTo(due),
                                Happened.of(
                                        AccessRequestStep.Kind.EXTENDED, of.operatorId(), reason)
                                    .due(due)))
                : rejected(errors));
  }
}
