package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are worked on at once, over all event loops, and who is next. A free place goes
 * to the waiting caller with the fewest requests in flight, so that one busy caller cannot shut the
 * others out. Holds entries only for callers with work in flight or waiting, of which there is a
 * bounded number.
 */
final class Admission {
  private final int places;
  private final int queueLength;
  private final int placesPerCaller;
  private final int queuePerCaller;

  private final Map<String, Caller> callers = new HashMap<>();
  private final Set<Caller> waitingCallers = new LinkedHashSet<>();
  private int inFlight;
  private int waiting;

  Admission(HttpLimits limits) {
    this.places = limits.inFlight();
    this.queueLength = limits.waiting();
    this.placesPerCaller = limits.inFlightPerCaller();
    this.queuePerCaller = limits.waitingPerCaller();
  }

  /** What has happened to a request at this door. */
  enum Standing {
    ADMITTED,
    WAITING,
    /** The caller has as much in flight and waiting as one caller may. */
    CALLER_FULL,
    /** Nobody else may wait either. */
    FULL,
    LEFT
  }

  /** One request's place, or its wait for one. */
  final class Ticket {
    private final Caller caller;
    private final Runnable turn;
    private Standing standing = Standing.LEFT;

    private Ticket(Caller caller, Runnable turn) {
      this.caller = caller;
      this.turn = turn;
    }

    Standing standing() {
      synchronized (Admission.this) {
        return standing;
      }
    }

    /** Gives the place back, or stops waiting for one. Harmless when repeated. */
    void leave() {
      Ticket next = null;
      synchronized (Admission.this) {
        if (standing == Standing.ADMITTED) {
          inFlight--;
          caller.inFlight--;
          next = admitNext();
        } else if (standing == Standing.WAITING) {
          caller.queue.remove(this);
          waiting--;
        }
        standing = Standing.LEFT;
        forgetIfIdle(caller);
      }
      if (next != null) {
        next.turn.run();
      }
    }

    /**
     * Stops waiting because it took too long: the code to refuse with, or null if the request is no
     * longer waiting.
     */
    @Nullable ErrorCode giveUp() {
      synchronized (Admission.this) {
        if (standing != Standing.WAITING) {
          return null;
        }
        boolean ownFault = caller.inFlight >= placesPerCaller;
        leave();
        return ownFault ? ErrorCode.RATE_LIMITED : ErrorCode.OVERLOADED;
      }
    }
  }

  private static final class Caller {
    private final String key;
    private final ArrayDeque<Ticket> queue = new ArrayDeque<>(2);
    private int inFlight;

    private Caller(String key) {
      this.key = key;
    }
  }

  /**
   * Asks for a place.
   *
   * @param turn run when a waiting request's turn has come, on the thread of the one that left
   */
  synchronized Ticket enter(String callerKey, Runnable turn) {
    Caller caller = callers.computeIfAbsent(callerKey, Caller::new);
    var ticket = new Ticket(caller, turn);
    if (inFlight < places && caller.inFlight < placesPerCaller) {
      admit(ticket);
    } else if (caller.inFlight >= placesPerCaller && caller.queue.size() >= queuePerCaller) {
      ticket.standing = Standing.CALLER_FULL;
    } else if (waiting >= queueLength || caller.queue.size() >= queuePerCaller) {
      ticket.standing = Standing.FULL;
    } else {
      ticket.standing = Standing.WAITING;
      caller.queue.add(ticket);
      waitingCallers.add(caller);
      waiting++;
    }
    forgetIfIdle(caller);
    return ticket;
  }

  synchronized int inFlight() {
    return inFlight;
  }

  synchronized int waiting() {
    return waiting;
  }

  synchronized int callers() {
    return callers.size();
  }

  private void admit(Ticket ticket) {
    ticket.standing = Standing.ADMITTED;
    ticket.caller.inFlight++;
    inFlight++;
  }

  private @Nullable Ticket admitNext() {
    Caller fewest = null;
    for (Caller candidate : waitingCallers) {
      if (candidate.inFlight < placesPerCaller
          && (fewest == null || candidate.inFlight < fewest.inFlight)) {
        fewest = candidate;
      }
    }
    if (fewest == null || inFlight >= places) {
      return null;
    }
    Ticket next = fewest.queue.remove();
    waiting--;
    admit(next);
    // Behind the others: among equals everybody's turn comes.
    waitingCallers.remove(fewest);
    if (!fewest.queue.isEmpty()) {
      waitingCallers.add(fewest);
    }
    return next;
  }

  private void forgetIfIdle(Caller caller) {
    if (caller.queue.isEmpty()) {
      waitingCallers.remove(caller);
      if (caller.inFlight == 0) {
        callers.remove(caller.key, caller);
      }
    }
  }
}
