package dev.fairground.eligibility;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param code stable, for programs: {@code PRODUCT_PUBLISHED}, {@code FA-06}, or {@code POLICY.}
 *     and the code of a condition
 * @param title what is asked
 * @param message what was found, in Chinese and English
 * @param clause the document and clause that it rests on; null where no document says it
 * @param evidence global ids of the records that show it
 * @param remedy how it is cured; null where nothing is to be cured
 */
public record EligibilityCheck(
    String code,
    Outcome outcome,
    Text title,
    Text message,
    @Nullable LegalBasis clause,
    List<String> evidence,
    @Nullable Text remedy) {
  public EligibilityCheck {
    evidence = List.copyOf(evidence);
  }
}
