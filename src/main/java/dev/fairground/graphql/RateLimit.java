package dev.fairground.graphql;

/**
 * A caller's bucket of cost points at one moment.
 *
 * @param limit points in a full bucket
 * @param remaining points left, after the request in hand
 * @param restorePerSecond points that come back each second
 * @param requestedCost what the request in hand was estimated to cost
 * @param maxSingleCost the dearest request that is ever run
 */
public record RateLimit(
    int limit, int remaining, int restorePerSecond, int requestedCost, int maxSingleCost) {}
