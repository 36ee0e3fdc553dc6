package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The public port: {@code /graphql}, {@code /graphiql} if wanted, and nothing else. Every instance
 * is an event loop of its own on the same port; what bounds them all together is shared.
 */
public final class GraphqlServer {
  /** Small answers grow when they are compressed. */
  private static final int LEAST_COMPRESSED_BYTES = 1_024;

  private static final int COMPRESSION_LEVEL = 2;
  private static final int ACCEPT_WHILE_DRAINING_MILLIS = 1_000;

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Admission admission;
  private final ConnectionCounts connections;
  private final Replies replies;
  private final GraphqlHandler graphql;
  private final @Nullable Explorer explorer;
  private final Queue<Instance> instances = new ConcurrentLinkedQueue<>();
  private volatile boolean draining;

  public GraphqlServer(
      Vertx vertx,
      HttpLimits limits,
      CallerAddresses addresses,
      boolean withExplorer,
      GraphqlBackend backend) {
    this.vertx = vertx;
    this.limits = limits;
    this.admission = new Admission(limits);
    this.connections = new ConnectionCounts(limits.connectionsPerAddress());
    this.replies = new Replies(vertx, () -> draining);
    this.graphql = new GraphqlHandler(vertx, limits, backend, addresses, replies, admission);
    this.explorer = withExplorer ? new Explorer(replies) : null;
  }

  /**
   * Listens; fails if the port is taken.
   *
   * @param port 0 takes a free one
   * @return the port
   */
  public Future<Integer> start(String host, int port) {
    // Vert.x gives each instance a port of its own for 0, and one to all of them for -1.
    int shared = port == 0 ? -1 : port;
    return vertx
        .deployVerticle(
            () -> new Instance(host, shared),
            new DeploymentOptions().setInstances(limits.instances()))
        .map(deployed -> instances.element().port());
  }

  /**
   * Ends in order: streams are sent away at once, from now on each answer closes its connection,
   * after a second no new connection is taken, and answers in work have their time to come.
   */
  public Future<Void> drain() {
    draining = true;
    graphql.live.end();
    Promise<Void> accepted = Promise.promise();
    vertx.setTimer(ACCEPT_WHILE_DRAINING_MILLIS, over -> accepted.complete());
    return accepted
        .future()
        .compose(over -> Future.join(instances.stream().map(Instance::shutDown).toList()))
        .mapEmpty();
  }

  /** Requests that are worked on now. */
  public int inFlight() {
    return admission.inFlight();
  }

  /** Requests that wait for a place now. */
  public int waiting() {
    return admission.waiting();
  }

  /** WebSockets and event streams that are open now. */
  public int streams() {
    return graphql.live.size();
  }

  private void dispatch(HttpServerRequest request) {
    String path = request.path();
    if (Framing.isAmbiguous(request)) {
      refuse(request, ErrorCode.BAD_REQUEST, "The request's framing is ambiguous.");
      request.connection().close();
    } else if ("/graphql".equals(path)) {
      graphql.handle(request);
    } else if (explorer != null && explorer.has(path)) {
      explorer.handle(request);
    } else {
      refuse(request, ErrorCode.NOT_FOUND, "There is nothing at this path; try /graphql.");
    }
  }

  private void refuse(HttpServerRequest request, ErrorCode code, String message) {
    replies.refuse(request, new Refusal(code, message));
  }

  private HttpServerOptions options() {
    return WebSockets.options(new HttpServerOptions(), limits.streams())
        .setMaxInitialLineLength(limits.requestLineBytes())
        .setMaxHeaderSize(limits.headerBytes())
        .setIdleTimeout(limits.idleSeconds())
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(LEAST_COMPRESSED_BYTES)
        .setCompressors(List.of(StandardCompressionOptions.gzip(COMPRESSION_LEVEL, 15, 8)));
  }

  /** What the decoder could not read: no path is known, and the connection ends. */
  private void refuseMalformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        switch (cause) {
          case TooLongHttpLineException line -> 414;
          case TooLongHttpHeaderException headers -> 431;
          case TooLongFrameException other -> 413;
          case null, default -> 400;
        };
    Refusal refusal =
        new Refusal(
            status == 413 ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.BAD_REQUEST,
            status == 400
                ? "The request is not well-formed HTTP."
                : "The request line or the headers are too long.");
    replies.refuse(request, status, refusal, MediaType.JSON, RequestIds.next());
  }

  /** One event loop of the server. */
  private final class Instance extends VerticleBase {
    private final String host;
    private final int wantedPort;
    private final RequestDeadlines deadlines = new RequestDeadlines(limits);
    private @Nullable HttpServer server;

    private Instance(String host, int wantedPort) {
      this.host = host;
      this.wantedPort = wantedPort;
    }

    @Override
    public Future<?> start() {
      vertx.setPeriodic(RequestDeadlines.CHECK_MILLIS, tick -> deadlines.check());
      HttpServer http =
          vertx
              .createHttpServer(options())
              .connectionHandler(this::connected)
              .invalidRequestHandler(GraphqlServer.this::refuseMalformed)
              .requestHandler(GraphqlServer.this::dispatch);
      server = http;
      return http.listen(wantedPort, host).onSuccess(listening -> instances.add(this));
    }

    private void connected(HttpConnection connection) {
      if (connections.admit(connection)) {
        deadlines.watch(connection);
        BrokenBodies.watch(connection);
      }
    }

    private int port() {
      return server == null ? -1 : server.actualPort();
    }

    private Future<Void> shutDown() {
      return server == null
          ? Future.succeededFuture()
          : server.shutdown(limits.drainSeconds(), TimeUnit.SECONDS);
    }
  }
}
