package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Stream;
import dev.fairground.graphql.Stream.Told;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of the protocol graphql-transport-ws: its messages, its operations, and its end
 * with the codes that the protocol gives. Lives on one event loop.
 */
final class WebSocketSession implements LiveStreams.Live {
  static final String PROTOCOL = "graphql-transport-ws";

  /** Operations of one socket that begin at once; the others wait behind them. */
  private static final int MOST_BEGINNING = 4;

  private static final Buffer PING = Buffer.buffer();

  private final GraphqlHandler server;
  private final ServerWebSocket socket;
  private final Context context;
  private final Origin origin;
  private final Map<String, Running> running = new HashMap<>();
  private final Deque<Running> behind = new ArrayDeque<>();
  private int beginning;
  private final long ticking;
  private final long checking;
  private final long initialising;
  private @Nullable Standing standing;
  private boolean initialised;
  private boolean closed;
  private boolean heard = true;
  private int silentTicks;
  private long fullSince = -1;

  /** What the request for the socket said. */
  record Origin(String address, @Nullable String authorization, List<String> languages) {}

  /** An operation; its pump is there when it runs. */
  private static final class Running {
    private final Runnable start;
    private @Nullable StreamBegin begin;
    private @Nullable Pump pump;
    private boolean stopped;

    private Running(Consumer<Running> start) {
      this.start = () -> start.accept(this);
    }

    private void stop() {
      stopped = true;
      if (pump != null) {
        pump.close();
      } else if (begin != null) {
        begin.cancel();
      }
    }
  }

  WebSocketSession(GraphqlHandler server, ServerWebSocket socket, Origin origin) {
    this.server = server;
    this.socket = socket;
    this.origin = origin;
    this.context = server.vertx.getOrCreateContext();
    var limits = server.limits.streams();
    socket.setWriteQueueMaxSize(limits.queueBytes());
    socket.textMessageHandler(this::read);
    socket.binaryMessageHandler(bytes -> close(4400, "Messages are text"));
    socket.pongHandler(pong -> heard = true);
    socket.drainHandler(drained -> flow());
    socket.exceptionHandler(broken -> {});
    socket.closeHandler(gone -> end());
    this.initialising =
        server.vertx.setTimer(
            limits.initMillis(),
            late -> {
              if (!initialised) {
                close(4408, "Connection initialisation timeout");
              }
            });
    this.ticking = server.vertx.setPeriodic(tickMillis(), tick -> tick());
    this.checking = server.vertx.setPeriodic(limits.checkMillis(), tick -> check());
    server.live.add(this);
  }

  private int tickMillis() {
    var limits = server.limits.streams();
    return Math.max(50, Math.min(limits.keepAliveMillis(), limits.stallMillis()) / 2);
  }

  private void read(String text) {
    heard = true;
    if (closed) {
      return;
    }
    Map<String, Object> message;
    try {
      message = server.reader.message(text);
    } catch (Refusal malformed) {
      close(4400, "Invalid message: it is not a JSON object");
      return;
    }
    switch (String.valueOf(message.get("type"))) {
      case "connection_init" -> initialise(message.get("payload"));
      case "ping" -> send("{\"type\":\"pong\"}");
      case "pong" -> {}
      case "subscribe" -> subscribe(message);
      case "complete" -> complete(message.get("id"));
      default -> close(4400, "Invalid message: its type is not known");
    }
  }

  private void initialise(@Nullable Object payload) {
    if (initialised) {
      close(4429, "Too many initialisation requests");
      return;
    }
    initialised = true;
    if (payload != null && !(payload instanceof Map<?, ?>)) {
      close(4400, "Invalid message: the payload is not an object");
      return;
    }
    Standing.of(server, origin.address(), authorization(payload))
        .onComplete(
            known ->
                onLoop(
                    () -> {
                      standing = known;
                      send("{\"type\":\"connection_ack\"}");
                    }),
            failure ->
                onLoop(
                    () -> {
                      if (failure instanceof Refusal refusal
                          && refusal.code() == ErrorCode.UNAUTHENTICATED) {
                        close(4403, "Forbidden: the credentials are not accepted");
                      } else {
                        close(1013, "Try again later");
                      }
                    }));
  }

  /** Browsers cannot send headers with a WebSocket, so the first message may hold it. */
  private @Nullable String authorization(@Nullable Object payload) {
    if (payload instanceof Map<?, ?> map) {
      for (var name : List.of("Authorization", "authorization")) {
        if (map.get(name) instanceof String given) {
          return given;
        }
      }
    }
    return origin.authorization();
  }

  private void subscribe(Map<String, Object> message) {
    var caller = standing;
    if (caller == null) {
      close(4401, "Unauthorized");
    } else if (!(message.get("id") instanceof String id) || id.isEmpty() || id.length() > 256) {
      close(4400, "Invalid message: the id is no text of 1 to 256 characters");
    } else if (!(message.get("payload") instanceof Map<?, ?> payload)) {
      close(4400, "Invalid message: the payload is not an object");
    } else if (running.containsKey(id)) {
      close(4409, "Subscriber for " + shortened(id) + " already exists");
    } else {
      begin(caller, id, payload);
    }
  }

  private void begin(Standing caller, String id, Map<?, ?> payload) {
    var requestId = RequestIds.next();
    RequestParameters parameters;
    try {
      if (running.size() >= server.limits.streams().subscriptions()) {
        throw new Refusal(
            ErrorCode.RATE_LIMITED,
            "At most %d operations run on one connection. Complete one, or open another connection."
                .formatted(server.limits.streams().subscriptions()));
      }
      parameters = server.reader.parameters(payload);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.BAD_REQUEST) {
        close(4400, "Invalid message: " + refusal.text());
      } else {
        sendError(id, ErrorBody.of(refusal, requestId));
      }
      return;
    }
    var asked = new StreamBegin.Asked(parameters, origin.languages(), false, caller.viewer(), null);
    var one = new Running(self -> start(self, id, requestId, asked));
    running.put(id, one);
    behind.add(one);
    startNext();
  }

  private void startNext() {
    while (beginning < MOST_BEGINNING && !behind.isEmpty()) {
      var one = behind.remove();
      if (!one.stopped) {
        beginning++;
        one.start.run();
      }
    }
  }

  private void started() {
    beginning--;
    startNext();
  }

  private void start(Running one, String id, String requestId, StreamBegin.Asked asked) {
    var then =
        new StreamBegin.Then() {
          @Override
          public void begun(Stream stream) {
            var pump =
                new Pump(context, stream, WebSocketSession.this::isFull, told -> tell(id, told));
            one.pump = pump;
            pump.flow();
            noteFullness();
            started();
          }

          @Override
          public void refused(ErrorCode code, Buffer body) {
            running.remove(id, one);
            sendError(id, body);
            started();
          }
        };
    one.begin = new StreamBegin(server, context, requestId, then);
    one.begin.beginPatiently(asked);
  }

  private void complete(@Nullable Object id) {
    if (!(id instanceof String)) {
      close(4400, "Invalid message: the id is no text");
      return;
    }
    var one = running.remove(id);
    if (one != null) {
      var wasBeginning = one.begin != null && one.pump == null;
      one.stop();
      if (wasBeginning) {
        started();
      }
    }
  }

  private void tell(String id, @Nullable Told told) {
    if (told == null) {
      running.remove(id);
      send("{\"id\":" + Json.encode(id) + ",\"type\":\"complete\"}");
    } else if (told.refusedBy() != null) {
      running.remove(id);
      sendError(id, told.body());
    } else {
      send("{\"id\":" + Json.encode(id) + ",\"type\":\"next\",\"payload\":" + told.body() + "}");
    }
  }

  /**
   * @param body of nothing but errors, whose list is the payload
   */
  private void sendError(String id, Buffer body) {
    var list = body.getString("{\"errors\":".length(), body.length() - 1);
    send("{\"id\":" + Json.encode(id) + ",\"type\":\"error\",\"payload\":" + list + "}");
  }

  private void send(String message) {
    if (!isGone()) {
      socket.writeTextMessage(message);
      noteFullness();
    }
  }

  /** The socket takes more again. */
  private void flow() {
    fullSince = -1;
    for (var one : List.copyOf(running.values())) {
      if (one.pump != null) {
        one.pump.flow();
      }
    }
    noteFullness();
  }

  /** Vert.x refuses to be asked about a socket that is gone, before it says that it is. */
  private boolean isGone() {
    return closed || socket.isClosed();
  }

  private boolean isFull() {
    return isGone() || socket.writeQueueFull();
  }

  private void noteFullness() {
    if (fullSince < 0 && !isGone() && socket.writeQueueFull()) {
      fullSince = System.nanoTime();
    }
  }

  private void tick() {
    var limits = server.limits.streams();
    if (fullSince >= 0 && System.nanoTime() - fullSince > limits.stallMillis() * 1_000_000L) {
      close(1013, "Too slow a reader: go on from the last cursor");
      return;
    }
    silentTicks = heard ? 0 : silentTicks + 1;
    heard = false;
    // Two pings went unanswered; each is waited for as long as a stalled reader is.
    if (silentTicks * tickMillis() > 2 * limits.keepAliveMillis() + limits.stallMillis()) {
      close(1001, "Nothing was heard");
    } else if (fullSince < 0 && !isGone()) {
      socket.writePing(PING);
    }
  }

  private void check() {
    if (standing == null) {
      return;
    }
    standing
        .check()
        .onSuccess(
            now ->
                onLoop(
                    () -> {
                      switch (now) {
                        case SAME -> {}
                        case OTHER_RIGHTS -> close(1012, "Your rights changed: connect again");
                        case GONE -> close(4403, "Forbidden: the credentials are not accepted");
                      }
                    }));
  }

  @Override
  public void goAway() {
    onLoop(() -> close(1001, "The server goes away: connect again"));
  }

  private void close(int code, String reason) {
    if (!closed) {
      end();
      socket.close((short) code, reason);
    }
  }

  /** Also when the other side has gone. */
  private void end() {
    if (closed) {
      return;
    }
    closed = true;
    server.live.remove(this);
    server.vertx.cancelTimer(initialising);
    server.vertx.cancelTimer(ticking);
    server.vertx.cancelTimer(checking);
    List.copyOf(running.values()).forEach(Running::stop);
    running.clear();
    behind.clear();
  }

  /** A close reason holds at most 123 bytes. */
  private static String shortened(String id) {
    return id.length() <= 20 ? id : id.substring(0, 20) + "…";
  }

  private void onLoop(Runnable action) {
    if (server.vertx.getOrCreateContext() == context) {
      action.run();
    } else {
      context.runOnContext(there -> action.run());
    }
  }
}
