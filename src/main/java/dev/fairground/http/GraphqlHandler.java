package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * GraphQL over HTTP, from a request's headers to its last byte: what may come in at all. What then
 * happens with it is an {@link Exchange}. One for all event loops.
 */
final class GraphqlHandler implements Handler<HttpServerRequest> {
  /** With those by which Apollo Client names a program, which a browser asks to send, too. */
  private static final CharSequence ALLOWED_HEADERS =
      HttpHeaders.createOptimized(
          "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, "
              + "X-Request-Id, Apollo-Require-Preflight, Apollographql-Client-Name, "
              + "Apollographql-Client-Version");

  final Vertx vertx;
  final HttpLimits limits;
  final GraphqlBackend backend;
  final CallerAddresses addresses;
  final Replies replies;
  final Admission admission;
  final RequestReader reader;
  final PersistedQueries persisted;
  final AnswerCache shared;
  final LiveStreams live = new LiveStreams();
  final Statuses statuses;
  private final LargeBodies large;

  GraphqlHandler(
      Vertx vertx,
      HttpLimits limits,
      GraphqlBackend backend,
      CallerAddresses addresses,
      Replies replies,
      Admission admission) {
    this.vertx = vertx;
    this.limits = limits;
    this.backend = backend;
    this.addresses = addresses;
    this.replies = replies;
    this.admission = admission;
    this.reader = new RequestReader(limits);
    this.persisted = new PersistedQueries(limits.persistedQueryBytes());
    this.shared =
        new AnswerCache(
            limits.answerCacheBytes(), limits.answerCacheMillis(), backend.catalogueVersion());
    this.large = new LargeBodies(vertx, limits, backend.credentials(), addresses);
    this.statuses = new Statuses(limits.draftStatuses() == 1);
  }

  @Override
  public void handle(HttpServerRequest request) {
    String id = RequestIds.of(request.getHeader(Replies.REQUEST_ID));
    if (request.method() == HttpMethod.OPTIONS) {
      preflight(request, id);
      return;
    }
    if (WebSockets.isAsked(request)) {
      WebSockets.open(this, request, id);
      return;
    }
    boolean events = wantsEvents(request);
    MediaType wanted = events ? MediaType.JSON : accepted(request);
    MediaType media = wanted == null ? MediaType.JSON : wanted;
    Refusal refusal = refusalOf(request, wanted);
    if (isTooLong(request)) {
      if (refusal == null && large.mayCome(request)) {
        large.ask(
            request,
            () -> goOn(request, null, media, events, id, limits.signedInBodyBytes()),
            refused -> refuse(request, refused, media, id));
      } else {
        refuse(request, tooLong(), media, id);
      }
    } else {
      goOn(request, refusal, media, events, id, limits.bodyBytes());
    }
  }

  private void goOn(
      HttpServerRequest request,
      @Nullable Refusal refusal,
      MediaType media,
      boolean events,
      String id,
      int most) {
    if (!expectsNothing(request, refusal)) {
      Refusal unknown = new Refusal(ErrorCode.BAD_REQUEST, "The Expect header is not understood.");
      refuse(request, refusal == null ? unknown : refusal, media, id);
    } else {
      receive(request, refusal, media, events, id, most);
    }
  }

  private static boolean wantsEvents(HttpServerRequest request) {
    var accept = request.headers().getAll(HttpHeaders.ACCEPT);
    return MediaType.prefersEvents(accept.isEmpty() ? null : String.join(",", accept));
  }

  /** Takes the body, counting, and goes on when it has come to its end. */
  private void receive(
      HttpServerRequest request,
      @Nullable Refusal refusal,
      MediaType media,
      boolean events,
      String id,
      int most) {
    var body = new Body(most);
    request.handler(
        part -> {
          if (!body.add(part, refusal == null)) {
            refuse(request, tooLong(), media, id);
          }
        });
    request.endHandler(
        end -> {
          if (refusal != null) {
            refuse(request, refusal, media, id);
          } else if (events) {
            new EventStream(this, request, id).begin(body.bytes);
          } else {
            new Exchange(this, request, media, id).begin(body.bytes);
          }
        });
  }

  private static final class Body {
    private final int most;
    private @Nullable Buffer bytes;
    private int length;

    Body(int most) {
      this.most = most;
    }

    /** False when it has become too long. */
    private boolean add(Buffer part, boolean wanted) {
      length += part.length();
      if (length > most) {
        return false;
      }
      if (wanted) {
        bytes = bytes == null ? part : bytes.appendBuffer(part);
      }
      return true;
    }
  }

  private static @Nullable MediaType accepted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept != null && accept.length() < 40) {
      var all = request.headers().getAll(HttpHeaders.ACCEPT);
      return MediaType.preferredBy(all.size() == 1 ? accept : String.join(",", all));
    }
    return MediaType.preferredBy(
        accept == null ? null : String.join(",", request.headers().getAll(HttpHeaders.ACCEPT)));
  }

  private static @Nullable Refusal refusalOf(
      HttpServerRequest request, @Nullable MediaType wanted) {
    boolean post = request.method() == HttpMethod.POST;
    if (!post && request.method() != HttpMethod.GET) {
      return new Refusal(
          ErrorCode.METHOD_NOT_ALLOWED, "GraphQL is asked by POST, or by GET for queries.");
    }
    if (wanted == null) {
      return new Refusal(
          ErrorCode.NOT_ACCEPTABLE,
          "The answer can be application/graphql-response+json or application/json in UTF-8.");
    }
    if (post && !MediaType.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      return new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8.");
    }
    String encoding = post ? request.getHeader(HttpHeaders.CONTENT_ENCODING) : null;
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
    }
    return null;
  }

  private boolean isTooLong(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // The decoder has refused what is not a number; one of ten digits or more is too long anyway.
    return declared != null
        && (declared.length() > 9 || Integer.parseInt(declared) > limits.bodyBytes());
  }

  private Refusal tooLong() {
    return new Refusal(
        ErrorCode.PAYLOAD_TOO_LARGE,
        "The body is longer than the %d bytes that are read, or the %d of a caller who is known and declares its length."
            .formatted(limits.bodyBytes(), limits.signedInBodyBytes()));
  }

  /** True if the body will come: nothing was expected, or we have told the caller to go on. */
  private static boolean expectsNothing(HttpServerRequest request, @Nullable Refusal refusal) {
    String expect = request.getHeader(HttpHeaders.EXPECT);
    if (expect == null) {
      return true;
    }
    if (refusal != null || !expect.equalsIgnoreCase("100-continue")) {
      return false;
    }
    request.response().writeContinue();
    return true;
  }

  private void refuse(HttpServerRequest request, Refusal refusal, MediaType media, String id) {
    replies.refuse(request, refusal.code().status(), refusal, media, id);
  }

  /** Any page may ask, without credentials: the answers are public. */
  private void preflight(HttpServerRequest request, String id) {
    HttpServerResponse response = Replies.begin(request, 204, id, Replies.NO_STORE);
    response
        .headers()
        .set(HttpHeaders.ALLOW, Replies.METHODS)
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, Replies.METHODS)
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS)
        .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    replies.finish(request, null);
  }
}
