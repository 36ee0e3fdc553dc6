package dev.fairground;

import dev.fairground.bulk.Import;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the import of the thread that made this when the process is told to, and keeps the process
 * until that is done.
 */
final class ImportStop {
  private static final long LONGEST_SECONDS = 60;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Import importing;
  private boolean asked;

  /** What is to be ended; at once where that was asked for before. */
  synchronized void stops(Import running) {
    importing = running;
    if (asked) {
      running.stop();
    }
  }

  synchronized boolean isAsked() {
    return asked;
  }

  /** All is closed, and the process may end. */
  void ended() {
    ended.countDown();
  }

  /** Runs when the process ends, for whatever reason. */
  void stop() {
    if (ended.getCount() == 0) {
      return;
    }
    synchronized (this) {
      asked = true;
      if (importing == null) {
        worker.interrupt();
      } else {
        importing.stop();
      }
    }
    try {
      ended.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
