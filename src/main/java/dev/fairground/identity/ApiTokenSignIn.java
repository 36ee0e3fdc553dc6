package dev.fairground.identity;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.identity.ApiTokenRepository.Kept;
import dev.fairground.identity.SignIns.Known;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who comes with a token. */
final class ApiTokenSignIn {
  private final ApiTokenRepository tokens;
  private final InstantSource clock;
  private final TokenNotes notes;

  ApiTokenSignIn(Database database, InstantSource clock, TokenNotes notes) {
    this.tokens = new ApiTokenRepository(database);
    this.clock = clock;
    this.notes = notes;
  }

  /** Fails with {@link BadCredential} for a token that is not accepted. */
  Future<Known> lookUp(TokenText text) {
    return tokens.findForSignIn(text.id()).compose(kept -> judge(text, kept));
  }

  private Future<Known> judge(TokenText text, @Nullable Kept kept) {
    if (kept == null || !TokenText.same(kept.digest(), text.digest())) {
      return Future.failedFuture(new BadCredential("there is no such token"));
    }
    var token = kept.token();
    var end =
        token.revokedAt() != null
            ? "The token was ended, and somebody still comes with it."
            : !token.expiresAt().toInstant().isAfter(clock.instant())
                ? "The token has expired, and somebody still comes with it."
                : null;
    if (end != null) {
      // Its owner may know; who sent it is told what all are told.
      notes.error(token.id(), null, null, ErrorCode.UNAUTHENTICATED, end);
      return Future.failedFuture(new BadCredential(end));
    }
    return Future.succeededFuture(
        new Known(viewer(token), token.id(), token.expiresAt().toInstant()));
  }

  private static Viewer viewer(ApiToken token) {
    var subject = IdentityResolver.subject(token.id());
    return new Viewer(
        subject,
        new Viewer.Actor(subject, token.name(), token.id()),
        Rights.of(List.of(new Membership(token.organizationId(), token.role())), token.allowed()));
  }
}
