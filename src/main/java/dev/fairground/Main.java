package dev.fairground;

import dev.fairground.sql.DatabaseStartFailure;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts the server, and ends it in order when it is told to. */
public final class Main {
  private static final int BAD_SETTING = 2;
  private static final int NOT_STARTED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      var config = Config.read(System.getenv(), Path.of("").toAbsolutePath());
      // Before the first logger: a level from the settings file is not in the environment.
      System.setProperty("FAIRGROUND_LOG_LEVEL", config.logLevel());
      logAsOne();
      run(config);
    } catch (BadSetting | DatabaseStartFailure fault) {
      System.err.println(fault.getMessage());
      System.exit(fault instanceof BadSetting ? BAD_SETTING : NOT_STARTED);
    } catch (Exception fault) {
      System.err.println("the server did not start: " + causeOf(fault));
      System.exit(NOT_STARTED);
    }
  }

  /** What libraries and threads would write to the console in their own ways goes to the log. */
  static void logAsOne() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var log = LoggerFactory.getLogger(Main.class);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> log.error("the thread {} ended", thread.getName(), failure));
  }

  private static void run(Config config) throws Exception {
    var start = new FutureTask<>(() -> Application.start(config));
    var starting = new Thread(start, "start");
    var end = new Thread(() -> end(start, starting), "end");
    Runtime.getRuntime().addShutdownHook(end);
    starting.start();
    try {
      start.get();
    } catch (ExecutionException failed) {
      if (!isEnding(end)) {
        throw failed.getCause() instanceof Exception cause ? cause : failed;
      }
    }
  }

  /** A start that was told to end did not fail. */
  private static boolean isEnding(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
      return false;
    } catch (IllegalStateException shuttingDown) {
      return true;
    }
  }

  /** On a signal: a start stops waiting and closes what it opened, a server ends in order. */
  private static void end(FutureTask<Application> start, Thread starting) {
    starting.interrupt();
    try {
      start.get().close();
    } catch (ExecutionException | InterruptedException notServing) {
      // It has closed what it opened.
    }
    // The signal was obeyed; that is no failure.
    Runtime.getRuntime().halt(0);
  }

  /** What the deepest cause says. */
  static String causeOf(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
