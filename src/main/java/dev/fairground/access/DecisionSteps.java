package dev.fairground.access;

import dev.fairground.access.AccessDesk.Outcome;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The decisions on requests, and the review of refusals. */
final class DecisionSteps {
  private final AccessDesk desk;
  private final RefusalSteps refusals;
  private final Approvals approvals;
  private final Audience audience;
  private final Clocks clocks;

  DecisionSteps(Database database, AccessDesk desk) {
    this.desk = desk;
    this.refusals = new RefusalSteps(database);
    this.approvals = new Approvals(database);
    this.audience = new Audience(database);
    this.clocks = new Clocks(database);
  }

  /** {@code accessRequestDecide}. */
  Future<AccessRequestDecidePayload> decide(Write write, Arguments arguments) {
    var input = RequestSteps.input(arguments);
    var decision = Objects.requireNonNull(input.input("decision"));
    var refuse = decision.input("refuse");
    var approve = decision.input("approve");
    var made = new AtomicReference<AccessRequestDecidePayload.Told>();
    return desk.run(
        new Attempt<>("accessRequestDecide", write, input, AccessRequestDecidePayload::refused),
        AccessAction.DECIDE,
        (transaction, of) ->
            refuse != null
                ? refusals.refuse(
                    transaction,
                    write,
                    of,
                    RefusalForm.read(refuse),
                    refused -> made.set(AccessRequestDecidePayload.Told.of(refused)))
                : approvals.approve(
                    transaction,
                    write,
                    of,
                    ApprovalForm.read(Objects.requireNonNull(approve), decision.path("approve")),
                    Approvals.Approver.operator(of),
                    given -> made.set(AccessRequestDecidePayload.Told.of(given))),
        of -> AccessRequestDecidePayload.of(of, Objects.requireNonNull(made.get())));
  }

  /** {@code accessRequestReviewAsk}: once, within the days that the rules give. */
  Future<AccessRequestPayload> ask(Write write, Arguments arguments) {
    var input = RequestSteps.input(arguments);
    var errors = new ArrayList<UserError>();
    var grounds = Form.reason(input, "grounds", errors);
    return desk.step(
        "accessRequestReviewAsk",
        AccessAction.ASK_REVIEW,
        write,
        input,
        (transaction, of) ->
            errors.isEmpty()
                ? clocks
                    .start(
                        transaction,
                        write,
                        new Clocks.Start(
                            of.globalId(),
                            AccessRequest.REVIEW,
                            of.jurisdictionCode(),
                            of.reviewCode() == null ? of.institutionId() : null,
                            of.applicantId(),
                            write.moment().day()))
                    .compose(
                        due ->
                            Outcome.of(
                                Standing.of(of)
                                    .reviewed(RefusalSteps.reviewer(of), of.reviewCode(), due),
                                Happened.of(
                                        AccessRequestStep.Kind.REVIEW_ASKED,
                                        of.applicantId(),
                                        grounds)
                                    .at(RefusalSteps.reviewer(of))
                                    .due(due)))
                : RequestSteps.rejected(errors));
  }

  /** {@code accessReviewDecide}. */
  Future<AccessRequestDecidePayload> review(Write write, Arguments arguments) {
    var input = RequestSteps.input(arguments);
    var decision = Objects.requireNonNull(input.input("decision"));
    var uphold = decision.input("uphold");
    var errors = new ArrayList<UserError>();
    var overturn = decision.input("overturn");
    var reasons = uphold == null ? "" : Form.reason(uphold, "reasons", errors);
    var made = new AtomicReference<AccessRequestDecidePayload.Told>();
    return desk.run(
        new Attempt<>("accessReviewDecide", write, input, AccessRequestDecidePayload::refused),
        AccessAction.DECIDE_REVIEW,
        (transaction, of) ->
            !errors.isEmpty()
                ? RequestSteps.rejected(errors)
                : audience
                    .reviewing(transaction, write)
                    .compose(
                        places -> {
                          var by =
                              reviewer(write, of, places.getOrDefault(of.reviewCode(), Set.of()));
                          return uphold != null
                              ? refusals.uphold(
                                  transaction,
                                  write,
                                  of,
                                  by,
                                  reasons,
                                  upheld -> made.set(AccessRequestDecidePayload.Told.of(upheld)))
                              : approvals.approve(
                                  transaction,
                                  write,
                                  of,
                                  ApprovalForm.read(
                                      Objects.requireNonNull(overturn), decision.path("overturn")),
                                  Approvals.Approver.reviewer(of, by),
                                  given -> made.set(AccessRequestDecidePayload.Told.of(given)));
                        }),
        of -> AccessRequestDecidePayload.of(of, Objects.requireNonNull(made.get())));
  }

  /** For which organization the caller reviews. */
  private static UUID reviewer(Write write, AccessRequest of, Set<UUID> authorities) {
    return of.reviewCode() == null
        ? of.institutionId()
        : authorities.stream()
            .filter(authority -> Party.isApart(of, authority))
            .filter(authority -> write.viewer().may(Scope.REQUEST_REVIEW, authority))
            .sorted()
            .findFirst()
            .orElseThrow();
  }
}
