package dev.fairground.identity;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mutation {@code apiTokenRevoke}. */
final class ApiTokenRevoke {
  record ApiTokenRevokePayload(@Nullable ApiToken apiToken, List<UserError> userErrors) {}

  private final Mutations mutations;
  private final ApiTokenRepository tokens;
  private final EventLog events;
  private final Consumer<UUID> ended;

  /**
   * @param ended is told of each token that was ended, when that is committed
   */
  ApiTokenRevoke(
      Mutations mutations, ApiTokenRepository tokens, EventLog events, Consumer<UUID> ended) {
    this.mutations = mutations;
    this.tokens = tokens;
    this.events = events;
    this.ended = ended;
  }

  Future<ApiTokenRevokePayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var id = requireNonNull(input.id("id", ApiToken.PREFIX));
    var attempt =
        new Attempt<>(
            "apiTokenRevoke", write, input, errors -> new ApiTokenRevokePayload(null, errors));
    return mutations
        .run(attempt, transaction -> end(transaction, write, input, id))
        .onSuccess(payload -> ended.accept(id));
  }

  private Future<Verdict<ApiTokenRevokePayload>> end(
      SqlConnection transaction, Write write, Arguments input, UUID id) {
    return tokens
        .findForUpdate(transaction, write.viewer(), id)
        .compose(
            token -> {
              if (token == null
                  || !write.viewer().may(Scope.TOKEN_MANAGE, token.organizationId())) {
                return Future.succeededFuture(Verdict.rejected(InputError.notFound(input, "id")));
              }
              var expected = input.integer("expectedVersion");
              if (expected != null && expected != token.version()) {
                return Future.succeededFuture(
                    Verdict.rejected(VersionConflictError.of(input, token.version())));
              }
              return token.revokedAt() != null
                  ? Future.succeededFuture(accepted(token))
                  : revoke(transaction, write, id);
            });
  }

  private Future<Verdict<ApiTokenRevokePayload>> revoke(
      SqlConnection transaction, Write write, UUID id) {
    return tokens
        .revoke(transaction, id, write.moment().now().atOffset(ZoneOffset.UTC))
        .compose(
            token ->
                events
                    .append(
                        transaction,
                        write,
                        List.of(ApiTokenCreate.changed(token, List.of("revokedAt"))))
                    .map(done -> accepted(token)));
  }

  private static Verdict<ApiTokenRevokePayload> accepted(ApiToken token) {
    return Verdict.accepted(new ApiTokenRevokePayload(token, List.of()));
  }
}
