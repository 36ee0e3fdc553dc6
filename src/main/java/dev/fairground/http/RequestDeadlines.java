package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose request does not come to its end in time, however steadily its bytes
 * trickle: an idle timeout alone never sees those. One for each event loop; looks at the unfinished
 * requests a few times a second instead of setting a timer for each request.
 *
 * <p>Stands in front of the HTTP decoder, where the first byte of a request is seen, and behind it,
 * where the end of its headers and of the request is. Vert.x offers neither place, so this reaches
 * for the channel. A request whose first bytes come in the same read as the end of the one before
 * is counted from its next read.
 */
final class RequestDeadlines {
  static final int CHECK_MILLIS = 250;

  private final long headerNanos;
  private final long requestNanos;
  private final Set<Clock> unfinished = new HashSet<>();

  RequestDeadlines(HttpLimits limits) {
    this.headerNanos = limits.headerMillis() * 1_000_000L;
    this.requestNanos = limits.requestMillis() * 1_000_000L;
  }

  void watch(HttpConnection connection) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    var clock = new Clock();
    pipeline.addFirst("firstByte", clock);
    pipeline.addAfter("httpDecoder", "wholeRequest", clock.end);
  }

  /** For a connection on which no further request will come. */
  static void forget(ChannelPipeline pipeline) {
    for (String name : List.of("firstByte", "wholeRequest")) {
      if (pipeline.get(name) != null) {
        pipeline.remove(name);
      }
    }
  }

  /** Called every {@link #CHECK_MILLIS} on the event loop. */
  void check() {
    if (unfinished.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    for (Clock clock : List.copyOf(unfinished)) {
      long taken = now - clock.startedAt;
      if (taken > requestNanos || (!clock.headersComplete && taken > headerNanos)) {
        clock.late();
      }
    }
  }

  /** The request that is arriving on one connection. */
  private final class Clock extends ChannelInboundHandlerAdapter {
    private final End end = new End();
    private @Nullable ChannelHandlerContext channel;
    private boolean running;
    private boolean headersComplete;
    private long startedAt;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      channel = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      boolean first = !running;
      if (first) {
        running = true;
        headersComplete = false;
        startedAt = System.nanoTime();
      }
      context.fireChannelRead(bytes);
      // Most requests come whole in one read and are never put on the list.
      if (first && running) {
        unfinished.add(this);
      }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      stop();
      context.fireChannelInactive();
    }

    private void stop() {
      running = false;
      unfinished.remove(this);
    }

    /** Writes past the encoder, because no request that could be answered has arrived. */
    private void late() {
      stop();
      if (channel != null) {
        RawAnswer.write(
            channel,
            "408 Request Timeout",
            new Refusal(ErrorCode.REQUEST_TIMEOUT, "The request did not come to its end in time."));
      }
    }

    /** Sees what the decoder made of the bytes. */
    private final class End extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest) {
          headersComplete = true;
        }
        if (part instanceof LastHttpContent) {
          stop();
        }
        context.fireChannelRead(part);
      }
    }
  }
}
