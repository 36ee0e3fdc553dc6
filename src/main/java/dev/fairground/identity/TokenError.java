package dev.fairground.identity;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An error that a request with a token caused. */
public record TokenError(
    UUID tokenId,
    OffsetDateTime at,
    @Nullable String requestId,
    @Nullable String operationName,
    String code,
    String message) {}
