package dev.fairground;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;

/** {@code scripts/verify-list} against the answers of an engine, which may be tampered with. */
public final class ListVerifier implements AutoCloseable {
  private final Asking asking;
  private final HttpServer server;
  private final Path compiled;
  private volatile UnaryOperator<String> tampering = answer -> answer;

  public ListVerifier(Asking asking) throws IOException {
    this.asking = asking;
    // Once, and not each time that it runs.
    compiled = Files.createTempDirectory("fairground-verify-");
    var source = Path.of("scripts", "VerifyList.java").toString();
    if (ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-Werror", "-Xlint:all", "-d", compiled.toString(), source)
        != 0) {
      throw new IllegalStateException(source + " does not compile");
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/graphql", this::answer);
    server.start();
  }

  /** What the program says and how it ends. */
  public record Verdict(int code, String text) {}

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var request = new JsonObject(new String(body, StandardCharsets.UTF_8));
      var answer =
          asking.answer(request.getString("query"), request.getJsonObject("variables").getMap());
      var bytes = tampering.apply(answer.encode()).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public Verdict verify(String id) throws Exception {
    return verify(id, answer -> answer);
  }

  public Verdict verify(String id, UnaryOperator<String> tampered) throws Exception {
    tampering = tampered;
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                compiled.toString(),
                "VerifyList",
                "--chain",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/graphql",
                id)
            .redirectErrorStream(true)
            .start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Verdict(process.exitValue(), text);
  }

  @Override
  public void close() {
    server.stop(0);
    TestCluster.delete(compiled);
  }
}
