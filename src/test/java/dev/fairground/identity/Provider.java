package dev.fairground.identity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenID provider, the npm package oidc-provider, in a process of its own. Tests that need
 * it are skipped where there is no Node or no npm.
 */
public final class Provider implements AutoCloseable {
  /** What its tokens are for, as this server is named in its tests. */
  public static final String AUDIENCE = "https://fairground.test";

  private static final Path SOURCE = Path.of("src", "test", "oidc");
  private static final Path WORK = Path.of("target", "oidc");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Provider(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param roles the claim of its client "portal", parted by spaces
   */
  public static Provider start(String roles) throws Exception {
    install();
    var builder = new ProcessBuilder("node", "provider.mjs").directory(WORK.toFile());
    builder.environment().put("FAIRGROUND_TEST_ROLES", roles);
    var process = builder.redirectError(WORK.resolve("errors.txt").toFile()).start();
    var line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith("listening ")) {
      throw new IllegalStateException(
          "the provider does not start: " + Files.readString(WORK.resolve("errors.txt")));
    }
    return new Provider(process, Integer.parseInt(line.substring("listening ".length())));
  }

  private static synchronized void install() throws Exception {
    assumeTrue(
        runs("node", "--version") && runs("npm", "--version"),
        "no OpenID provider can be started: node or npm is not on PATH");
    Files.createDirectories(WORK);
    for (var name : new String[] {"package.json", "package-lock.json", ".npmrc", "provider.mjs"}) {
      Files.copy(SOURCE.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    var lock = Files.readString(SOURCE.resolve("package-lock.json"));
    var installed = WORK.resolve("installed-lock.json");
    if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
      return;
    }
    if (!runs("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")) {
      throw new IllegalStateException("npm ci failed in " + WORK.toAbsolutePath());
    }
    Files.writeString(installed, lock);
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      var directory = Files.isDirectory(WORK) ? WORK.toFile() : null;
      var process =
          new ProcessBuilder(command)
              .directory(directory)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** An access token of one of its clients by the grant of client credentials. */
  public String token(String clientId, String audience) {
    var secret = clientId + ":" + clientId + "-secret";
    var answer =
        send(
            HttpRequest.newBuilder(URI.create(issuer() + "/token"))
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(secret.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&resource=" + audience)));
    return new JsonObject(answer).getString("access_token");
  }

  /** Signs with a new key from now on. */
  public void rotate(String algorithm, boolean dropOld) {
    send(
        HttpRequest.newBuilder(
                URI.create(issuer() + "/test/rotate?alg=" + algorithm + (dropOld ? "&drop" : "")))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** How often its keys were fetched. */
  int fetches() {
    return Integer.parseInt(send(HttpRequest.newBuilder(URI.create(issuer() + "/test/fetches"))));
  }

  /** Its keys as they are published. */
  String keys() {
    return send(HttpRequest.newBuilder(URI.create(issuer() + "/jwks")));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    process.destroy();
    client.close();
  }
}
