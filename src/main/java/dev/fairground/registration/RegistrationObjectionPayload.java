package dev.fairground.registration;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an objection.
 *
 * @param objectionId null where nothing was done
 */
record RegistrationObjectionPayload(@Nullable UUID objectionId, List<UserError> userErrors) {
  static RegistrationObjectionPayload refused(List<UserError> errors) {
    return new RegistrationObjectionPayload(null, errors);
  }
}
