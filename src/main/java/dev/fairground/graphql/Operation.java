package dev.fairground.graphql;

import dev.fairground.kernel.Viewer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One GraphQL request, decoded and well-formed, with what is known of its caller.
 *
 * @param query the document's text; a persisted query's hash has been replaced by its text
 * @param variables JSON values: strings, booleans, Integer, Long, BigInteger, BigDecimal, maps,
 *     lists
 * @param queryOnly whether only a query may run (GET)
 * @param requestId told to the caller, written to the log, and part of every error
 * @param deadlineNanos {@link System#nanoTime()} at which the answer must be there
 */
public record Operation(
    String query,
    @Nullable String operationName,
    Map<String, Object> variables,
    Map<String, Object> extensions,
    boolean queryOnly,
    Viewer viewer,
    String requestId,
    long deadlineNanos,
    Cancellation cancellation) {}
