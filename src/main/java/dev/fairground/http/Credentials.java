package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;

/**
 * Tells who calls from the {@code Authorization} header, which is asked for only when it is there.
 * Fails with a {@link Refusal} of code {@code UNAUTHENTICATED} and one message for all causes.
 */
@FunctionalInterface
public interface Credentials {
  /** For a server that knows no tokens: every credential is a bad one, and said to be. */
  Credentials NONE =
      (authorization, address) ->
          Future.failedFuture(
              new Refusal(ErrorCode.UNAUTHENTICATED, "The credentials are not accepted."));

  Future<Viewer> viewer(String authorization, String address);
}
