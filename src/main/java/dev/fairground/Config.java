package dev.fairground;

import dev.fairground.identity.OidcSettings;
import dev.fairground.sql.DatabaseAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the administrator decided, checked once at the start.
 *
 * @param httpPort where GraphQL is served; 0 takes any free port
 * @param managementPort where health and metrics are served; 0 takes any free port
 * @param managementHost the address the management port is bound to. The loopback unless it is set:
 *     metrics tell how the server is used, and nothing there asks who calls
 * @param dataDirectory holds the embedded database and files; absolute
 * @param database the external database; null starts the embedded one
 * @param oidc the issuer whose tokens are accepted; null for none
 * @param logLevel the least important level that is written
 * @param settings the same values by name, for the limits that other parts read
 */
public record Config(
    int httpPort,
    int managementPort,
    String managementHost,
    Path dataDirectory,
    @Nullable DatabaseAddress database,
    @Nullable OidcSettings oidc,
    String logLevel,
    Settings settings) {

  /**
   * Reads and checks everything, and fails with one {@link BadSetting}.
   *
   * @param home where {@code data} lies, and what another data directory is relative to
   */
  public static Config read(Map<String, String> environment, Path home) {
    var settings = Settings.read(environment);
    return new Config(
        settings.number("FAIRGROUND_HTTP_PORT", 8080, 0, 65_535),
        settings.number("FAIRGROUND_MANAGEMENT_PORT", 9090, 0, 65_535),
        settings.text("FAIRGROUND_MANAGEMENT_HOST", "127.0.0.1"),
        dataDirectory(settings, home),
        database(settings),
        oidc(settings),
        settings.choice("FAIRGROUND_LOG_LEVEL", "INFO", "TRACE", "DEBUG", "INFO", "WARN", "ERROR"),
        settings);
  }

  /** A limit that a part of the server reads by its name: whole, within bounds. */
  public int number(String name, int otherwise, int least, int most) {
    return settings.number(name, otherwise, least, most);
  }

  private static Path dataDirectory(Settings settings, Path home) {
    var name = "FAIRGROUND_DATA_DIR";
    try {
      return home.resolve(settings.text(name, "data")).toAbsolutePath().normalize();
    } catch (InvalidPathException notAPath) {
      throw new BadSetting(name, "is not a path: " + notAPath.getReason());
    }
  }

  private static @Nullable OidcSettings oidc(Settings settings) {
    var name = "FAIRGROUND_OIDC_ISSUER";
    var issuer = settings.find(name);
    var audience = settings.find("FAIRGROUND_OIDC_AUDIENCE");
    var claim = settings.text("FAIRGROUND_OIDC_ROLES_CLAIM", OidcSettings.ROLES_CLAIM);
    if (issuer == null && audience == null) {
      return null;
    }
    if (issuer == null || audience == null) {
      throw new BadSetting(
          issuer == null ? name : "FAIRGROUND_OIDC_AUDIENCE",
          "is not set, but the other one is: the issuer and the audience are set together");
    }
    try {
      return new OidcSettings(issuer, audience, claim);
    } catch (IllegalArgumentException fault) {
      throw new BadSetting(name, String.valueOf(fault.getMessage()));
    }
  }

  private static @Nullable DatabaseAddress database(Settings settings) {
    var name = "FAIRGROUND_DATABASE_URL";
    var url = settings.find(name);
    if (url == null) {
      return null;
    }
    try {
      return DatabaseAddress.parse(url);
    } catch (IllegalArgumentException fault) {
      throw new BadSetting(name, String.valueOf(fault.getMessage()));
    }
  }
}
