package dev.fairground.http;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Operation;
import dev.fairground.graphql.RateLimit;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition;
import graphql.scalars.ExtendedScalars;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A small real GraphQL engine, to have something behind the transport. */
final class TinyMarket implements Function<Operation, Future<Answer>> {
  private static final String SDL =
      """
      scalar JSON
      type Query {
        hello: String
        echo(value: JSON): JSON
        count: Int
        text(length: Int!): String
        slow(millis: Int!): String
        stuck: String
        broken: String
        partly: String
        defect: String
      }
      type Mutation { rename(name: String!): String }
      """;

  final AtomicInteger executions = new AtomicInteger();
  final AtomicInteger cancellations = new AtomicInteger();
  final AtomicLong version = new AtomicLong();
  final AtomicInteger content = new AtomicInteger();
  private final Vertx vertx;
  private final GraphQL engine;

  TinyMarket(Vertx vertx) {
    this.vertx = vertx;
    var wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(ExtendedScalars.Json)
            .type(
                "Query",
                query ->
                    query
                        .dataFetcher("hello", field -> "world")
                        .dataFetcher("echo", field -> field.getArgument("value"))
                        .dataFetcher("count", field -> content.get())
                        .dataFetcher("text", field -> "x".repeat(number(field, "length")))
                        .dataFetcher("slow", this::slow)
                        .dataFetcher("stuck", this::stuck)
                        .dataFetcher(
                            "partly",
                            field -> {
                              throw new IllegalStateException("on purpose");
                            }))
            .type(
                "Mutation", type -> type.dataFetcher("rename", field -> field.getArgument("name")))
            .build();
    var schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SDL), wiring);
    engine = GraphQL.newGraphQL(schema).instrumentation(new NoMutationByGet()).build();
  }

  private static int number(DataFetchingEnvironment field, String argument) {
    return requireNonNull(field.<Integer>getArgument(argument));
  }

  private CompletionStage<String> slow(DataFetchingEnvironment field) {
    int millis = number(field, "millis");
    Promise<String> promise = Promise.promise();
    long timer = vertx.setTimer(millis, done -> promise.tryComplete("done"));
    Operation operation = requireNonNull(field.getGraphQlContext().get("operation"));
    operation
        .cancellation()
        .onCancel(
            () -> {
              cancellations.incrementAndGet();
              vertx.cancelTimer(timer);
              promise.tryFail("cancelled");
            });
    return promise.future().toCompletionStage();
  }

  /** Never answers, and listens to nobody. */
  private CompletionStage<String> stuck(DataFetchingEnvironment field) {
    return Promise.<String>promise().future().toCompletionStage();
  }

  @Override
  public Future<Answer> apply(Operation operation) {
    executions.incrementAndGet();
    if (operation.query().contains("defect")) {
      throw new IllegalStateException("a class name and a secret");
    }
    var input =
        ExecutionInput.newExecutionInput(operation.query())
            .operationName(operation.operationName())
            .variables(operation.variables())
            .graphQLContext(Map.of("operation", operation))
            .build();
    return Future.fromCompletionStage(engine.executeAsync(input), vertx.getOrCreateContext())
        .map(result -> answer(operation, result));
  }

  private static Answer answer(Operation operation, ExecutionResult result) {
    var body = new LinkedHashMap<String, Object>();
    if (!result.getErrors().isEmpty()) {
      body.put("errors", result.getErrors().stream().map(GraphQLError::toSpecification).toList());
    }
    if (result.isDataPresent()) {
      body.put("data", result.getData());
    }
    boolean sharable = !operation.query().contains("mutation");
    return new Answer(
        new JsonObject(body).toBuffer(),
        result.isDataPresent() ? null : refusal(result.getErrors()),
        result.isDataPresent() && !result.getErrors().isEmpty(),
        sharable ? Long.MAX_VALUE : 0,
        0,
        new RateLimit(1_000, 990, 100, 10, 5_000),
        7);
  }

  private static ErrorCode refusal(List<GraphQLError> errors) {
    var type = errors.getFirst().getErrorType();
    if (type == ErrorType.InvalidSyntax) {
      return ErrorCode.GRAPHQL_PARSE_FAILED;
    }
    if (errors.getFirst().getMessage().contains("by POST")) {
      return ErrorCode.METHOD_NOT_ALLOWED;
    }
    return type == ErrorType.ValidationError && errors.getFirst().getMessage().contains("Variable")
        ? ErrorCode.BAD_USER_INPUT
        : ErrorCode.GRAPHQL_VALIDATION_FAILED;
  }

  private static final class NoMutationByGet extends SimplePerformantInstrumentation {
    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
        InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
      var context = parameters.getExecutionContext();
      Operation operation = requireNonNull(context.getGraphQLContext().get("operation"));
      if (operation.queryOnly()
          && context.getOperationDefinition().getOperation()
              == OperationDefinition.Operation.MUTATION) {
        throw new AbortExecutionException("Mutations are sent by POST.");
      }
      return super.beginExecuteOperation(parameters, state);
    }
  }
}
