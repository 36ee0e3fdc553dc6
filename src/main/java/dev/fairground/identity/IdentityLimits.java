package dev.fairground.identity;

import dev.fairground.graphql.Limits;

/**
 * The numbers that bound tokens and signing in.
 *
 * @param tokenDays the longest that a token may live
 * @param tokensPerOrganization tokens of one organization that are accepted at once
 * @param cacheMillis how long a credential that was found good is not looked up again; so long one
 *     that was ended on another server goes on
 * @param failures wrong credentials of one address in a minute; beyond it 429 for all that are not
 *     known already
 * @param errors errors that are kept of each token
 */
public record IdentityLimits(
    int tokenDays, int tokensPerOrganization, int cacheMillis, int failures, int errors) {
  /** What a server has on which nothing was set. */
  public static final IdentityLimits DEFAULTS = read((name, standard, least, most) -> standard);

  /** Asks {@code from} for each number; its place in the list is that of the component. */
  public static IdentityLimits read(Limits.Settings from) {
    return new IdentityLimits(
        from.number("FAIRGROUND_TOKEN_DAYS", 366, 1, 3_660),
        from.number("FAIRGROUND_TOKENS_PER_ORGANIZATION", 1_000, 1, 1_000_000),
        from.number("FAIRGROUND_TOKEN_CACHE_MILLIS", 2_000, 0, 60_000),
        from.number("FAIRGROUND_SIGN_IN_FAILURES", 30, 1, 1_000_000),
        from.number("FAIRGROUND_TOKEN_ERRORS", 50, 1, 1_000));
  }
}
