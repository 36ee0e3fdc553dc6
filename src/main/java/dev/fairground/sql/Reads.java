package dev.fairground.sql;

import org.jspecify.annotations.Nullable;

/**
 * The reads of one operation: the first argument of every one of them. After {@link #cancel()} no
 * further statement is sent, and one that is running is ended in PostgreSQL as soon as it has run
 * long enough to be worth it.
 */
public final class Reads {
  private final @Nullable StatementLog log;
  private volatile boolean cancelled;
  private @Nullable Lane lane;
  private int underWay;

  public Reads() {
    this(null);
  }

  /**
   * @param log is told of every statement; null if nobody asks
   */
  public Reads(@Nullable StatementLog log) {
    this.log = log;
  }

  /** Callable from any thread, more than once. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** The lane on which reads of this operation are under way, for those that are sent with them. */
  @Nullable Lane lane() {
    var used = lane;
    return used == null || underWay == 0 || used.isHeldUp(System.nanoTime()) ? null : used;
  }

  /** A read by key was sent; those of other lanes are not followed. */
  void sentOn(Lane used) {
    if (used != lane) {
      lane = used;
      underWay = 0;
    }
    underWay++;
  }

  void answeredOn(Lane used) {
    if (used == lane && underWay > 0) {
      underWay--;
    }
  }

  @Nullable StatementLog log() {
    return log;
  }
}
