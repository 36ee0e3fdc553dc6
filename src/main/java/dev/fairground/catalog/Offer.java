package dev.fairground.catalog;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What data products and service capabilities have in common.
 *
 * @param code the operator's own, never changes
 * @param publishedAt when the product was first published
 * @param demonstration made up to show the market; no source says it
 */
public record Offer(
    UUID id,
    UUID operatorId,
    int version,
    OffsetDateTime validFrom,
    String code,
    Status status,
    @Nullable String statusReason,
    Text title,
    @Nullable Text summary,
    UUID authorizationId,
    Form form,
    Tier tier,
    PurposeClass purposeClass,
    @Nullable String field,
    @Nullable String sectorCode,
    @Nullable String regionCode,
    List<String> deliveries,
    @Nullable String updateFrequency,
    @Nullable LocalDate dataUpdatedOn,
    @Nullable String grade,
    @Nullable Boolean personalInformation,
    @Nullable String accessTerms,
    @Nullable String tradingVenue,
    @Nullable Period term,
    OffsetDateTime publishedAt,
    @Nullable String source,
    boolean demonstration) {

  /** Where a product stands in its operator's list. */
  public enum Status {
    PUBLISHED,
    SUSPENDED,
    DELISTED
  }

  /** The form in which it is delivered. */
  public enum Form {
    API,
    DATASET,
    VERIFICATION,
    REPORT,
    MODEL,
    INDEX,
    APPLICATION,
    DATA_OBJECT,
    OTHER
  }

  /** Whether it is made of resources or of other products. */
  public enum Tier {
    BASE,
    REDEVELOPED
  }

  /** What use it is for; decides whether a charge is allowed at all. */
  public enum PurposeClass {
    PUBLIC_GOVERNANCE,
    PUBLIC_WELFARE,
    INDUSTRY
  }
}
