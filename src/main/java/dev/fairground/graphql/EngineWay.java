package dev.fairground.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** Runs operations on graphql-java's engine. */
final class EngineWay {
  private final GraphQL graphql;

  EngineWay(Schema schema) {
    graphql =
        GraphQL.newGraphQL(schema.graphql())
            .preparsedDocumentProvider(
                (input, parse) ->
                    CompletableFuture.completedFuture(
                        input.getGraphQLContext().get(PreparsedDocumentEntry.class)))
            .defaultDataFetcherExceptionHandler(new FieldFailures())
            // One thing that a subscription tells is run as a query whose root value is there.
            .subscriptionExecutionStrategy(new AsyncExecutionStrategy(new FieldFailures()))
            .build();
  }

  /**
   * @param happened the value of a subscription's root field; null for queries and mutations
   */
  Future<ExecutionResult> run(
      Operation operation, Prepared prepared, Call call, @Nullable Object happened) {
    var context = new HashMap<Object, Object>();
    context.put(Call.class, call);
    context.put(PreparsedDocumentEntry.class, new PreparsedDocumentEntry(prepared.document()));
    context.put(FieldFailures.REQUEST_ID, operation.requestId());
    if (happened != null) {
      context.put(Fetchers.HAPPENED, happened);
    }
    var input =
        ExecutionInput.newExecutionInput()
            .query(operation.query())
            .operationName(operation.operationName())
            .variables(operation.variables())
            .localContext(call.reading().moment())
            .dataLoaderRegistry(new DataLoaderRegistry())
            .graphQLContext(context)
            .build();
    GraphQL.unusualConfiguration(input)
        .dataloaderConfig()
        .enableDataLoaderExhaustedDispatching(true);
    if (happened == null) {
      operation.cancellation().onCancel(input::cancel);
    }
    return Future.fromCompletionStage(graphql.executeAsync(input));
  }
}
