package dev.fairground.check;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a product and answers for.
 *
 * @param evidence null for who may not see it, too
 * @param baseProductId what it was redeveloped from; of a LINEAGE only
 * @param developerId who made it; of a LINEAGE only
 */
public record Declaration(
    UUID id,
    UUID operatorId,
    UUID productId,
    int version,
    Kind kind,
    State state,
    String text,
    @Nullable String evidence,
    @Nullable UUID baseProductId,
    @Nullable UUID developerId,
    LocalDate declaredOn) {
  static final String PREFIX = "pdc";

  /** What it is about. */
  public enum Kind {
    LINEAGE,
    REGRADED,
    PERSONAL_INFORMATION_BASIS,
    TECHNICAL_NEED,
    PROCESSED
  }

  /** Whether it still holds. */
  public enum State {
    DECLARED,
    ENDED
  }
}
