package dev.fairground.graphql;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer and what the transport needs to know of it.
 *
 * <p>The bytes never hold a top-level {@code extensions}: what the answer cost and what is left
 * changes from call to call, so the transport writes {@code extensions.cost} behind them from
 * {@code limits} and {@code actualCost}. The same data therefore always has the same bytes, which
 * makes them comparable (ETag) and shareable (cache). Nobody changes {@code body} after handing it
 * over.
 *
 * @param body a JSON object with {@code data} or {@code errors} or both, and nothing else
 * @param refusedBy the code when there is no {@code data} at all, else null
 * @param partial whether {@code errors} stand beside {@code data}
 * @param shareUntilMillis until when, in {@link System#currentTimeMillis()}, every anonymous caller
 *     may be given these bytes for the same request while the catalogue has not changed; 0 for
 *     never: mutations, answers that tell of the caller (its rate limit); {@link Long#MAX_VALUE}
 *     when time alone changes nothing
 * @param retryAfterMillis when to come back; 0 if that would not help
 * @param limits the caller's bucket after this request; null leaves {@code extensions.cost} and the
 *     {@code RateLimit} headers out
 * @param actualCost the points that were charged in the end
 */
public record Answer(
    Buffer body,
    @Nullable ErrorCode refusedBy,
    boolean partial,
    long shareUntilMillis,
    long retryAfterMillis,
    @Nullable RateLimit limits,
    int actualCost) {}
