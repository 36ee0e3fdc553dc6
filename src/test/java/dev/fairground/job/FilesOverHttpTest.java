package dev.fairground.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.FileServer;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class FilesOverHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Jobs jobs;
  private static FileServer server;
  private static byte[] file;
  private static String path;

  @BeforeAll
  static void begin(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address)
      throws Exception {
    var asking = new Asking(database, statements);
    SmallMarket.into(asking);
    jobs = new Jobs(asking, vertx, database, address);
    server = FileServer.start(vertx, database, asking.engine(), jobs.asking().viewer());
    var job = jobs.export("{ products { nodes { id code } } }", "CSV");
    file = jobs.file(job, "result");
    path = job.getJsonObject("result").getString("path");
  }

  @AfterAll
  static void end() throws Exception {
    jobs.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer good");
  }

  private static HttpResponse<byte[]> get(String... headers) throws Exception {
    var request = request(path);
    return CLIENT.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void a_file_comes_whole_as_an_attachment() throws Exception {
    var response = get();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(file);
    assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"products-");
    assertThat(response.headers().firstValue("Accept-Ranges")).contains("bytes");
  }

  @Test
  void a_download_that_broke_off_goes_on_where_it_stopped() throws Exception {
    var tag = get().headers().firstValue("ETag").orElseThrow();

    var rest = get("Range", "bytes=10-", "If-Range", tag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(new String(rest.body(), StandardCharsets.UTF_8))
        .isEqualTo(new String(file, 10, file.length - 10, StandardCharsets.UTF_8));
    assertThat(rest.headers().firstValue("Content-Range"))
        .contains("bytes 10-" + (file.length - 1) + "/" + file.length);
    assertThat(get("Range", "bytes=-4").body()).hasSize(4);
    assertThat(get("Range", "bytes=0-0").body()).hasSize(1);
    assertThat(get("Range", "bytes=10-", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(get("Range", "bytes=999999-").statusCode()).isEqualTo(416);
    assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void nobody_else_gets_it() throws Exception {
    var anonymous =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(anonymous.statusCode()).isEqualTo(401);
    var missing =
        CLIENT.send(
            request("/files/file_00000000000000000000000000000000").build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(
            CLIENT
                .send(request("/files/x").build(), HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void an_upload_of_several_parts_is_kept_as_it_was_sent() throws Exception {
    var bytes = new byte[700_000];
    new Random(1).nextBytes(bytes);
    var response =
        CLIENT.send(
            request("/uploads?name=list.csv").POST(BodyPublishers.ofByteArray(bytes)).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    var told = new JsonObject(response.body());
    assertThat(told.getInteger("byteSize")).isEqualTo(700_000);
    assertThat(told.getString("uploadId")).startsWith("upl_");
    assertThat(told.getString("digest"))
        .isEqualTo(java.util.HexFormat.of().formatHex(FileWriting.sha256().digest(bytes)));
  }

  @Test
  void templates_are_there_for_everybody_and_can_be_imported_back() throws Exception {
    var csv =
        CLIENT.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + server.port()
                            + "/templates/product-list.csv?locale=zh"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(csv.body()).contains("产品编码*").contains("名称*(zh-CN)");
    for (var locale : new String[] {"zh", "en"}) {
      var xlsx =
          CLIENT.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + server.port()
                              + "/templates/product-list.xlsx?locale="
                              + locale))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(xlsx.statusCode()).isEqualTo(200);
      var job = jobs.importing(xlsx.body(), "XLSX", true, "REJECT_ALL");
      assertThat(job.getJsonObject("errors").getJsonArray("nodes"))
          .as(job.encodePrettily())
          .isEmpty();
    }
  }
}
