package dev.fairground.draft;

import dev.fairground.draft.ProductDraft.Review;
import dev.fairground.draft.ProductDraft.ReviewKind;
import dev.fairground.draft.ProductDraft.Status;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The steps of a draft on its way to be published: {@code productDraftSubmit}, {@code
 * productDraftWithdraw}, {@code productDraftReview} and {@code productDraftConfirm}.
 */
final class DraftSteps {
  private static final List<String> STATUS = List.of("status");

  private final DraftDesk desk;

  DraftSteps(DraftDesk desk) {
    this.desk = desk;
  }

  /** Asks for the reviews of an entry that is complete and within its authorization. */
  Future<ProductDraftPayload> submit(Write write, Arguments arguments) {
    var input = input(arguments);
    return step(
        "productDraftSubmit",
        DraftAction.SUBMIT,
        write,
        input,
        (draft, standing) -> {
          var problems = DraftRules.problems(draft, standing, input.path("id"));
          return problems.isEmpty()
              ? Verdict.accepted(
                  new DraftCopy(draft)
                      .undecided()
                      .submitted(write)
                      .status(Status.UNDER_REVIEW)
                      .made())
              : Verdict.rejected(problems);
        });
  }

  /** Takes it back to be written on; what was decided is forgotten. */
  Future<ProductDraftPayload> withdraw(Write write, Arguments arguments) {
    return step(
        "productDraftWithdraw",
        DraftAction.WITHDRAW,
        write,
        input(arguments),
        (draft, standing) ->
            Verdict.accepted(new DraftCopy(draft).undecided().status(Status.DRAFT).made()));
  }

  /** The outcome of one of the two reviews. */
  Future<ProductDraftPayload> review(Write write, Arguments arguments) {
    var input = input(arguments);
    var kind = Objects.requireNonNull(input.value("kind", ReviewKind.class));
    var passed = Boolean.TRUE.equals(input.bool("passed"));
    var errors = new ArrayList<UserError>();
    var reasons = DraftForm.reason(input, "reasons", !passed, errors);
    return step(
        "productDraftReview",
        DraftAction.REVIEW,
        write,
        input,
        (draft, standing) -> {
          if (!errors.isEmpty()) {
            return Verdict.rejected(errors);
          }
          var review =
              new Review(
                  kind, passed, reasons, ProductDraftRepository.now(write), write.actor().name());
          var reviewed = new DraftCopy(draft).review(review).made();
          return Verdict.accepted(new DraftCopy(reviewed).status(after(reviewed)).made());
        });
  }

  private static Status after(ProductDraft reviewed) {
    if (reviewed.reviews().stream().anyMatch(review -> !review.passed())) {
      return Status.RETURNED;
    }
    return reviewed.reviews().size() == ReviewKind.values().length
        ? Status.REVIEWED
        : Status.UNDER_REVIEW;
  }

  /** Confirms for the institution or the data authority, where the jurisdiction wants it. */
  Future<ProductDraftPayload> confirm(Write write, Arguments arguments) {
    return step(
        "productDraftConfirm",
        DraftAction.CONFIRM,
        write,
        input(arguments),
        (draft, standing) -> {
          var copy = new DraftCopy(draft);
          DraftRules.confirmable(draft, standing)
              .forEach(confirmer -> copy.confirmed(confirmer, write));
          var confirmed =
              copy.made().confirmations().stream()
                  .map(ProductDraft.Confirmation::confirmer)
                  .toList();
          return Verdict.accepted(
              copy.status(
                      confirmed.containsAll(standing.confirmers()) ? Status.FILED : Status.REVIEWED)
                  .made());
        });
  }

  /** Decides without asking the database. */
  @FunctionalInterface
  private interface Pure {
    Verdict<ProductDraft> of(ProductDraft draft, Standing standing);
  }

  private Future<ProductDraftPayload> step(
      String mutation, DraftAction action, Write write, Arguments input, Pure decision) {
    return desk.change(
        mutation,
        action,
        write,
        input,
        STATUS,
        (transaction, draft, standing) -> Future.succeededFuture(decision.of(draft, standing)));
  }

  private static Arguments input(Arguments arguments) {
    return Objects.requireNonNull(arguments.input("input"));
  }
}
