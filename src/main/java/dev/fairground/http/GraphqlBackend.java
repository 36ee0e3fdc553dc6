package dev.fairground.http;

import dev.fairground.graphql.Answer;
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
 * @param troubles is told what a signed-in caller was refused before the engine heard of it
 */
public record GraphqlBackend(
    Function<Operation, Future<Answer>> execute,
    Credentials credentials,
    Function<Viewer, @Nullable RateLimit> bucket,
    LongSupplier catalogueVersion,
    Troubles troubles) {
  public GraphqlBackend(
      Function<Operation, Future<Answer>> execute,
      Credentials credentials,
      Function<Viewer, @Nullable RateLimit> bucket,
      LongSupplier catalogueVersion) {
    this(execute, credentials, bucket, catalogueVersion, Troubles.UNHEARD);
  }
}
