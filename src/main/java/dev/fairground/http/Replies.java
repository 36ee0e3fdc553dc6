package dev.fairground.http;

import dev.fairground.graphql.RateLimit;
import dev.fairground.graphql.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes answers with the headers that every answer of the public port has. */
final class Replies {
  static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  /** Whoever keeps it asks again each time, so that it is right after any change. */
  static final CharSequence REVALIDATE = HttpHeaders.createOptimized("public, no-cache");

  private static final CharSequence NOSNIFF_NAME =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence ANY = HttpHeaders.createOptimized("*");
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "ETag, X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate");
  private static final CharSequence VARY =
      HttpHeaders.createOptimized("Accept, Accept-Encoding, Accept-Language");
  private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("WWW-Authenticate");
  private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
  private static final CharSequence RATE_LIMIT_POLICY =
      HttpHeaders.createOptimized("RateLimit-Policy");

  /** The methods of {@code /graphql}. */
  static final CharSequence METHODS = HttpHeaders.createOptimized("GET, POST, OPTIONS");

  private static final int LINGER_MILLIS = 1_000;

  private final BooleanSupplier draining;
  private final Vertx vertx;

  Replies(Vertx vertx, BooleanSupplier draining) {
    this.vertx = vertx;
    this.draining = draining;
  }

  /** Begins an answer: status and the headers that all have. */
  static HttpServerResponse begin(
      HttpServerRequest request, int status, String requestId, CharSequence cachePolicy) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    MultiMap headers = response.headers();
    headers.set(NOSNIFF_NAME, NOSNIFF);
    headers.set(HttpHeaders.CACHE_CONTROL, cachePolicy);
    headers.set(HttpHeaders.VARY, VARY);
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.set(REQUEST_ID, requestId);
    return response;
  }

  /** Tells of the caller's bucket in the words of the IETF draft. */
  static void tellLimits(HttpServerResponse response, @Nullable RateLimit limits) {
    if (limits == null) {
      return;
    }
    int restore = Math.max(1, limits.restorePerSecond());
    int full = Math.ceilDiv(Math.max(0, limits.limit() - limits.remaining()), restore);
    response
        .headers()
        .set(RATE_LIMIT, "\"cost\";r=" + Math.max(0, limits.remaining()) + ";t=" + full)
        .set(
            RATE_LIMIT_POLICY,
            "\"cost\";q=" + limits.limit() + ";w=" + Math.ceilDiv(limits.limit(), restore));
  }

  static void tellRetry(HttpServerResponse response, long millis) {
    response.headers().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(millis, 1_000L)));
  }

  /** Tells which credentials are asked for. */
  static void challenge(HttpServerResponse response) {
    response.headers().set(CHALLENGE, "Bearer");
  }

  /** Answers with a refusal that tells its whole reason: errors, no data. */
  void refuse(
      HttpServerRequest request, int status, Refusal refusal, MediaType media, String requestId) {
    HttpServerResponse response = begin(request, status, requestId, NO_STORE);
    response.headers().set(HttpHeaders.CONTENT_TYPE, media.header());
    switch (refusal.code()) {
      case RATE_LIMITED, OVERLOADED, SERVICE_UNAVAILABLE ->
          tellRetry(
              response,
              refusal.facts().get("retryAfterMillis") instanceof Long millis ? millis : 1_000);
      case UNAUTHENTICATED -> challenge(response);
      case METHOD_NOT_ALLOWED -> response.headers().set(HttpHeaders.ALLOW, METHODS);
      default -> {}
    }
    finish(request, ErrorBody.of(refusal, requestId));
  }

  /** Refuses in JSON, with the status of the code. */
  void refuse(HttpServerRequest request, Refusal refusal) {
    String requestId = RequestIds.of(request.getHeader(REQUEST_ID));
    refuse(request, refusal.code().status(), refusal, MediaType.JSON, requestId);
  }

  /**
   * Ends the answer. The connection ends with it when the server drains or when the rest of the
   * request is not wanted; what still comes is thrown away for a moment, because closing at once
   * would make the other side lose the answer.
   */
  void finish(HttpServerRequest request, @Nullable Buffer body) {
    HttpServerResponse response = request.response();
    boolean unread = !request.isEnded();
    boolean close = unread || draining.getAsBoolean();
    if (close) {
      response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    var written = body == null ? response.end() : response.end(body);
    if (!close) {
      return;
    }
    if (!unread) {
      written.onComplete(done -> request.connection().close());
      return;
    }
    request.handler(rest -> {});
    request.endHandler(end -> request.connection().close());
    vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
  }
}
