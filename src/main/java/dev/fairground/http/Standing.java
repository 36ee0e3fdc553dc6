package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Who a stream belongs to, and whether that still holds: credentials end and are taken back while
 * streams go on.
 *
 * @param authorization what it came with; null for nothing
 */
record Standing(
    GraphqlHandler server, String address, @Nullable String authorization, Viewer viewer) {
  /** What has become of the caller. */
  enum Now {
    SAME,
    /** Its rights are others: the stream has to be asked for anew. */
    OTHER_RIGHTS,
    /** Its credentials are not accepted any more. */
    GONE
  }

  static Future<Standing> of(
      GraphqlHandler server, String address, @Nullable String authorization) {
    return authorization == null
        ? Future.succeededFuture(new Standing(server, address, null, Viewer.anonymous(address)))
        : server
            .backend
            .credentials()
            .viewer(authorization, address)
            .map(viewer -> new Standing(server, address, authorization, viewer));
  }

  /**
   * Never fails: while nobody can tell, nothing has changed. Asked beside the address's own wrong
   * tries: by guessing on, nobody keeps credentials that have ended from being found out.
   */
  Future<Now> check() {
    return of(server, "stream " + address, authorization)
        .map(now -> now.viewer.rights().equals(viewer.rights()) ? Now.SAME : Now.OTHER_RIGHTS)
        .otherwise(
            failure ->
                failure instanceof Refusal refusal && refusal.code() == ErrorCode.UNAUTHENTICATED
                    ? Now.GONE
                    : Now.SAME);
  }
}
