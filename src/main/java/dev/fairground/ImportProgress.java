package dev.fairground;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Shows how far an import is: on a terminal a line that is written over, elsewhere a line every ten
 * seconds.
 */
final class ImportProgress {
  private static final long ELSEWHERE_NANOS = 10_000_000_000L;
  private static final long LARGE = 10_000_000;
  private static final long TERMINAL_NANOS = 200_000_000L;

  private final PrintStream to;
  private final boolean terminal = Boolean.getBoolean("fairground.terminal");
  private final long started = System.nanoTime();
  private long shown = started;
  private boolean open;

  ImportProgress(PrintStream to) {
    this.to = to;
  }

  /** Is called often, and shows itself seldom. */
  void show(Path file, long bytes, long total) {
    var now = System.nanoTime();
    // What was long to read is long to write.
    var read = bytes == total && total > LARGE;
    if (!read && now - shown < (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS)) {
      return;
    }
    shown = now;
    var text =
        "%s: %s, %d s"
            .formatted(
                file,
                read
                    ? "read; being compared with what is there, and written"
                    : "%,d of %,d kB (%d %%)"
                        .formatted(
                            bytes / 1000, total / 1000, total == 0 ? 100 : 100 * bytes / total),
                (now - started) / 1_000_000_000);
    if (terminal) {
      to.print("\r\033[K" + text);
      to.flush();
      open = true;
    } else {
      to.println(text);
    }
  }

  /** Leaves the terminal as it was. */
  void end() {
    if (open) {
      to.print("\r\033[K");
      to.flush();
    }
  }
}
