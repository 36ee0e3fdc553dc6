package dev.fairground.kernel;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For which organizations a caller holds which scope.
 *
 * @param organizations by scope; a scope that is held for none is absent
 * @param everywhere scopes that are held for every organization: an auditor's readings
 * @param memberships what they come from
 */
public record Rights(
    Map<Scope, Set<UUID>> organizations, Set<Scope> everywhere, List<Membership> memberships) {
  /** Those of the public. */
  public static final Rights NONE = new Rights(Map.of(), Set.of(), List.of());

  /** A role that somebody has for an organization. */
  public record Membership(UUID organizationId, Role role) {}

  /**
   * What memberships allow.
   *
   * @param within the scopes that a token was given; null for all of its memberships
   */
  public static Rights of(Collection<Membership> memberships, @Nullable Set<Scope> within) {
    var organizations = new EnumMap<Scope, Set<UUID>>(Scope.class);
    var everywhere = EnumSet.noneOf(Scope.class);
    for (var membership : memberships) {
      for (var scope : membership.role().scopes()) {
        if (within != null && !within.contains(scope)) {
          continue;
        }
        organizations
            .computeIfAbsent(scope, unseen -> new HashSet<>())
            .add(membership.organizationId());
        if (membership.role() == Role.AUDITOR && Scope.reading().contains(scope)) {
          everywhere.add(scope);
        }
      }
    }
    organizations.replaceAll((scope, ids) -> Set.copyOf(ids));
    return new Rights(
        Map.copyOf(organizations),
        Set.copyOf(everywhere),
        memberships.stream().distinct().toList());
  }

  /** The scopes that are held for any organization, in their order. */
  public Set<Scope> held() {
    var held = EnumSet.noneOf(Scope.class);
    held.addAll(organizations.keySet());
    held.addAll(everywhere);
    return held;
  }

  public boolean allow(Scope scope, UUID organizationId) {
    return everywhere.contains(scope)
        || organizations.getOrDefault(scope, Set.of()).contains(organizationId);
  }

  /** Whether the scope is held for any organization at all. */
  public boolean hold(Scope scope) {
    return everywhere.contains(scope) || organizations.containsKey(scope);
  }

  /** For {@code = any($n)}; whoever holds the scope everywhere is asked by {@link #everywhere}. */
  public UUID[] organizations(Scope... scopes) {
    return Arrays.stream(scopes)
        .flatMap(scope -> organizations.getOrDefault(scope, Set.of()).stream())
        .distinct()
        .toArray(UUID[]::new);
  }

  /** Whether one of the scopes is held for every organization. */
  public boolean everywhere(Scope... scopes) {
    return Arrays.stream(scopes).anyMatch(everywhere::contains);
  }
}
