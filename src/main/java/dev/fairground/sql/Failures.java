package dev.fairground.sql;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells what a failure of the client library means for us. */
final class Failures {
  private static final String CANCELED = "57014";

  /** Another transaction was in the way, or a cached plan is out of date: the next try may work. */
  private static final Set<String> WORTH_A_RETRY = Set.of("40001", "40P01", "0A000");

  private Failures() {}

  /** Ended on request: ours, an administrator's, or the statement timeout's. */
  static boolean isCanceled(@Nullable Throwable failure) {
    return failure instanceof PgException refused && CANCELED.equals(refused.getSqlState());
  }

  static boolean isWorthARetry(Throwable failure) {
    return failure instanceof PgException refused && WORTH_A_RETRY.contains(refused.getSqlState());
  }

  static Throwable translate(Throwable failure) {
    return switch (failure) {
      case PgException refused when CANCELED.equals(refused.getSqlState()) ->
          new StatementTimeout(refused);
      case PgException refused when isAway(String.valueOf(refused.getSqlState())) ->
          new DatabaseUnavailable("the database takes no work: " + refused.getMessage(), refused);
      case ConnectionPoolTooBusyException busy ->
          new DatabaseUnavailable("too much waits for the database", busy);
      case IOException away -> new DatabaseUnavailable("the database is away", away);
      case ClosedConnectionException closed ->
          new DatabaseUnavailable("the connection to the database was lost", closed);
      case TimeoutException late -> new DatabaseUnavailable("the database is silent", late);
      case PgException refused -> refused;
      case Throwable other when isOfTheConnection(String.valueOf(other.getMessage())) ->
          new DatabaseUnavailable("the database is away", other);
      default -> failure;
    };
  }

  /** Connection exceptions, no resources, going down or coming up, sign-in refused, locked. */
  private static boolean isAway(String state) {
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("28")
        || state.equals("55P03")
        || state.equals("3D000");
  }

  /** The library throws one class for a lost connection and for wrong arguments. */
  private static boolean isOfTheConnection(String message) {
    return message.startsWith("Connection")
        || message.startsWith("Pending requests")
        || message.startsWith("Timeout")
        || message.startsWith("Pool closed")
        || message.startsWith("Client is closed")
        || message.startsWith("Failed to read any response");
  }
}
