package dev.fairground.authorization;

import dev.fairground.kernel.Period;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an authorization stood for a time.
 *
 * @param validTo when the next version took its place; null for the newest
 * @param resourceCount how many resources were in its scope
 * @param scenarioCount how many scenarios were allowed or ruled out
 */
record AuthorizationVersion(
    UUID grantId,
    int version,
    OffsetDateTime validFrom,
    @Nullable OffsetDateTime validTo,
    AuthorizationGrant.State state,
    @Nullable String stateReason,
    @Nullable Period term,
    @Nullable String endKind,
    int resourceCount,
    int scenarioCount) {}
