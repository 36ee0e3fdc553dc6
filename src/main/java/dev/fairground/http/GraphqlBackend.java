package dev.fairground.http;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Opening;
import dev.fairground.graphql.Operation;
import dev.fairground.graphql.RateLimit;
import dev.fairground.graphql.Troubles;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the transport.
 *
 * @param execute runs an operation. What it refuses it answers itself, or fails with a {@link
 *     dev.fairground.graphql.Refusal}; any other failure is a defect and answered as one
 * @param credentials who calls
 * @param bucket what a caller has left, without charging anything: told with shared answers, which
 *     cost nothing
 * @param catalogueVersion a number that changes before a change of public content is acknowledged,
 *     here or (as soon as it is heard of) on another server; negative while that is not known, and
 *     then no answer is shared
 * @param streams runs what is asked over a WebSocket or as server-sent events
 * @param troubles is told what a signed-in caller was refused before the engine heard of it
 */
public record GraphqlBackend(
    Function<Operation, Future<Answer>> execute,
    Credentials credentials,
    Function<Viewer, @Nullable RateLimit> bucket,
    LongSupplier catalogueVersion,
    Streams streams,
    Troubles troubles) {

  /** Runs an operation of any kind as a stream of its answers. */
  @FunctionalInterface
  public interface Streams {
    /**
     * @param resumeAfter the cursor that a subscription goes on from, whatever its argument {@code
     *     after} says; null for none. Called on an event loop; fails as {@code execute} does
     */
    Future<Opening> open(Operation operation, @Nullable String resumeAfter);
  }

  /** One that streams only the single answers of {@code execute}. */
  public GraphqlBackend(
      Function<Operation, Future<Answer>> execute,
      Credentials credentials,
      Function<Viewer, @Nullable RateLimit> bucket,
      LongSupplier catalogueVersion) {
    this(
        execute,
        credentials,
        bucket,
        catalogueVersion,
        (operation, resumeAfter) -> execute.apply(operation).map(Opening::of),
        Troubles.UNHEARD);
  }
}
