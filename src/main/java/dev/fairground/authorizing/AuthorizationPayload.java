package dev.fairground.authorizing;

import dev.fairground.authorizing.Effects.Affected;
import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a change of an authorization, and of the products that rest on it. */
record AuthorizationPayload(
    @Nullable UUID authorizationId,
    Affected affected,
    Affected resumable,
    List<UserError> userErrors) {

  static AuthorizationPayload refused(List<UserError> errors) {
    return new AuthorizationPayload(null, Affected.NONE, Affected.NONE, errors);
  }

  static AuthorizationPayload of(UUID id) {
    return new AuthorizationPayload(id, Affected.NONE, Affected.NONE, List.of());
  }
}
