package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * GraphiQL at {@code /graphiql}. Its files come from libraries on the class path, so that the page
 * needs nothing from elsewhere; they are read and compressed once.
 */
final class Explorer {
  private static final String LIBRARIES = "META-INF/resources/webjars/";

  private static final CharSequence ONE_DAY = HttpHeaders.createOptimized("public, max-age=86400");
  private static final CharSequence POLICY_NAME =
      HttpHeaders.createOptimized("Content-Security-Policy");

  /** Styles may stand in the page because the editor sets them there; scripts may not. */
  private static final CharSequence POLICY =
      HttpHeaders.createOptimized(
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
              + "connect-src 'self'; font-src data:; img-src 'self' data:; "
              + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  private final Map<String, File> files = new LinkedHashMap<>();
  private final Replies replies;

  Explorer(Replies replies) {
    this.replies = replies;
    add("", "explorer/index.html", "text/html");
    add("/explorer.js", "explorer/explorer.js", "text/javascript");
    add("/explorer.css", "explorer/explorer.css", "text/css");
    add("/graphiql.js", LIBRARIES + "graphiql/2.4.7/graphiql.min.js", "text/javascript");
    add("/graphiql.css", LIBRARIES + "graphiql/2.4.7/graphiql.min.css", "text/css");
    add("/react.js", LIBRARIES + "react/18.3.1/umd/react.production.min.js", "text/javascript");
    add(
        "/react-dom.js",
        LIBRARIES + "react-dom/18.3.1/umd/react-dom.production.min.js",
        "text/javascript");
  }

  /**
   * @param ours whether it changes with this program: a page of today must not get yesterday's
   */
  private record File(Buffer plain, Buffer gzip, CharSequence type, String tag, boolean ours) {}

  private void add(String path, String resource, String type) {
    Buffer plain = read(resource);
    files.put(
        "/graphiql" + path,
        new File(
            plain,
            gzip(plain),
            HttpHeaders.createOptimized(type + "; charset=utf-8"),
            AnswerTag.of(plain),
            !resource.startsWith(LIBRARIES)));
  }

  boolean has(String path) {
    return files.containsKey(path);
  }

  void handle(HttpServerRequest request) {
    File file = files.get(request.path());
    if (file == null || request.method() != HttpMethod.GET) {
      replies.refuse(request, new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "Only GET is offered."));
      return;
    }
    boolean known = AnswerTag.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), file.tag);
    HttpServerResponse response =
        Replies.begin(
            request,
            known ? 304 : 200,
            RequestIds.of(request.getHeader(Replies.REQUEST_ID)),
            file.ours ? Replies.REVALIDATE : ONE_DAY);
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.ETAG, file.tag).set(POLICY_NAME, POLICY);
    headers.set("Referrer-Policy", "no-referrer");
    if (known) {
      replies.finish(request, null);
      return;
    }
    headers.set(HttpHeaders.CONTENT_TYPE, file.type);
    String encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean small = encodings != null && encodings.toLowerCase(Locale.ROOT).contains("gzip");
    if (small) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    replies.finish(request, small ? file.gzip : file.plain);
  }

  private static Buffer read(String resource) {
    try (InputStream in = Explorer.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + resource);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Buffer gzip(Buffer plain) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain.getBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
