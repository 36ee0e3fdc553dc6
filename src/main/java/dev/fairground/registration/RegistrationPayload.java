package dev.fairground.registration;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change of a registration.
 *
 * @param registrationId null where nothing was done
 * @param affected the first products that it bears on
 */
record RegistrationPayload(
    @Nullable UUID registrationId,
    int affectedCount,
    List<UUID> affected,
    List<UserError> userErrors) {
  static RegistrationPayload refused(List<UserError> errors) {
    return new RegistrationPayload(null, 0, List.of(), errors);
  }
}
