package dev.fairground.http;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.RateLimit;
import dev.fairground.graphql.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Writes what came of one operation: statuses, caching, and the cost behind the data. */
record Writer(GraphqlHandler server, HttpServerRequest request, MediaType media, String id) {

  /** An answer that is its caller's alone, or none: nobody may keep it. */
  void write(Answer answer) {
    ErrorCode refusedBy = answer.refusedBy();
    int status =
        refusedBy == null
            ? server.statuses.answered(answer.partial(), media)
            : server.statuses.refused(refusedBy, media);
    HttpServerResponse response = Replies.begin(request, status, id, Replies.NO_STORE);
    if (answer.retryAfterMillis() > 0) {
      Replies.tellRetry(response, answer.retryAfterMillis());
    }
    if (refusedBy == ErrorCode.UNAUTHENTICATED) {
      Replies.challenge(response);
    }
    if (refusedBy == ErrorCode.METHOD_NOT_ALLOWED) {
      response.headers().set(HttpHeaders.ALLOW, "POST");
    }
    send(response, answer.body(), answer.limits(), requested(answer), answer.actualCost());
  }

  /** An answer that anybody may keep, as long as they ask again each time. */
  void writePublic(Answer answer, String tag) {
    RateLimit limits = answer.limits();
    if (!isKnown(tag, limits)) {
      send(publicly(200, tag), answer.body(), limits, requested(answer), answer.actualCost());
    }
  }

  /** An answer that another caller's work made: it cost nothing. */
  void share(AnswerCache.Entry entry, @Nullable RateLimit limits) {
    if (!isKnown(entry.tag(), limits)) {
      send(publicly(200, entry.tag()), entry.body(), limits, entry.requestedCost(), 0);
    }
  }

  void refuse(Refusal refusal) {
    server.replies.refuse(
        request, server.statuses.refused(refusal.code(), media), refusal, media, id);
  }

  /**
   * Answers 304 if the caller has these bytes. By POST too: who sends the header with a query knows
   * what it means.
   */
  private boolean isKnown(String tag, @Nullable RateLimit limits) {
    if (!AnswerTag.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      return false;
    }
    HttpServerResponse response = publicly(304, tag);
    Replies.tellLimits(response, limits);
    server.replies.finish(request, null);
    return true;
  }

  private HttpServerResponse publicly(int status, String tag) {
    HttpServerResponse response = Replies.begin(request, status, id, Replies.REVALIDATE);
    response.headers().set(HttpHeaders.ETAG, tag);
    return response;
  }

  private static int requested(Answer answer) {
    return answer.limits() == null ? 0 : answer.limits().requestedCost();
  }

  private void send(
      HttpServerResponse response,
      Buffer body,
      @Nullable RateLimit limits,
      int requestedCost,
      int actualCost) {
    response.headers().set(HttpHeaders.CONTENT_TYPE, media.header());
    if (limits == null) {
      server.replies.finish(request, body);
      return;
    }
    Replies.tellLimits(response, limits);
    int end = body.length() - 1;
    Buffer whole =
        Buffer.buffer(end + 128)
            .appendBuffer(body, 0, end)
            .appendString(",\"extensions\":{\"cost\":{\"requested\":")
            .appendString(Integer.toString(requestedCost))
            .appendString(",\"actual\":")
            .appendString(Integer.toString(actualCost))
            .appendString(",\"available\":")
            .appendString(Integer.toString(limits.remaining()))
            .appendString(",\"restoreRate\":")
            .appendString(Integer.toString(limits.restorePerSecond()))
            .appendString("}}}");
    server.replies.finish(request, whole);
  }
}
