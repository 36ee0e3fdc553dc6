package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Bodies that are longer than anybody may send: those of callers who are known, of a length that
 * was declared, a few at once. Not a byte of one is read before its caller is known.
 */
final class LargeBodies {
  /** In memory at once, on all event loops. */
  private static final int AT_ONCE = 4;

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Credentials credentials;
  private final CallerAddresses addresses;
  private final AtomicInteger open = new AtomicInteger();

  LargeBodies(Vertx vertx, HttpLimits limits, Credentials credentials, CallerAddresses addresses) {
    this.vertx = vertx;
    this.limits = limits;
    this.credentials = credentials;
    this.addresses = addresses;
  }

  /** Whether a body that is too long for everybody is not so for somebody. */
  boolean mayCome(HttpServerRequest request) {
    var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared != null
        && declared.length() <= 9
        && Integer.parseInt(declared) <= limits.signedInBodyBytes()
        && request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }

  /** Holds the body back until its caller is known. */
  void ask(HttpServerRequest request, Runnable read, Consumer<Refusal> refuse) {
    request.pause();
    var context = vertx.getOrCreateContext();
    credentials
        .viewer(request.getHeader(HttpHeaders.AUTHORIZATION), addresses.of(request))
        .onComplete(
            viewer -> context.runOnContext(turn -> take(request, read, refuse)),
            failure ->
                context.runOnContext(
                    turn ->
                        end(
                            request,
                            refuse,
                            failure instanceof Refusal refusal
                                ? refusal
                                : new Refusal(
                                    ErrorCode.SERVICE_UNAVAILABLE,
                                    "Who calls cannot be told now; please come back in a moment."))));
  }

  private void take(HttpServerRequest request, Runnable read, Consumer<Refusal> refuse) {
    if (open.incrementAndGet() > AT_ONCE) {
      open.decrementAndGet();
      end(
          request,
          refuse,
          new Refusal(
              ErrorCode.OVERLOADED,
              "Too many long bodies come at once; please come back in a moment."));
      return;
    }
    var left = new AtomicBoolean();
    request
        .response()
        .endHandler(
            ended -> {
              if (left.compareAndSet(false, true)) {
                open.decrementAndGet();
              }
            });
    read.run();
    request.resume();
  }

  private static void end(HttpServerRequest request, Consumer<Refusal> refuse, Refusal refusal) {
    refuse.accept(refusal);
    request.resume();
  }
}
