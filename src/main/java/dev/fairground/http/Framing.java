package dev.fairground.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Whether two readers of the same bytes could take the request for different ones: then it is
 * refused and the connection closed, because what follows may be part of an attack on whoever
 * shares the connection with the caller.
 */
final class Framing {
  private Framing() {}

  static boolean isAmbiguous(HttpServerRequest request) {
    MultiMap headers = request.headers();
    boolean chunked = headers.contains(HttpHeaders.TRANSFER_ENCODING);
    if (chunked
        && (headers.contains(HttpHeaders.CONTENT_LENGTH)
            || request.version() != HttpVersion.HTTP_1_1
            || headers.getAll(HttpHeaders.TRANSFER_ENCODING).size() > 1
            || !headers.get(HttpHeaders.TRANSFER_ENCODING).equalsIgnoreCase("chunked"))) {
      return true;
    }
    int hosts = headers.getAll(HttpHeaders.HOST).size();
    return hosts > 1
        || (hosts == 0 && request.version() == HttpVersion.HTTP_1_1)
        || headers.getAll(HttpHeaders.CONTENT_LENGTH).size() > 1;
  }
}
