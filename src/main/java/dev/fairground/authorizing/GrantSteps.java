package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.authorizing.GrantDesk.Change;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The mutations {@code authorizationSuspend}, {@code authorizationResume} and {@code
 * authorizationExitNotice}.
 */
final class GrantSteps {
  static final String NOTICE = "exitNoticeMonths";

  private final GrantDesk desk;
  private final GrantRepository grants;
  private final Clocks clocks;

  GrantSteps(Database database, GrantDesk desk) {
    this.desk = desk;
    this.grants = new GrantRepository(database);
    this.clocks = new Clocks(database);
  }

  /** Closes it until what led to it is put right; no new access is given meanwhile. */
  Future<AuthorizationPayload> suspend(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var form = new Form(input, errors);
    var reason = form.reason("reason");
    var today = write.moment().day();
    var correctBy = input.date("correctBy");
    if (correctBy != null && correctBy.isBefore(today)) {
      form.error(
          "correctBy",
          UserErrorCode.INVALID,
          "The day is over. Name today, %s, or a later one.".formatted(today));
    }
    return desk.change(
        "authorizationSuspend",
        GrantAction.SUSPEND,
        write,
        input,
        (transaction, open) -> {
          var until = open.grant().day("new_access_until");
          return pure(
              errors,
              Change.of(
                  new JsonObject()
                      .put("state", State.SUSPENDED.name())
                      .put("state_reason", reason)
                      .put("suspended_by", open.party().authority() ? "AUTHORITY" : "INSTITUTION")
                      .put("correction_due_on", correctBy == null ? null : correctBy.toString())
                      .put(
                          "new_access_until",
                          (until != null && until.isBefore(today) ? until : today).toString()),
                  "state",
                  "stateReason",
                  "correctionDueOn",
                  "newAccessUntil"));
        });
  }

  /** Lets it be used again; who gave notice before is leaving still. */
  Future<AuthorizationPayload> resume(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var reason = new Form(input, errors).reason("reason");
    return desk.change(
        "authorizationResume",
        GrantAction.RESUME,
        write,
        input,
        (transaction, open) -> {
          var exitsOn = open.grant().day("exits_on");
          return grants
              .accessUntilExit(transaction, open.grant().id())
              .compose(
                  until ->
                      pure(
                          errors,
                          Change.of(
                              new JsonObject()
                                  .put(
                                      "state",
                                      (exitsOn == null ? State.ACTIVE : State.EXITING).name())
                                  .put("state_reason", reason)
                                  .put("suspended_by", null)
                                  .put("correction_due_on", null)
                                  .put(
                                      "new_access_until",
                                      exitsOn == null || until == null ? null : until.toString()),
                              "state",
                              "stateReason",
                              "correctionDueOn",
                              "newAccessUntil")));
        });
  }

  /** Says when the operator leaves; its users are not disturbed until then. */
  Future<AuthorizationPayload> giveExitNotice(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var today = write.moment().day();
    var exitsOn = requireNonNull(input.date("exitsOn"));
    var until =
        input.has("newAccessUntil") ? requireNonNull(input.date("newAccessUntil")) : exitsOn;
    return desk.change(
        "authorizationExitNotice",
        GrantAction.GIVE_EXIT_NOTICE,
        write,
        input,
        (transaction, open) -> {
          var grant = open.grant();
          var errors = new ArrayList<UserError>();
          var form = new Form(input, errors);
          var reason = form.reason("reason");
          notice(form, grant, today, exitsOn, until);
          if (!errors.isEmpty()) {
            return Future.succeededFuture(Verdict.rejected(errors));
          }
          return clocks
              .start(
                  transaction,
                  write,
                  new Clocks.Start(
                      grant.globalId(),
                      NOTICE,
                      grant.jurisdictionCode(),
                      grant.operatorId(),
                      grant.institutionId(),
                      today))
              .map(
                  due ->
                      Verdict.accepted(
                          Change.of(
                              new JsonObject()
                                  .put("state", State.EXITING.name())
                                  .put("state_reason", reason)
                                  .put("exit_notice_on", today.toString())
                                  .put("exits_on", exitsOn.toString())
                                  .put("new_access_until", until.toString()),
                              "state",
                              "stateReason",
                              "exitNoticeOn",
                              "exitsOn",
                              "newAccessUntil")));
        });
  }

  /** Pure: how long before the exit notice is given (Qingdao, Wuhu; a proposal elsewhere). */
  private static void notice(
      Form form, Grant grant, LocalDate today, LocalDate exitsOn, LocalDate until) {
    int months = grant.exitNoticeMonths() == null ? 0 : grant.exitNoticeMonths();
    var earliest = today.plusMonths(months);
    if (exitsOn.isBefore(earliest)) {
      form.error(
          "exitsOn",
          UserErrorCode.INVALID,
          "Users have %d months' notice. Name %s or a later day.".formatted(months, earliest),
          NOTICE);
    } else if (exitsOn.isAfter(grant.endsOn())) {
      form.error(
          "exitsOn",
          UserErrorCode.INVALID,
          "The term ends on %s, before that. No notice is needed.".formatted(grant.endsOn()));
    }
    if (until.isBefore(today) || until.isAfter(exitsOn)) {
      form.error(
          "newAccessUntil",
          UserErrorCode.INVALID,
          "Name a day from today, %s, to the exit.".formatted(today));
    }
  }

  private static Future<Verdict<Change>> pure(List<UserError> errors, Change change) {
    return Future.succeededFuture(
        errors.isEmpty() ? Verdict.accepted(change) : Verdict.rejected(errors));
  }
}
