package dev.fairground.identity;

import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A credential of a program, without its secret.
 *
 * @param scopes words of {@link Scope}
 * @param createdBy the name of who made it
 */
public record ApiToken(
    UUID id,
    int version,
    UUID organizationId,
    Role role,
    String name,
    List<String> scopes,
    String createdBy,
    OffsetDateTime createdAt,
    OffsetDateTime expiresAt,
    @Nullable OffsetDateTime lastUsedAt,
    @Nullable OffsetDateTime revokedAt,
    boolean demonstration) {
  /** The prefix of tokens' ids. */
  public static final String PREFIX = "tok";

  public ApiToken {
    scopes = List.copyOf(scopes);
  }

  /** What it may do; words of scopes that are no more count for nothing. */
  Set<Scope> allowed() {
    return scopes.stream()
        .map(Scope::of)
        .filter(scope -> scope != null)
        .collect(Collectors.toUnmodifiableSet());
  }
}
