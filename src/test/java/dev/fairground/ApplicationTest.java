package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, started with its embedded database as a newcomer starts it. */
class ApplicationTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  @Timeout(180)
  void a_server_started_on_an_empty_folder_serves_and_starts_again_on_its_data(@TempDir Path home)
      throws Exception {
    for (int start = 0; start < 2; start++) {
      try (var application = Application.start(config(home))) {
        var ready =
            client.send(
                request(application.managementPort(), "/health/ready").build(),
                HttpResponse.BodyHandlers.ofString());
        var answer =
            client.send(
                request(application.httpPort(), "/graphql")
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"query\":\"{ serviceInfo { timeZone } products(first: 1) { totalCount } }\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        var metrics =
            client.send(
                request(application.managementPort(), "/metrics").build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"timeZone\":\"Asia/Shanghai\"");
        assertThat(answer.body()).contains("\"totalCount\":188");
        assertThat(metrics.body()).contains("fairground_operation");
      }
    }
  }

  private static Config config(Path home) {
    return Config.read(
        Map.of(
            "FAIRGROUND_HTTP_PORT", "0",
            "FAIRGROUND_MANAGEMENT_PORT", "0",
            "FAIRGROUND_DATA_DIR", home.resolve("data").toString()),
        home);
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }
}
