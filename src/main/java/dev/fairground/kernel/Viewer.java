package dev.fairground.kernel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller as GraphQL sees it.
 *
 * @param key what limits are counted by: the address of an anonymous caller, else who it is
 * @param actor who it is; null for an anonymous caller
 * @param rights what it may do, and for whom
 */
public record Viewer(String key, @Nullable Actor actor, Rights rights) {
  /**
   * Somebody who proved who it is.
   *
   * @param subject the same for the same person or service at every sign-in; names its writes in
   *     the trail and its idempotency keys
   * @param name for people to read
   * @param tokenId the API token it came with; null for who came by OpenID Connect
   */
  public record Actor(String subject, String name, @Nullable UUID tokenId) {}

  public static Viewer anonymous(String address) {
    return new Viewer(address, null, Rights.NONE);
  }

  /** Whether the caller proved who it is. */
  public boolean signedIn() {
    return actor != null;
  }

  public boolean may(Scope scope, UUID organizationId) {
    return rights.allow(scope, organizationId);
  }
}
