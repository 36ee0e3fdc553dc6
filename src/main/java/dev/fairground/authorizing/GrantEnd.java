package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.authorizing.GrantDesk.Change;
import dev.fairground.authorizing.GrantDesk.Open;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mutation {@code authorizationEnd}. */
final class GrantEnd {
  private final GrantDesk desk;
  private final PlanRepository plans;
  private final Clocks clocks;

  GrantEnd(Database database, GrantDesk desk) {
    this.desk = desk;
    this.plans = new PlanRepository(database);
    this.clocks = new Clocks(database);
  }

  /** How an authorization ends. */
  enum Kind {
    EXPIRED,
    VOLUNTARY,
    AGREED,
    REVOKED,
    NOT_CONCLUDED
  }

  Future<AuthorizationPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var kind = requireNonNull(input.value("kind", Kind.class));
    return desk.change(
        "authorizationEnd",
        GrantAction.END,
        write,
        input,
        (transaction, open) -> {
          var errors = new ArrayList<UserError>();
          var form = new Form(input, errors);
          var reason =
              kind == Kind.EXPIRED ? form.text("reason", Form.LONG) : form.reason("reason");
          var exitTerms = form.text("exitTerms", Form.LONG);
          against(form, kind, open, exitTerms, write.moment().day());
          return errors.isEmpty()
              ? end(transaction, write, open.grant(), kind, reason, exitTerms)
                  .map(Verdict::accepted)
              : Future.succeededFuture(Verdict.rejected(errors));
        });
  }

  /** Pure: which end fits how it stands, and who may choose it. */
  private static void against(
      Form form, Kind kind, Open open, @Nullable String exitTerms, LocalDate today) {
    var grant = open.grant();
    var before = grant.state() == State.CANDIDATE_PUBLICITY || grant.state() == State.AGREED;
    if (before != (kind == Kind.NOT_CONCLUDED)) {
      form.error(
          "kind",
          UserErrorCode.INVALID,
          before
              ? "It was never in use: it ends as NOT_CONCLUDED."
              : "It was in use: it does not end as NOT_CONCLUDED.",
          "endKind");
      return;
    }
    if (!open.party().institution() && kind != Kind.REVOKED && kind != Kind.EXPIRED) {
      form.error(
          "kind",
          UserErrorCode.FORBIDDEN,
          "A data authority revokes; other ends are for the institution.",
          "endKind");
    }
    switch (kind) {
      case EXPIRED -> {
        if (!today.isAfter(grant.endsOn())) {
          form.error(
              "kind",
              UserErrorCode.INVALID,
              "Its term lasts until %s. Choose how it ends before.".formatted(grant.endsOn()),
              "endKind");
        }
      }
      case VOLUNTARY -> {
        var exitsOn = grant.day("exits_on");
        if (exitsOn == null || today.isBefore(exitsOn)) {
          form.error(
              "kind",
              UserErrorCode.INVALID,
              exitsOn == null
                  ? "An operator leaves after notice. Give it first: authorizationExitNotice."
                  : "Notice was given for %s. End it then.".formatted(exitsOn),
              "exitNoticeMonths");
        }
      }
      case REVOKED -> {
        if (exitTerms == null && grant.text("exit_terms") == null) {
          form.error(
              "exitTerms",
              UserErrorCode.REQUIRED,
              "Nothing was agreed about what happens now with users and data. Say it.",
              "continuityOnExit");
        }
      }
      default -> {}
    }
  }

  /** What changes when it ends today; its clocks stop, and a plan may look for another operator. */
  Future<Change> end(
      SqlConnection transaction,
      Write write,
      Grant grant,
      Kind kind,
      @Nullable String reason,
      @Nullable String exitTerms) {
    var today = write.moment().day();
    var until = grant.day("new_access_until");
    var columns =
        new JsonObject()
            .put("state", State.ENDED.name())
            .put("state_reason", reason)
            .put("end_kind", kind.name())
            .put("ended_on", today.toString())
            .put("suspended_by", null)
            .put(
                "new_access_until",
                (until != null && until.isBefore(today) ? until : today).toString());
    if (exitTerms != null) {
      columns.put("exit_terms", exitTerms);
    }
    var change =
        new Change(columns, null, null, List.of("state", "endKind", "endedOn", "newAccessUntil"));
    return clocks
        .stop(transaction, write, grant.globalId())
        .compose(
            stopped ->
                kind == Kind.NOT_CONCLUDED
                    ? plans.findBinding(transaction, grant.id())
                    : Future.<@Nullable AuthorizationPlan>succeededFuture())
        .compose(
            plan ->
                plan == null
                    ? Future.succeededFuture(change)
                    : plans
                        .save(
                            transaction,
                            write,
                            plan.id(),
                            new JsonObject()
                                .put("state", PlanState.SELECTING.name())
                                .put("grant_id", null))
                        .map(saved -> change));
  }
}
