package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.Context;
import java.util.function.Consumer;

/** The beginning of a stream waits for a place like any request, and gives it back once begun. */
final class Turn {
  private final GraphqlHandler server;
  private final Consumer<Refusal> refused;
  private final Admission.Ticket ticket;
  private final Runnable begin;
  private boolean begun;

  /**
   * @param begin run on {@code context} when there is a place
   * @param refused told when there is none in time
   */
  Turn(
      GraphqlHandler server,
      Context context,
      String callerKey,
      Runnable begin,
      Consumer<Refusal> refused) {
    this.server = server;
    this.refused = refused;
    this.begin = begin;
    this.ticket = server.admission.enter(callerKey, () -> context.runOnContext(turn -> take()));
  }

  /** Begins at once, or waits. */
  Turn enter() {
    switch (ticket.standing()) {
      case ADMITTED -> take();
      case WAITING -> server.vertx.setTimer(server.limits.waitMillis(), over -> giveUp());
      case CALLER_FULL -> refused.accept(Exchange.full(ErrorCode.RATE_LIMITED));
      case FULL -> refused.accept(Exchange.full(ErrorCode.OVERLOADED));
      case LEFT -> throw new IllegalStateException("left before it came");
    }
    return this;
  }

  private void take() {
    if (!begun) {
      begun = true;
      begin.run();
    }
  }

  private void giveUp() {
    ErrorCode code = begun ? null : ticket.giveUp();
    if (code != null) {
      begun = true;
      refused.accept(Exchange.full(code));
    }
  }

  /** Gives the place back. Harmless when repeated. */
  void leave() {
    ticket.leave();
  }
}
