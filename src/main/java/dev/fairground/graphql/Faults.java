package dev.fairground.graphql;

import dev.fairground.kernel.BadInput;
import dev.fairground.sql.DatabaseUnavailable;
import dev.fairground.sql.ReadsCancelled;
import dev.fairground.sql.StatementTimeout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told of a failure. Whatever is not known here is our defect: logged, once. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  /** Whether the failure is the database's, so that running again would only make it worse. */
  static boolean isOfDatabase(Throwable failure) {
    return switch (unwrapped(failure)) {
      case DatabaseUnavailable away -> true;
      case StatementTimeout slow -> true;
      case ReadsCancelled cancelled -> true;
      default -> false;
    };
  }

  static List<Fault> of(Throwable failure, String requestId) {
    return switch (unwrapped(failure)) {
      case Refusal refusal -> refusal.faults();
      case BadInput input ->
          List.of(
              new Fault(
                  ErrorCode.BAD_USER_INPUT,
                  "Argument " + input.argument() + ": " + input.text(),
                  List.of(),
                  List.of(),
                  Map.of("argument", input.argument())));
      case DatabaseUnavailable away ->
          List.of(
              fault(
                  ErrorCode.SERVICE_UNAVAILABLE,
                  "The database does not answer at the moment. Try again in a few seconds."));
      case StatementTimeout slow ->
          List.of(
              fault(
                  ErrorCode.TIMEOUT,
                  "The query took too long. Ask for less at once: smaller pages, fewer levels, a"
                      + " narrower filter."));
      case ReadsCancelled cancelled ->
          List.of(fault(ErrorCode.TIMEOUT, "The request was given up before it was answered."));
      case Throwable defect -> {
        LOG.atError()
            .addKeyValue("requestId", requestId)
            .setCause(defect)
            .log("an operation failed by a defect of ours");
        yield List.of(
            fault(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "Something is wrong on our side. Report it with the request id."));
      }
    };
  }

  private static Fault fault(ErrorCode code, String message) {
    return new Fault(code, message, List.of());
  }

  private static Throwable unwrapped(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
