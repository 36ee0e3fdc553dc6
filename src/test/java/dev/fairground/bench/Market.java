package dev.fairground.bench;

import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Migrations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A made-up market of any size, the same at every run, in a database of its own. {@code
 * bench/market.sql} says what is in it.
 *
 * @param products a multiple of 1,000
 */
record Market(DatabaseAddress address, int products) {
  private static final String CONTENT = "/bench/market.sql";

  /** The market's database, filled now unless an earlier run did. */
  static Market in(Vertx vertx, DatabaseAddress cluster, int products) throws Exception {
    var name = "market_" + products;
    var market = new Market(cluster.withName(name), products);
    try (var maintenance = connect(cluster)) {
      if (market.isFilled(maintenance)) {
        return market;
      }
      execute(maintenance, "drop database if exists " + name);
      execute(maintenance, "create database " + name + " encoding 'UTF8' template template0");
    }
    new Migrations(market.address).run();
    market.addReferenceData(vertx);
    market.fill();
    try (var maintenance = connect(cluster)) {
      execute(maintenance, "comment on database " + name + " is '" + contentDigest() + "'");
    }
    return market;
  }

  private void addReferenceData(Vertx vertx) throws Exception {
    var database =
        Database.connect(vertx, address, DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
    new ReferenceData(database).load().await(60, TimeUnit.SECONDS);
    database.close().await(10, TimeUnit.SECONDS);
  }

  private void fill() throws Exception {
    try (var connection = connect(address)) {
      execute(connection, "set session_replication_role = replica");
      execute(connection, "set maintenance_work_mem = '512MB'");
      for (var statement : content().split(";\n", -1)) {
        if (!statement.isBlank()) {
          execute(connection, statement.replace(":products", Integer.toString(products)));
        }
      }
      execute(connection, "vacuum (analyze, freeze)");
      execute(connection, "checkpoint");
    }
  }

  /** Filled from the very content of today. */
  private boolean isFilled(Connection maintenance) throws Exception {
    try (var statement =
            maintenance.prepareStatement(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = ?");
        var asked = statement) {
      asked.setString(1, address.name());
      try (var found = asked.executeQuery()) {
        return found.next() && contentDigest().equals(found.getString(1));
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static Connection connect(DatabaseAddress address) throws SQLException {
    var login = new Properties();
    login.setProperty("user", address.user());
    login.setProperty("password", Objects.requireNonNullElse(address.password(), ""));
    return DriverManager.getConnection(
        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.name(), login);
  }

  private static String content() throws IOException {
    try (var in = Objects.requireNonNull(Market.class.getResourceAsStream(CONTENT), CONTENT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Changes with the content and with the tables it is in. */
  private static String contentDigest() throws IOException {
    var all = new StringBuilder(content());
    try (var migrations = Files.list(Path.of("schema", "database"))) {
      for (var migration : migrations.sorted().toList()) {
        all.append(Files.readString(migration));
      }
    }
    return md5(all.toString());
  }

  String operator(int number) {
    return "org_" + md5("operator " + number % operators());
  }

  int operators() {
    return products / 100;
  }

  /** One of the products that have all that a product can have. */
  String wholeProduct(int number) {
    return "dp_" + md5("product " + (number % (products / 10) * 10 + 5));
  }

  /** As PostgreSQL makes the market's ids. */
  static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
