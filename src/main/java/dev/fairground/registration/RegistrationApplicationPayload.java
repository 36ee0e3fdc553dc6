package dev.fairground.registration;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change of an application.
 *
 * @param registrationApplication as it is after the change; null where nothing was done
 * @param affected the first products that it bears on
 */
record RegistrationApplicationPayload(
    @Nullable RegistrationApplication registrationApplication,
    int affectedCount,
    List<UUID> affected,
    List<UserError> userErrors) {
  static RegistrationApplicationPayload refused(List<UserError> errors) {
    return new RegistrationApplicationPayload(null, 0, List.of(), errors);
  }

  static RegistrationApplicationPayload of(
      @Nullable RegistrationApplication application, Affected affected) {
    return new RegistrationApplicationPayload(
        application, affected.count(), affected.first(), List.of());
  }
}
