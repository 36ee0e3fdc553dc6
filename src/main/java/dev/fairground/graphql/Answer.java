package dev.fairground.graphql;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer and what the transport needs to know of it.
 *
 * @param body the whole JSON answer
 * @param refusedBy the code when there is no {@code data} at all, else null
 * @param readOnly whether it answers a query (and so may be answered from a cache)
 * @param retryAfterMillis when to come back; 0 if that would not help
 * @param limits the caller's bucket after this request, for the {@code RateLimit} headers
 */
public record Answer(
    Buffer body,
    @Nullable ErrorCode refusedBy,
    boolean readOnly,
    long retryAfterMillis,
    @Nullable RateLimit limits) {}
