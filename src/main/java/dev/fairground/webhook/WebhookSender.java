package dev.fairground.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to an address that somebody else named. Its host is looked up once, refused
 * when it is not public, and the request goes to exactly the address that was looked at. Redirects
 * are not followed, and an answer is read no further than its beginning.
 */
final class WebhookSender implements AutoCloseable {
  static final int SECONDS = 5;
  private static final int MOST_ANSWER_BYTES = 64 * 1024;
  private static final String LATE = "no answer came within " + SECONDS + " seconds";
  private static final int KEPT_ANSWER_CHARACTERS = 1_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final boolean privateAllowed;

  WebhookSender(Vertx vertx, boolean privateAllowed) {
    this.vertx = vertx;
    this.privateAllowed = privateAllowed;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(SECONDS * 1_000)
                .setIdleTimeout(30)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(8 * 1024),
            new PoolOptions().setHttp1MaxSize(16).setMaxWaitQueueSize(16));
  }

  /**
   * How a try went: an answer, or why there is none.
   *
   * @param error null exactly if the address took it
   */
  record Outcome(@Nullable Integer status, @Nullable String error, @Nullable String answer) {
    boolean isTaken() {
      return error == null;
    }

    /** The address wants nothing any more. */
    boolean isGone() {
      return status != null && status == 410;
    }
  }

  /** The headers of a signed message, by the Standard Webhooks specification. */
  static Map<String, String> headers(String id, long seconds, String signature) {
    return Map.of(
        "content-type",
        "application/json",
        "user-agent",
        "Fairground-Webhooks/1",
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        signature);
  }

  /** Sends it; never fails. */
  Future<Outcome> send(String url, Map<String, String> headers, String body) {
    var fault = WebhookAddress.fault(url, privateAllowed);
    if (fault != null) {
      return Future.succeededFuture(new Outcome(null, fault, null));
    }
    var address = URI.create(url);
    return vertx
        .executeBlocking(() -> lookUp(address.getHost()), false)
        .compose(host -> request(address, host, headers, body))
        .timeout(SECONDS + 1, TimeUnit.SECONDS)
        .otherwise(failure -> new Outcome(null, why(failure), null));
  }

  /** All its addresses have to be public: which one is taken is chance. */
  private InetAddress lookUp(String host) throws Exception {
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    var all = InetAddress.getAllByName(bare);
    for (var one : all) {
      if (!privateAllowed && !WebhookAddress.isPublic(one)) {
        throw new Refused("its host is not an address of the public internet");
      }
    }
    return all[0];
  }

  private Future<Outcome> request(
      URI address, InetAddress host, Map<String, String> headers, String body) {
    var isHttps = address.getScheme().equalsIgnoreCase("https");
    var port = address.getPort() > 0 ? address.getPort() : isHttps ? 443 : 80;
    var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    var query = address.getRawQuery();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, host.getHostAddress()))
            .setHost(address.getHost())
            .setPort(port)
            .setSsl(isHttps)
            .setURI(query == null ? path : path + '?' + query)
            .setFollowRedirects(false)
            .setConnectTimeout(SECONDS * 1_000L);
    return client
        .request(options)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              // A connection to somebody who does not answer is not kept from others.
              var late = vertx.setTimer(SECONDS * 1_000L, now -> request.reset());
              return request
                  .send(Buffer.buffer(body))
                  .compose(WebhookSender::outcome)
                  .onComplete(done -> vertx.cancelTimer(late));
            });
  }

  private static Future<Outcome> outcome(HttpClientResponse response) {
    var read = Buffer.buffer();
    response.handler(
        part -> {
          if (read.length() + part.length() <= MOST_ANSWER_BYTES) {
            read.appendBuffer(part);
          } else {
            response.request().reset();
          }
        });
    return response
        .end()
        // An answer that is too long or breaks off has its status all the same.
        .otherwiseEmpty()
        .map(
            ended -> {
              var status = response.statusCode();
              return new Outcome(
                  status,
                  status / 100 == 2 ? null : "it answered with the status " + status,
                  excerpt(read));
            });
  }

  private static String excerpt(Buffer read) {
    var text =
        new String(read.getBytes(), StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
    return text.length() <= KEPT_ANSWER_CHARACTERS
        ? text
        : text.substring(0, KEPT_ANSWER_CHARACTERS);
  }

  private static String why(Throwable failure) {
    var text =
        switch (failure) {
          case Refused refused -> String.valueOf(refused.getMessage());
          case java.net.UnknownHostException unknown -> "its host is not known";
          case java.util.concurrent.TimeoutException late -> LATE;
          case StreamResetException reset -> LATE;
          default -> String.valueOf(failure.getMessage());
        };
    return text.length() <= 500 ? text : text.substring(0, 500);
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
