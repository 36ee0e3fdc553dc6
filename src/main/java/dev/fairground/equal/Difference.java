package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import org.jspecify.annotations.Nullable;

/**
 * In what terms differ from the standard ones, or from those of like grants.
 *
 * @param usual what is standard, or what others have; empty where nothing was said
 * @param granted what these terms say
 * @param grants how many like grants have what is usual; 0 against the standard
 * @param factor the reason for it, of these terms or of the others'; null where none holds
 * @param lack what stands against the reason, in words; null where one holds
 */
public record Difference(
    TermsField field,
    Against against,
    Direction direction,
    String usual,
    String granted,
    int grants,
    @Nullable DifferenceFactor factor,
    @Nullable String lack) {

  /** What terms are compared with. */
  public enum Against {
    /** Tariff, access policy and standard terms. */
    STANDARD,
    /** Like grants. */
    COHORT
  }

  /** For whom it is better. */
  public enum Direction {
    /** These terms are better for their holder. */
    BETTER,
    /** They are worse for their holder. */
    WORSE,
    /** Neither can be said. */
    OTHER
  }

  /** Whether a reason of the closed list holds for it. */
  public boolean justified() {
    return lack == null;
  }
}
