package dev.fairground.check;

import java.time.LocalDate;
import java.util.List;

/**
 * The marketplace itself.
 *
 * @param rankingFactors what this server orders lists by
 * @param publishedFactors what the platform's rule in force says that it orders them by; empty
 *     where there is none
 * @param ownUnmarked products of the marketplace's own organization, or of one tied to it, that are
 *     not marked as such
 */
public record MarketFacts(
    String subject,
    String jurisdictionCode,
    List<String> rankingFactors,
    List<String> publishedFactors,
    List<Change> changes,
    List<String> ownUnmarked)
    implements Facts {

  /** A version of the platform's rules: when it was shown, and when it took effect. */
  public record Change(int version, LocalDate shownOn, LocalDate effectiveOn) {}
}
