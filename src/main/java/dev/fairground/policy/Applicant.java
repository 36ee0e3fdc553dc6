package dev.fairground.policy;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What conditions look at in an applicant, on a day.
 *
 * @param id null where nobody is said: then nothing of it is known
 * @param kind ORGAN, PUBLIC_INSTITUTION, ENTERPRISE or OTHER
 * @param roles that it has on the day
 * @param creditCode its unified social credit code
 * @param uncorrectedMisuse whether misuse of an access grant of its waits to be put right, or ended
 *     the grant; null where that is not known
 */
public record Applicant(
    @Nullable UUID id,
    @Nullable String kind,
    Set<String> roles,
    @Nullable String regionCode,
    @Nullable String creditCode,
    @Nullable Boolean smallOrMicro,
    @Nullable Boolean uncorrectedMisuse) {
  /** Nobody in particular. */
  public static final Applicant NOBODY =
      new Applicant(null, null, Set.of(), null, null, null, null);

  public Applicant {
    roles = Set.copyOf(roles);
  }
}
