package dev.fairground.resource;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a public data resource.
 *
 * @param code never changes
 * @param holderName the holder in the words of the source, where it is no organization of ours
 * @param source where the record was read
 * @param demonstration made up to show the market; no source says it
 * @param sharingText the conditions of sharing, or the legal basis of not sharing
 * @param coverage the days that its data tell of
 * @param catalogue that it was imported from; null where it was not
 * @param identifier what it is known by there
 */
public record DataResource(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    String code,
    Text title,
    @Nullable Text summary,
    @Nullable UUID holderId,
    @Nullable String holderName,
    String origin,
    @Nullable Boolean providerConsent,
    @Nullable String topic,
    @Nullable String sectorCode,
    @Nullable String regionCode,
    @Nullable String updateFrequency,
    @Nullable String updateFrequencyText,
    @Nullable String openness,
    @Nullable String opennessText,
    @Nullable String grade,
    @Nullable Boolean personalInformation,
    List<String> formats,
    List<String> keywords,
    @Nullable String landingPage,
    @Nullable String licence,
    @Nullable LocalDate releasedOn,
    @Nullable LocalDate updatedOn,
    String source,
    boolean demonstration,
    @Nullable String sharing,
    @Nullable String sharingText,
    @Nullable String volumeText,
    @Nullable Period coverage,
    @Nullable LocalDate nextReviewOn,
    Status status,
    @Nullable String catalogue,
    @Nullable String identifier) {

  /** Whether its catalogue still has it. */
  public enum Status {
    LISTED,
    WITHDRAWN
  }

  /** This version, by which its data items are found. */
  public Version key() {
    return new Version(id, version);
  }

  /** A version of a resource. */
  public record Version(UUID id, int version) {}
}
