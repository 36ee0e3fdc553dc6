package dev.fairground.party;

import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of an organization.
 *
 * @param code the unified social credit code where one is known, else a code of ours; never changes
 * @param smallOrMicro whether it counts as a small or micro enterprise; null where nobody said
 * @param demonstration made up to show the market; no source says it
 * @param contact how the public reaches it, in its own words
 */
public record Organization(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    String code,
    Text name,
    @Nullable String creditCode,
    Kind kind,
    @Nullable String regionCode,
    @Nullable Boolean smallOrMicro,
    @Nullable String website,
    @Nullable String source,
    boolean demonstration,
    @Nullable String contact) {

  /** What an organization is in law. */
  public enum Kind {
    ORGAN,
    PUBLIC_INSTITUTION,
    ENTERPRISE,
    OTHER,
    UNKNOWN
  }
}
