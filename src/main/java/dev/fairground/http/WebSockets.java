package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.List;

/** Makes WebSockets of requests that ask for one. */
final class WebSockets {
  private static final int CLOSING_SECONDS = 2;

  private WebSockets() {}

  static HttpServerOptions options(HttpServerOptions options, StreamLimits limits) {
    return options
        .setWebSocketSubProtocols(List.of(WebSocketSession.PROTOCOL))
        .setMaxWebSocketFrameSize(limits.messageBytes())
        .setMaxWebSocketMessageSize(limits.messageBytes())
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        // The state of a compressor would be most of what a quiet subscriber costs.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  static boolean isAsked(HttpServerRequest request) {
    return request.method() == HttpMethod.GET
        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
  }

  /**
   * Any page may open one, as any page may ask over HTTP: who calls is told by credentials in a
   * header or the first message, never by a cookie, so there is nothing that a foreign page could
   * use.
   */
  static void open(GraphqlHandler server, HttpServerRequest request, String id) {
    if (server.live.isEnding()) {
      server.replies.refuse(
          request, new Refusal(ErrorCode.OVERLOADED, "The server goes away: try again."));
      return;
    }
    var origin =
        new WebSocketSession.Origin(
            server.addresses.of(request),
            request.getHeader(HttpHeaders.AUTHORIZATION),
            Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    var pipeline = ((HttpServerConnection) request.connection()).channelHandlerContext().pipeline();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              RequestDeadlines.forget(pipeline);
              pipeline.addFirst("unreadAnswers", new UnreadAnswers());
              if (WebSocketSession.PROTOCOL.equals(socket.subProtocol())) {
                new WebSocketSession(server, socket, origin);
              } else {
                socket.close((short) 4406, "Subprotocol not acceptable");
              }
            });
  }
}
