package dev.fairground.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The four parameters of a GraphQL request, of the right types; others are not kept. */
record RequestParameters(
    @Nullable String query,
    @Nullable String operationName,
    Map<String, Object> variables,
    Map<String, Object> extensions) {}
