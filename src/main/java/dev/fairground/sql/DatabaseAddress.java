package dev.fairground.sql;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is and how to sign in, as in {@code
 * postgresql://user:password@host:port/name?sslmode=require}. User, password and name are percent
 * encoded; the password is never shown.
 */
public record DatabaseAddress(
    String host, int port, String name, String user, String password, SslMode sslMode) {
  private static final int DEFAULT_PORT = 5432;

  /** Not {@link URI#getHost()}, which knows no underscore, though container names have them. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?<user>[^:@]+)(:(?<password>[^@]*))?@(?<host>\\[[^]]+]|[^:@]+)(:(?<port>[0-9]{1,5}))?");

  /** Fails with a message that says what is wrong without repeating the password. */
  public static DatabaseAddress parse(String url) {
    var uri = uri(url);
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw fault("does not begin with postgresql://");
    }
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw fault("names no user and host (percent-encode the signs @ : / ? # in a password)");
    }
    var path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
      throw fault("names no database");
    }
    return new DatabaseAddress(
        parts.group("host").replaceAll("[\\[\\]]", ""),
        port(parts.group("port")),
        decode(path.substring(1)),
        decode(parts.group("user")),
        decode(parts.group("password")),
        sslMode(uri.getRawQuery()));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      throw fault("is not a URL (percent-encode unusual signs in user, password and name)");
    }
  }

  private static int port(@Nullable String digits) {
    var port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw fault("has the port " + port + ", but a port is from 1 to 65535");
    }
    return port;
  }

  private static SslMode sslMode(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return SslMode.DISABLE;
    }
    if (!query.startsWith("sslmode=") || query.contains("&")) {
      throw fault("has parameters other than sslmode");
    }
    var word = query.substring("sslmode=".length());
    try {
      return SslMode.of(word);
    } catch (IllegalArgumentException unknown) {
      throw fault(
          "has the sslmode "
              + word
              + ", but it is one of disable, allow, prefer, require, verify-ca, verify-full");
    }
  }

  /** A plus sign stays one: this is a URL's authority, not a form. */
  private static String decode(@Nullable String text) {
    return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException fault(String what) {
    return new IllegalArgumentException(
        what + "; it reads postgresql://user:password@host:port/name?sslmode=...");
  }

  /** The same server and user, another database. */
  public DatabaseAddress withName(String other) {
    return new DatabaseAddress(host, port, other, user, password, sslMode);
  }

  /** For the blocking driver, which migrates; user and password are in {@link #jdbcLogin()}. */
  String jdbcUrl() {
    var bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:postgresql://" + bracketed + ":" + port + "/" + encode(name);
  }

  Properties jdbcLogin() {
    var login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.putAll(jdbcProperties());
    return login;
  }

  /**
   * Opens a blocking connection, for a process that streams rows in and serves nobody.
   *
   * @param application what it is called in the database's list of sessions
   */
  public Connection connect(String application) throws SQLException {
    var login = jdbcLogin();
    login.setProperty("ApplicationName", application);
    return DriverManager.getConnection(jdbcUrl(), login);
  }

  Map<String, String> jdbcProperties() {
    var properties = new HashMap<String, String>();
    properties.put("sslmode", sslWord());
    properties.put("connectTimeout", "2");
    properties.put("ApplicationName", "fairground migrations");
    if (verified()) {
      // One place for certificates, the Java trust store, as for the other driver.
      properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return properties;
  }

  PgConnectOptions options() {
    var options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(name)
            .setUser(user)
            .setPassword(password)
            .setSslMode(sslMode);
    if (sslMode != SslMode.DISABLE) {
      options.setSslOptions(TrustedCertificates.sslOptions(sslMode));
    }
    return options;
  }

  private boolean verified() {
    return sslMode == SslMode.VERIFY_CA || sslMode == SslMode.VERIFY_FULL;
  }

  private String sslWord() {
    return sslMode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + name + " (sslmode " + sslWord() + ")";
  }
}
