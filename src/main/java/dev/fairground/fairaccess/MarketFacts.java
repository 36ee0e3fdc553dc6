package dev.fairground.fairaccess;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marketplace itself.
 *
 * @param rankingFactors what this server orders lists by
 * @param publishedFactors what the platform's rule in force says that it orders them by; null where
 *     there is no such rule
 * @param changes versions of the rule: the one in force on the day, and those to come
 * @param ownUnmarked products of the marketplace's own organization, or of one tied to it, that are
 *     not marked as such; null where nobody said whose the marketplace is
 */
public record MarketFacts(
    String subject,
    String jurisdictionCode,
    List<String> rankingFactors,
    @Nullable List<String> publishedFactors,
    List<Change> changes,
    @Nullable List<String> ownUnmarked)
    implements Facts {

  /** A version of the platform's rules: when it was shown, and when it took effect. */
  public record Change(int version, LocalDate shownOn, LocalDate effectiveOn) {}
}
