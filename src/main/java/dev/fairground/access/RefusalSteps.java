package dev.fairground.access;

import dev.fairground.access.AccessDesk.Outcome;
import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.mutation.Verdict;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Refuses requests, and leaves refusals standing on review. */
final class RefusalSteps {
  private final Database database;
  private final JudgedBy policies;
  private final Decisions decisions;
  private final RuleBooks books;
  private final Clocks clocks;

  RefusalSteps(Database database) {
    this.database = database;
    this.policies = new JudgedBy(database);
    this.decisions = new Decisions(database);
    this.books = new RuleBooks(database);
    this.clocks = new Clocks(database);
  }

  /**
   * Refuses a request of which the operator decides.
   *
   * @param made is told the decision
   */
  Future<Verdict<Outcome>> refuse(
      SqlConnection transaction,
      Write write,
      AccessRequest of,
      RefusalForm form,
      Consumer<AccessDecision> made) {
    return policies
        .of(transaction, write, of)
        .compose(
            policy -> {
              var problems = form.problems(of, policy);
              return problems.isEmpty()
                  ? refused(transaction, write, of, form, policy, made)
                  : Future.succeededFuture(Verdict.rejected(problems));
            });
  }

  private Future<Verdict<Outcome>> refused(
      SqlConnection transaction,
      Write write,
      AccessRequest of,
      RefusalForm form,
      AccessPolicy policy,
      Consumer<AccessDecision> made) {
    return clocks
        .finish(transaction, write, of.globalId(), AccessRequest.DECISION)
        .compose(
            finished ->
                clocks
                    .stop(transaction, write, of.globalId())
                    .compose(
                        stopped -> {
                          var decision =
                              AccessDecision.of(
                                  write,
                                  of,
                                  Level.OPERATOR,
                                  AccessDecision.Outcome.REFUSED,
                                  of.operatorId(),
                                  finished,
                                  policy.version(),
                                  form.text());
                          made.accept(decision);
                          return decisions
                              .insert(transaction, write, of.operatorId(), decision)
                              .compose(
                                  done ->
                                      decisions.insertReasons(
                                          transaction,
                                          of.operatorId(),
                                          decision.id(),
                                          form.reasons()))
                              .compose(done -> remedy(transaction, write, of))
                              .compose(
                                  standing ->
                                      Outcome.of(
                                          standing,
                                          Happened.of(
                                                  AccessRequestStep.Kind.DECIDED,
                                                  of.operatorId(),
                                                  form.text())
                                              .at(Level.OPERATOR)
                                              .due(standing.reviewUntil())));
                        }));
  }

  private static final String REVIEWED_IN =
      """
      -- whereAccessIsReviewed
      select access_review_jurisdiction($1, $2, $3, $4, $5)
      """;

  /** What is open to the applicant: a review, by whom and until when. */
  private Future<Standing> remedy(SqlConnection transaction, Write write, AccessRequest of) {
    var today = write.moment().day();
    return database
        .first(
            transaction,
            REVIEWED_IN,
            Tuple.of(
                of.institutionId(),
                of.operatorId(),
                of.applicantId(),
                of.jurisdictionCode(),
                today),
            row -> java.util.Optional.ofNullable(row.getString(0)))
        .compose(
            place ->
                books
                    .find(transaction, today, write.moment().at(), List.of(of.jurisdictionCode()))
                    .map(
                        found -> {
                          RuleBook book = Objects.requireNonNull(found.get(of.jurisdictionCode()));
                          var days = book.number(AccessRequest.REVIEW_ASK);
                          return Standing.of(of)
                              .refused(
                                  days == null ? null : today.plusDays(days),
                                  place == null ? null : place.orElse(null));
                        }));
  }

  /** The refusal stands. */
  Future<Verdict<Outcome>> uphold(
      SqlConnection transaction,
      Write write,
      AccessRequest of,
      UUID by,
      String reasons,
      Consumer<AccessDecision> made) {
    return clocks
        .finish(transaction, write, of.globalId(), AccessRequest.REVIEW)
        .compose(
            finished -> {
              var decision =
                  AccessDecision.of(
                      write,
                      of,
                      reviewer(of),
                      AccessDecision.Outcome.UPHELD,
                      by,
                      finished,
                      null,
                      reasons);
              made.accept(decision);
              return clocks
                  .stop(transaction, write, of.globalId())
                  .compose(
                      stopped -> decisions.insert(transaction, write, of.operatorId(), decision))
                  .compose(
                      done ->
                          Outcome.of(
                              Standing.of(of).in(AccessRequest.State.REFUSAL_UPHELD, null),
                              Happened.of(AccessRequestStep.Kind.DECIDED, by, reasons)
                                  .at(reviewer(of))));
            });
  }

  /** Who reviews. */
  static Level reviewer(AccessRequest of) {
    return of.reviewCode() == null ? Level.INSTITUTION : Level.AUTHORITY;
  }

  static @Nullable Level reviewedBy(AccessRequest of) {
    return switch (of.state()) {
      case REFUSED, UNDER_REVIEW, REFUSAL_UPHELD -> reviewer(of);
      default -> null;
    };
  }
}
