package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.http.FileDoors.Download;
import dev.fairground.http.FileDoors.Upload;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /files/{id}}, whole or in ranges; {@code POST /uploads}; {@code GET
 * /templates/{name}}. Bytes go by in parts: the next one is asked for when the one before is gone.
 */
final class FileHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FileHandler.class);
  private static final String FILES = "/files/";
  private static final String TEMPLATES = "/templates/";
  static final String UPLOADS = "/uploads";
  private static final int LONGEST_NAME = 200;

  private final Vertx vertx;
  private final FileDoors doors;
  private final Credentials credentials;
  private final CallerAddresses addresses;
  private final Replies replies;
  private final int most;
  private final AtomicInteger underWay = new AtomicInteger();

  FileHandler(
      Vertx vertx,
      HttpLimits limits,
      FileDoors doors,
      Credentials credentials,
      CallerAddresses addresses,
      Replies replies) {
    this.vertx = vertx;
    this.doors = doors;
    this.credentials = credentials;
    this.addresses = addresses;
    this.replies = replies;
    this.most = limits.transfers();
  }

  static boolean has(String path) {
    return path.startsWith(FILES) || path.startsWith(TEMPLATES) || path.equals(UPLOADS);
  }

  /** Whether a request's target is that of uploads, which may take longer to arrive. */
  static boolean isUpload(String target) {
    return target.equals(UPLOADS) || target.startsWith(UPLOADS + '?');
  }

  void handle(HttpServerRequest request) {
    var path = request.path();
    var upload = path.equals(UPLOADS);
    if (request.method() != (upload ? HttpMethod.POST : HttpMethod.GET)) {
      refuse(
          request,
          new Refusal(
              ErrorCode.METHOD_NOT_ALLOWED,
              upload ? "Files are sent here by POST." : "Only GET is offered."));
    } else if (path.startsWith(TEMPLATES)) {
      template(request, path.substring(TEMPLATES.length()));
    } else if (underWay.get() >= most) {
      refuse(
          request,
          new Refusal(
              ErrorCode.OVERLOADED, "Too many files are on their way. Come back in a moment."));
    } else {
      underWay.incrementAndGet();
      request.pause();
      var over = new AtomicInteger();
      Runnable leave =
          () -> {
            if (over.getAndIncrement() == 0) {
              underWay.decrementAndGet();
            }
          };
      request.response().closeHandler(closed -> leave.run());
      request.response().endHandler(ended -> leave.run());
      viewer(request)
          .onComplete(
              viewer -> {
                if (upload) {
                  upload(request, viewer);
                } else {
                  download(request, viewer, path.substring(FILES.length()));
                }
              },
              failure -> fail(request, failure));
    }
  }

  /** Continues on the event loop of the request. */
  private Future<Viewer> viewer(HttpServerRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return Future.failedFuture(
          new Refusal(
              ErrorCode.UNAUTHENTICATED,
              "Files are for those who run jobs. Send credentials in the Authorization header."));
    }
    return onLoop(credentials.viewer(authorization, addresses.of(request)));
  }

  private <T> Future<T> onLoop(Future<T> future) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    future.onComplete(
        value -> context.runOnContext(there -> promise.complete(value)),
        failure -> context.runOnContext(there -> promise.fail(failure)));
    return promise.future();
  }

  private void download(HttpServerRequest request, Viewer viewer, String id) {
    onLoop(doors.downloads().find(viewer, id))
        .onComplete(
            file -> {
              request.resume();
              if (file == null) {
                refuse(
                    request,
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "There is no such file, or none that these credentials may have."));
              } else {
                send(request, file);
              }
            },
            failure -> fail(request, failure));
  }

  private void send(HttpServerRequest request, Download file) {
    var tag = '"' + file.digest() + '"';
    var unchanged = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (unchanged != null && (unchanged.equals("*") || unchanged.contains(tag))) {
      var response = begin(request, 304);
      response.headers().set(HttpHeaders.ETAG, tag);
      replies.finish(request, null);
      return;
    }
    // A range is only good for the file that it was begun with.
    var condition = request.getHeader("If-Range");
    var range =
        condition == null || condition.equals(tag)
            ? ByteRange.of(request.getHeader("Range"), file.bytes())
            : null;
    if (range != null && range.isEmpty()) {
      var response = begin(request, 416);
      response.headers().set(HttpHeaders.CONTENT_RANGE, "bytes */" + file.bytes());
      replies.finish(request, null);
      return;
    }
    var part = range == null ? new ByteRange(0, file.bytes() - 1) : range;
    var response = begin(request, range == null ? 200 : 206);
    response
        .headers()
        .set(HttpHeaders.ETAG, tag)
        .set(HttpHeaders.ACCEPT_RANGES, "bytes")
        .set(HttpHeaders.CONTENT_TYPE, file.mediaType())
        // Compressed on the way it would have other ranges.
        .set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .set("Repr-Digest", "sha-256=:" + base64(file.digest()) + ':')
        .set("Content-Disposition", disposition(file.name()))
        .set(HttpHeaders.CONTENT_LENGTH, Long.toString(part.length()));
    if (range != null) {
      response
          .headers()
          .set(
              HttpHeaders.CONTENT_RANGE,
              "bytes " + part.first() + '-' + part.last() + '/' + file.bytes());
    }
    write(response, file, part.first(), part.last());
  }

  /** Sends what is left, a part of the file at a time. */
  private void write(HttpServerResponse response, Download file, long first, long last) {
    if (first > last) {
      response.end();
      return;
    }
    var position = (int) (first / file.partBytes());
    onLoop(file.parts().read(position))
        .onComplete(
            bytes -> {
              var from = (int) (first - (long) position * file.partBytes());
              var to =
                  (int) Math.min(bytes.length(), last - (long) position * file.partBytes() + 1);
              if (response.closed()) {
                return;
              }
              response
                  .write(bytes.slice(from, to))
                  .onSuccess(sent -> write(response, file, first + (to - from), last));
            },
            failure -> {
              LOG.warn("a file could not be sent to its end", failure);
              response.reset();
            });
  }

  private void upload(HttpServerRequest request, Viewer viewer) {
    var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    var length =
        declared == null ? -1 : declared.length() > 15 ? Long.MAX_VALUE : Long.parseLong(declared);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    onLoop(doors.uploads().begin(viewer, name(request), length))
        .onComplete(
            upload -> new Taking(request, upload).begin(), failure -> fail(request, failure));
  }

  private static String name(HttpServerRequest request) {
    var name = Objects.requireNonNullElse(request.getParam("name"), "upload");
    var plain = name.replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
    return plain.isEmpty() ? "upload" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  /** One upload: a part is asked for when the one before is written. */
  private final class Taking {
    private final HttpServerRequest request;
    private final Upload upload;
    private boolean over;

    Taking(HttpServerRequest request, Upload upload) {
      this.request = request;
      this.upload = upload;
    }

    void begin() {
      request.response().exceptionHandler(broken -> giveUp());
      request.exceptionHandler(broken -> giveUp());
      request.connection().closeHandler(gone -> giveUp());
      request.handler(
          bytes -> {
            request.pause();
            onLoop(upload.write(bytes))
                .onComplete(
                    written -> {
                      if (!over) {
                        request.resume();
                      }
                    },
                    failure -> {
                      giveUp();
                      fail(request, failure);
                    });
          });
      request.endHandler(
          end -> {
            if (over) {
              return;
            }
            onLoop(upload.end())
                .onComplete(
                    told -> {
                      over = true;
                      var response = FileHandler.begin(request, 201);
                      response.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
                      replies.finish(request, told.toBuffer());
                    },
                    failure -> {
                      giveUp();
                      fail(request, failure);
                    });
          });
      request.resume();
    }

    private void giveUp() {
      if (!over) {
        over = true;
        upload
            .abandon()
            .onFailure(failure -> LOG.warn("an upload that broke off stays for a day", failure));
      }
    }
  }

  private void template(HttpServerRequest request, String name) {
    var locale = request.getParam("locale");
    var languages =
        locale == null
            ? Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
            : java.util.List.of(locale);
    vertx
        .executeBlocking(() -> doors.templates().make(name, languages))
        .onComplete(
            template -> {
              if (template == null) {
                refuse(
                    request,
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "There is no such template; try /templates/product-list.xlsx."));
                return;
              }
              var response = begin(request, 200);
              response
                  .headers()
                  .set(HttpHeaders.CONTENT_TYPE, template.mediaType())
                  .set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                  .set("Content-Disposition", disposition(template.name()));
              replies.finish(request, template.bytes());
            },
            failure -> fail(request, failure));
  }

  private static HttpServerResponse begin(HttpServerRequest request, int status) {
    return Replies.begin(
        request, status, RequestIds.of(request.getHeader(Replies.REQUEST_ID)), Replies.NO_STORE);
  }

  private void fail(HttpServerRequest request, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      refuse(request, refusal);
      return;
    }
    LOG.error("a file's request failed", failure);
    refuse(
        request, new Refusal(ErrorCode.INTERNAL_SERVER_ERROR, "Something went wrong on our side."));
  }

  private void refuse(HttpServerRequest request, Refusal refusal) {
    if (!request.response().headWritten()) {
      request.resume();
      replies.refuse(request, refusal);
    }
  }

  /** RFC 6266: the name in ASCII, and as it is. */
  private static String disposition(String name) {
    var ascii = name.replaceAll("[^A-Za-z0-9._-]", "_");
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static String base64(String hex) {
    return java.util.Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(hex));
  }
}
