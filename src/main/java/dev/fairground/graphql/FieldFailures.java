package dev.fairground.graphql;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;

/** Turns a field's failure into errors with a code; never shows a class, a statement or a stack. */
final class FieldFailures implements DataFetcherExceptionHandler {
  /** The key in the operation's context under which its request id is. */
  static final String REQUEST_ID = "requestId";

  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
      DataFetcherExceptionHandlerParameters failed) {
    var environment = failed.getDataFetchingEnvironment();
    String requestId = environment.getGraphQlContext().getOrDefault(REQUEST_ID, "");
    var result = DataFetcherExceptionHandlerResult.newResult();
    Faults.of(failed.getException(), requestId).stream()
        .map(fault -> error(failed, fault))
        .forEach(result::error);
    return CompletableFuture.completedFuture(result.build());
  }

  private static GraphQLError error(DataFetcherExceptionHandlerParameters failed, Fault fault) {
    var extensions = new HashMap<String, Object>(fault.facts());
    extensions.put("code", fault.code().name());
    return GraphqlErrorBuilder.newError()
        .message("%s", fault.message())
        .path(failed.getPath())
        .location(failed.getSourceLocation())
        .extensions(extensions)
        .build();
  }
}
