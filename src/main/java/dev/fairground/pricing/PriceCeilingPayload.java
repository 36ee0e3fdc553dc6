package dev.fairground.pricing;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of setting or ending a ceiling.
 *
 * @param ceilingId the one that was set or ended; null where nothing was done
 * @param replacedId the one that it takes the place of
 * @param findings prices that are now above a ceiling, or without one, and were not before
 */
record PriceCeilingPayload(
    @Nullable UUID ceilingId,
    @Nullable UUID replacedId,
    List<PriceFinding> findings,
    List<UserError> userErrors) {
  static PriceCeilingPayload refused(List<UserError> errors) {
    return new PriceCeilingPayload(null, null, List.of(), errors);
  }

  List<PriceFinding> above() {
    return findings.stream().filter(finding -> finding.reason() == Kind.ABOVE).toList();
  }

  List<PriceFinding> without() {
    return findings.stream().filter(finding -> finding.reason() != Kind.ABOVE).toList();
  }
}
