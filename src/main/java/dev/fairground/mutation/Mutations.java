package dev.fairground.mutation;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.IdempotencyKeys.Earlier;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs changes: each in one transaction, as a whole or not at all. With {@code validateOnly: true}
 * in its input everything runs, constraints of the database too, and is then taken back.
 *
 * @param database where changes are written
 * @param open whether they are changes of public content, after which answers are no longer shared
 */
public record Mutations(Database database, boolean open) {
  /** Of what everybody may read. */
  public static Mutations ofPublicContent(Database database) {
    return new Mutations(database, true);
  }

  /** Of what only some may read: answers that everybody is given stay right. */
  public static Mutations ofHiddenContent(Database database) {
    return new Mutations(database, false);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Mutations.class);
  private static final String UNIQUE_VIOLATION = "23505";

  /**
   * One call of a mutation.
   *
   * @param name the mutation's
   * @param input its argument {@code input}
   * @param refused the payload that tells errors
   */
  public record Attempt<P>(
      String name, Write write, Arguments input, Function<List<UserError>, P> refused) {
    boolean validatesOnly() {
      return Boolean.TRUE.equals(input.bool("validateOnly"));
    }
  }

  /** Leaves the transaction, which is then rolled back, with the answer. */
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Object payload;

    TakenBack(Object payload) {
      super(null, null, false, false);
      this.payload = payload;
    }
  }

  /** Runs a change that is guarded by the version that its caller expects. */
  public <P> Future<P> run(Attempt<P> attempt, Function<SqlConnection, Future<Verdict<P>>> work) {
    return inTransaction(attempt, work);
  }

  /**
   * Runs a change once for each caller and {@code idempotencyKey}: called again with the same input
   * within seven days, it answers with what it made then, as that now is.
   *
   * @param again finds by its global id what was made
   */
  public <P> Future<P> once(
      Attempt<P> attempt,
      Function<SqlConnection, Future<Verdict<P>>> work,
      BiFunction<SqlConnection, String, Future<P>> again) {
    var keys = new IdempotencyKeys(database);
    return inTransaction(
        attempt,
        transaction ->
            keys.take(transaction, attempt)
                .compose(
                    earlier ->
                        switch (earlier) {
                          case Earlier.None none ->
                              work.apply(transaction)
                                  .compose(
                                      verdict ->
                                          verdict instanceof Verdict.Accepted<P> accepted
                                              ? keys.made(transaction, attempt, accepted.made())
                                                  .map(verdict)
                                              : Future.succeededFuture(verdict));
                          case Earlier.Same same ->
                              again.apply(transaction, same.made()).map(Verdict::accepted);
                          case Earlier.Other other ->
                              Future.succeededFuture(
                                  Verdict.rejected(
                                      new IdempotencyMismatchError(
                                          attempt.input().path("idempotencyKey"),
                                          other.mutation())));
                        }));
  }

  @SuppressWarnings("unchecked")
  private <P> Future<P> inTransaction(
      Attempt<P> attempt, Function<SqlConnection, Future<Verdict<P>>> work) {
    Function<SqlConnection, Future<P>> change =
        transaction ->
            work.apply(transaction)
                .compose(
                    verdict ->
                        switch (verdict) {
                          case Verdict.Accepted<P> accepted ->
                              attempt.validatesOnly()
                                  ? Future.<P>failedFuture(new TakenBack(accepted.payload()))
                                  : Future.succeededFuture(accepted.payload());
                          case Verdict.Rejected<P> rejected ->
                              Future.<P>failedFuture(
                                  new TakenBack(attempt.refused().apply(rejected.errors())));
                        });
    return (open ? database.inTransaction(change) : database.inPrivateTransaction(change))
        .recover(
            failure ->
                switch (failure) {
                  case TakenBack taken -> Future.succeededFuture((P) taken.payload);
                  case Refusal refusal ->
                      Future.succeededFuture(attempt.refused().apply(refusal.errors()));
                  case PgException refused when isConstraint(refused) ->
                      Future.succeededFuture(attempt.refused().apply(List.of(refusal(refused))));
                  default -> Future.failedFuture(failure);
                });
  }

  private static boolean isConstraint(PgException refused) {
    return String.valueOf(refused.getSqlState()).startsWith("23");
  }

  /** What a check of ours let pass, mostly because another change came between. */
  private static UserError refusal(PgException refused) {
    var twice = UNIQUE_VIOLATION.equals(refused.getSqlState());
    LOG.warn("the database refused a change: {}", refused.getMessage());
    return new InputError(
        twice ? UserErrorCode.ALREADY_EXISTS : UserErrorCode.INVALID,
        twice
            ? "Another change made the same meanwhile. Read again what there is."
            : "It does not go together with what there is now. Read it again, and repeat the change.",
        List.of(),
        null);
  }
}
