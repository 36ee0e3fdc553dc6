package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorizing.PlanDesk.Open;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The steps of a plan up to the selection: {@code authorizationPlanUpdate}, {@code
 * authorizationPlanDecide}, {@code authorizationPlanFile}, {@code authorizationPlanWithdraw} and
 * {@code authorizationSelectionOpen}.
 */
final class PlanSteps {
  private static final List<String> STATE = List.of("state");

  private final PlanDesk desk;
  private final PlanRepository plans;
  private final ScopeReferences references;

  PlanSteps(Database database, PlanDesk desk) {
    this.desk = desk;
    this.plans = new PlanRepository(database);
    this.references = new ScopeReferences(database);
  }

  /** Changes items; a plan that was decided on is a draft again. */
  Future<AuthorizationPlanPayload> update(Write write, Arguments arguments) {
    var input = input(arguments);
    var at = requireNonNull(input.input("content"));
    var given = PlanContent.read(at);
    return desk.change(
        "authorizationPlanUpdate",
        PlanAction.UPDATE,
        write,
        input,
        List.copyOf(new TreeSet<>(given.given().fieldNames())),
        (transaction, open) ->
            references
                .unknown(transaction, given.given(), at)
                .map(
                    unknown -> {
                      var content = given.into(open.plan().content());
                      var errors = new ArrayList<>(given.errors());
                      errors.addAll(unknown);
                      errors.addAll(PlanContent.contradictions(input, content));
                      return errors.isEmpty()
                          ? Verdict.accepted(
                              new JsonObject()
                                  .put("content", content)
                                  .put("state", PlanState.PLAN_DRAFT.name())
                                  .put("filed_on", null)
                                  .put("filing_number", null)
                                  .put("filed_with_id", null))
                          : Verdict.rejected(errors);
                    }));
  }

  /** Records the collective decision, and keeps what was decided on. */
  Future<AuthorizationPlanPayload> decide(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var form = new Form(input, errors);
    var record = form.needed("decisionRecord", Form.SHORT);
    var approvedBy = form.text("approvedBy", Form.SHORT);
    var today = write.moment().day();
    var on = input.has("decidedOn") ? requireNonNull(input.date("decidedOn")) : today;
    if (on.isAfter(today)) {
      form.error(
          "decidedOn",
          UserErrorCode.INVALID,
          "It is to come. Record the decision when it is made.");
    }
    return desk.change(
        "authorizationPlanDecide",
        PlanAction.DECIDE,
        write,
        input,
        List.of("decisions", "state"),
        (transaction, open) -> {
          for (var item : PlanRules.missing(open.plan().content())) {
            form.error(
                "id",
                UserErrorCode.REQUIRED,
                "The plan has no %s, which a decision needs. Give it one.".formatted(item),
                "completePlan");
          }
          return decided(
              transaction,
              write,
              open,
              errors,
              new PlanDecision(
                  open.plan().id(),
                  open.plan().decisionNumber() + 1,
                  on,
                  record,
                  approvedBy,
                  write.moment().now().atOffset(java.time.ZoneOffset.UTC),
                  write.actor().name()));
        });
  }

  private Future<Verdict<JsonObject>> decided(
      SqlConnection transaction,
      Write write,
      Open open,
      List<UserError> errors,
      PlanDecision decision) {
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    return plans
        .decide(transaction, write, open.plan(), decision)
        .map(
            kept ->
                Verdict.accepted(
                    new JsonObject()
                        .put("state", PlanState.PLAN_APPROVED.name())
                        .put("state_reason", null)
                        .put("decision_number", decision.number())
                        .put("decision_record", decision.decisionRecord())
                        .put("approved_by", decision.approvedBy())
                        .put("decided_on", decision.decidedOn().toString())));
  }

  /** Takes the filing, or returns the plan to be changed and decided on again. */
  Future<AuthorizationPlanPayload> file(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var form = new Form(input, errors);
    var accepted = Boolean.TRUE.equals(input.bool("accepted"));
    var number = accepted ? form.needed("filingNumber", Form.NUMBER) : null;
    var reason = accepted ? null : form.reason("reason");
    return desk.change(
        "authorizationPlanFile",
        PlanAction.FILE,
        write,
        input,
        STATE,
        (transaction, open) ->
            pure(
                errors,
                accepted
                    ? new JsonObject()
                        .put("state", PlanState.PLAN_FILED.name())
                        .put("state_reason", null)
                        .put("filing_number", number)
                        .put("filed_on", write.moment().day().toString())
                        .put("filed_with_id", requireNonNull(open.authorityId()).toString())
                    : new JsonObject()
                        .put("state", PlanState.PLAN_DRAFT.name())
                        .put("state_reason", reason)));
  }

  /** Gives the plan up. */
  Future<AuthorizationPlanPayload> withdraw(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var reason = new Form(input, errors).reason("reason");
    return desk.change(
        "authorizationPlanWithdraw",
        PlanAction.WITHDRAW,
        write,
        input,
        STATE,
        (transaction, open) ->
            pure(
                errors,
                new JsonObject()
                    .put("state", PlanState.WITHDRAWN.name())
                    .put("state_reason", reason)));
  }

  /** Opens the selection, by a competitive method. */
  Future<AuthorizationPlanPayload> openSelection(Write write, Arguments arguments) {
    var input = input(arguments);
    var errors = new ArrayList<UserError>();
    var form = new Form(input, errors);
    var method = requireNonNull(input.string("method"));
    var basis = form.text("basis", Form.LONG);
    if (basis == null && method.equals("OTHER")) {
      form.error(
          "basis",
          UserErrorCode.REASON_REQUIRED,
          "Another method than tender and negotiation needs its basis. Name it.",
          "competitiveSelection");
    }
    var review = form.needed("fairCompetitionReview", Form.SHORT);
    return desk.change(
        "authorizationSelectionOpen",
        PlanAction.OPEN_SELECTION,
        write,
        input,
        List.of("selectionMethod", "state"),
        (transaction, open) ->
            pure(
                errors,
                new JsonObject()
                    .put("state", PlanState.SELECTING.name())
                    .put("selection_method", method)
                    .put("selection_basis", basis)
                    .put("fair_competition_review", review)
                    .put("selection_opened_on", write.moment().day().toString())));
  }

  private static Future<Verdict<JsonObject>> pure(List<UserError> errors, JsonObject changes) {
    return Future.succeededFuture(
        errors.isEmpty() ? Verdict.accepted(changes) : Verdict.rejected(errors));
  }

  private static Arguments input(Arguments arguments) {
    return requireNonNull(arguments.input("input"));
  }
}
