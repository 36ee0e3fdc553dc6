package dev.fairground.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes the connections that one address opens beyond its share. Knows only addresses with open
 * connections. Behind a proxy all connections are the proxy's: raise the limit there.
 */
final class ConnectionCounts {
  private final int most;
  private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();

  ConnectionCounts(int most) {
    this.most = most;
  }

  /** False if the connection was one too many; it is closed then. */
  boolean admit(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    int now = open.merge(address, 1, Integer::sum);
    // Not by its close handler, which a connection that became a WebSocket does not call.
    ((HttpServerConnection) connection)
        .channelHandlerContext()
        .channel()
        .closeFuture()
        .addListener(closed -> open.computeIfPresent(address, (key, n) -> n > 1 ? n - 1 : null));
    if (now > most) {
      connection.close();
      return false;
    }
    return true;
  }
}
