package dev.fairground.identity;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Gets small JSON documents: no redirects, a bound of size and of time. */
final class JsonFetch {
  private static final int MOST_BYTES = 512 * 1024;
  private static final int MILLIS = 5_000;

  private final HttpClient client;

  JsonFetch(Vertx vertx) {
    client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(MILLIS));
  }

  Future<JsonObject> get(String address) {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json"))
        .compose(request -> request.send().compose(response -> body(address, response)))
        .timeout(MILLIS, TimeUnit.MILLISECONDS)
        .map(JsonObject::new);
  }

  private static Future<Buffer> body(String address, HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    if (response.statusCode() != 200) {
      response.request().reset();
      whole.fail(address + " answers " + response.statusCode());
      return whole.future();
    }
    var gathered = Buffer.buffer();
    response.handler(
        part -> {
          if (gathered.length() + part.length() > MOST_BYTES) {
            response.request().reset();
            whole.tryFail(address + " answers with more than " + MOST_BYTES + " bytes");
          } else {
            gathered.appendBuffer(part);
          }
        });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(gathered));
    return whole.future();
  }

  void close() {
    client.close();
  }
}
