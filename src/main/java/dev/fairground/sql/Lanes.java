package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The lanes for reads that are planned one way, and the choice among them. */
final class Lanes {
  private static final int SWEEP_MILLIS = 100;

  // What a lane costs a caller, in reads of average length that it would have to wait for, doubled.
  private static final int EACH_READ_BEFORE = 2;
  private static final int OPENING = 1;
  private static final int CHANGE_OF_THREAD = 3;
  private static final int OPENING_BEYOND_SHARE = 4;
  private static final int HELD_UP = 1_000;

  private final Vertx vertx;
  private final Lane[] lanes;
  private final boolean together;
  private final int most;
  private final int share;
  private final long sweeping;

  Lanes(Vertx vertx, Connections connections, Planning planning, int count, DatabaseLimits limits) {
    this.vertx = vertx;
    // What is read by key is read sooner than another session of the database wakes up.
    this.together = planning == Planning.ONCE;
    this.lanes = new Lane[count];
    Arrays.setAll(lanes, index -> new Lane(opened -> connections.openLane(planning, opened)));
    this.most = limits.readsInFlight();
    this.share = Math.ceilDiv(lanes.length, Runtime.getRuntime().availableProcessors());
    var deadline = TimeUnit.MILLISECONDS.toNanos(limits.deadlineMillis());
    this.sweeping =
        vertx.setPeriodic(
            SWEEP_MILLIS,
            ignored -> {
              var now = System.nanoTime();
              for (Lane lane : lanes) {
                lane.sweep(now, deadline);
              }
            });
  }

  void send(PendingRead read) {
    if (inFlight() >= most) {
      read.refuse();
      return;
    }
    var lane = together ? read.reads().lane() : null;
    if (lane == null) {
      lane = choose();
    }
    if (together) {
      read.reads().sentOn(lane);
    }
    read.sendOn(lane);
  }

  /**
   * The least busy lane, and among those one whose connection is served by the thread that asks: an
   * answer that changes threads costs more than one that waits for a single other read. A thread
   * opens its share of the connections before it uses those of others.
   */
  private Lane choose() {
    var here = Thread.currentThread();
    var now = System.nanoTime();
    var opening = served(here) < share ? OPENING : OPENING_BEYOND_SHARE;
    var best = lanes[0];
    var least = Integer.MAX_VALUE;
    for (Lane lane : lanes) {
      var thread = lane.thread();
      var cost = thread == here ? 0 : thread == null ? opening : CHANGE_OF_THREAD;
      cost += EACH_READ_BEFORE * lane.inFlight();
      if (lane.isHeldUp(now)) {
        cost += HELD_UP;
      }
      if (cost < least) {
        least = cost;
        best = lane;
      }
    }
    return best;
  }

  private int served(Thread here) {
    var sum = 0;
    for (Lane lane : lanes) {
      sum += lane.thread() == here ? 1 : 0;
    }
    return sum;
  }

  int inFlight() {
    var sum = 0;
    for (Lane lane : lanes) {
      sum += lane.inFlight();
    }
    return sum;
  }

  int open() {
    var sum = 0;
    for (Lane lane : lanes) {
      sum += lane.thread() == null ? 0 : 1;
    }
    return sum;
  }

  Future<Void> close() {
    vertx.cancelTimer(sweeping);
    return Future.join(Arrays.stream(lanes).map(Lane::close).toList()).mapEmpty();
  }
}
