package dev.fairground.eligibility;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The scenario that is asked for.
 *
 * @param endsOn its last day; null for none
 */
record AskedScenario(UUID id, String purposeClass, @Nullable LocalDate endsOn) {
  String globalId() {
    return Ids.write(AuthorizationResolver.SCENARIO, id);
  }
}
