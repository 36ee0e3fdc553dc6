package dev.fairground.eligibility;

import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For which organization a viewer asks: only ever one of its own, because whether misuse waits to
 * be put right is nobody else's business. Pure.
 */
final class OwnOrganization {
  private OwnOrganization() {}

  /** Those that the viewer may ask for: whose requests it may read or hand in. */
  static List<UUID> of(Viewer viewer) {
    return List.of(viewer.rights().organizations(Scope.REQUEST_READ, Scope.REQUEST_WRITE));
  }

  /**
   * The organization that is named, or the only one.
   *
   * @return null for who has none, and for who has several and names none
   * @throws BadInput at {@code argument} where the one named is not the viewer's; the same whether
   *     there is such an organization or not
   */
  static @Nullable UUID of(Viewer viewer, @Nullable UUID named, String argument) {
    var own = of(viewer);
    if (named == null) {
      return own.size() == 1 ? own.getFirst() : null;
    }
    if (!own.contains(named)) {
      throw new BadInput(
          argument,
          own.isEmpty()
              ? "only one's own organization can be asked for: sign in with a token that has request:read"
              : "it is not an organization that you may ask for; leave it out, or name one of yours");
    }
    return named;
  }
}
