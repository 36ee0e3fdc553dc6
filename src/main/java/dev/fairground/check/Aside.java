package dev.fairground.check;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Work over many subjects takes its time, which is not the event loop's. */
final class Aside {
  private static final int FEW = 10;

  private Aside() {}

  /** Runs pure work, beside the event loop unless it is over a few subjects only. */
  static <T> Future<T> run(Database database, int subjects, Callable<T> work) {
    if (subjects > FEW) {
      return database.vertx().executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception failure) {
      return Future.failedFuture(failure);
    }
  }
}
