package dev.fairground.draft;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an operator's list that is not published.
 *
 * @param productId the product that is drafted: a published one, or that which comes to be
 * @param baseVersion the published version that it began with; null for a new product
 * @param version counts its changes, from 1
 * @param content the entry's members under their names in the schema; what has no value is absent
 * @param missing the members that it lacks before it can be reviewed or published
 */
public record ProductDraft(
    UUID id,
    UUID operatorId,
    UUID productId,
    Kind kind,
    String code,
    @Nullable Integer baseVersion,
    int version,
    Status status,
    JsonObject content,
    @Nullable UUID authorizationId,
    List<String> missing,
    @Nullable Review security,
    @Nullable Review norm,
    @Nullable Confirmation institution,
    @Nullable Confirmation authority,
    @Nullable OffsetDateTime submittedAt,
    @Nullable String submittedBy,
    OffsetDateTime createdAt,
    String createdBy,
    OffsetDateTime updatedAt,
    String updatedBy) {

  /** The two kinds of products. */
  public enum Kind {
    DATA_PRODUCT,
    SERVICE_CAPABILITY
  }

  /** Where a draft stands on its way to be published. */
  public enum Status {
    /** Its operator writes it. */
    DRAFT,
    /** The institution of its authorization reviews it. */
    UNDER_REVIEW,
    /** A review was failed. */
    RETURNED,
    /** Both reviews were passed. */
    REVIEWED,
    /** Confirmed by all who have to. */
    FILED
  }

  /** The two reviews that a new or widened product needs. */
  public enum ReviewKind {
    SECURITY,
    BUSINESS_NORM
  }

  /** Who confirms, where a jurisdiction wants it. */
  public enum Confirmer {
    INSTITUTION,
    AUTHORITY
  }

  /** The outcome of one review. */
  public record Review(
      ReviewKind kind, boolean passed, @Nullable String reasons, OffsetDateTime at, String by) {}

  /** That somebody who has to confirm did so. */
  public record Confirmation(Confirmer confirmer, OffsetDateTime at, String by) {}

  List<Review> reviews() {
    var reviews = new ArrayList<Review>(2);
    if (security != null) {
      reviews.add(security);
    }
    if (norm != null) {
      reviews.add(norm);
    }
    return reviews;
  }

  List<Confirmation> confirmations() {
    var confirmations = new ArrayList<Confirmation>(2);
    if (institution != null) {
      confirmations.add(institution);
    }
    if (authority != null) {
      confirmations.add(authority);
    }
    return confirmations;
  }
}
