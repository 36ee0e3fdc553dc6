package dev.fairground;

import dev.fairground.sql.DatabaseStartFailure;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
      run(config);
    } catch (BadSetting | DatabaseStartFailure fault) {
      System.err.println(fault.getMessage());
      System.exit(fault instanceof BadSetting ? BAD_SETTING : NOT_STARTED);
    } catch (Exception fault) {
      System.err.println("the server did not start: " + causeOf(fault));
      System.exit(NOT_STARTED);
    }
  }

  private static void run(Config config) throws Exception {
    var running = new AtomicReference<@Nullable Application>();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  var application = running.getAndSet(null);
                  if (application != null) {
                    application.close();
                    // The signal was obeyed; that is no failure.
                    Runtime.getRuntime().halt(0);
                  }
                }));
    running.set(Application.start(config));
  }

  private static String causeOf(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
