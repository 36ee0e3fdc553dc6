package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Clients of the npm registry against the whole program; the tests themselves are JavaScript, under
 * {@code src/test/clients}. Left out, and said so, where there is no Node or no registry.
 */
@Isolated("compilers of other people, which take all processors from tests that measure time")
class ClientsTest {
  /** What {@code scripts/clients} ends with where the tests cannot be run. */
  private static final int CANNOT_RUN = 75;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void apollo_urql_relay_and_code_generators_get_what_they_ask_for(@TempDir Path home)
      throws Exception {
    try (var application = Application.start(config(home))) {
      var said = home.resolve("said");
      var tokens = home.resolve("data").resolve("demo-tokens.json");
      var status = run(said, tokens, "http://localhost:" + application.httpPort() + "/graphql");
      var output = Files.readString(said);

      if (status == CANNOT_RUN) {
        // A quiet build does not tell of tests that were left out.
        System.err.println("The tests of clients were left out. " + lastLine(output));
        abort(output);
      }
      assertThat(status).as(output).isZero();
      // A run of no tests also ends with zero.
      assertThat(output)
          .contains("a product that a list showed is answered by its id")
          .containsPattern("skipped 0\\b");
    }
  }

  private static String lastLine(String text) {
    return text.lines().reduce("", (before, line) -> line);
  }

  private static int run(Path said, Path tokens, String url)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder("bash", "scripts/clients", url)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("CLIENTS_TOKENS", tokens.toString());
    var client = builder.start();
    try {
      return client.waitFor();
    } finally {
      client.descendants().forEach(ProcessHandle::destroy);
      client.destroy();
    }
  }

  private static Config config(Path home) {
    return Config.read(
        Map.of(
            "FAIRGROUND_HTTP_PORT", "0",
            "FAIRGROUND_MANAGEMENT_PORT", "0",
            "FAIRGROUND_DATA_DIR", home.resolve("data").toString(),
            "FAIRGROUND_WEBHOOK_PRIVATE", "true"),
        home);
  }
}
