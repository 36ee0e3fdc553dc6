package dev.fairground.bench;

import dev.fairground.identity.ServerTokens;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Migrations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A fresh database with operators and their published lists, as {@code bench/list.sql} says, and a
 * token of each operator.
 */
final class OperatorLists implements AutoCloseable {
  private static final String CONTENT = "/bench/list.sql";

  private final DatabaseAddress address;
  private final Map<String, String> tokens = new HashMap<>();
  private final Connection connection;
  private int rounds;

  private OperatorLists(DatabaseAddress address) throws SQLException {
    this.address = address;
    this.connection = Market.connect(address);
  }

  /**
   * Makes it.
   *
   * @param sizes of lists, by the names of their operators
   */
  static OperatorLists fresh(
      Vertx vertx, DatabaseAddress cluster, String name, Map<String, Integer> sizes)
      throws Exception {
    try (var maintenance = Market.connect(cluster)) {
      Market.execute(maintenance, "drop database if exists " + name + " with (force)");
      Market.execute(
          maintenance, "create database " + name + " encoding 'UTF8' template template0");
    }
    var address = cluster.withName(name);
    new Migrations(address).run();
    var lists = new OperatorLists(address);
    var database =
        Database.connect(vertx, address, DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
    try {
      new ReferenceData(database).load().await(120, TimeUnit.SECONDS);
      lists.fill(sizes);
      var maker = new ServerTokens(database, InstantSource.system());
      for (var key : sizes.keySet()) {
        lists.tokens.put(
            key,
            maker
                .make(lists.operatorId(key), Role.OPERATOR, "benchmark", Duration.ofDays(2))
                .await(30, TimeUnit.SECONDS));
      }
    } finally {
      database.close().await(10, TimeUnit.SECONDS);
    }
    lists.vacuum();
    return lists;
  }

  private void fill(Map<String, Integer> sizes) throws Exception {
    String content;
    try (var in =
        Objects.requireNonNull(OperatorLists.class.getResourceAsStream(CONTENT), CONTENT)) {
      content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Market.execute(connection, "set session_replication_role = replica");
    for (var list : sizes.entrySet()) {
      for (var statement : content.split(";\n", -1)) {
        if (!statement.isBlank()) {
          Market.execute(
              connection,
              statement
                  .replace(":key", list.getKey())
                  .replace(":size", Integer.toString(list.getValue())));
        }
      }
    }
    // Triggers did not write it.
    Market.execute(connection, "select rebuild_search()");
    Market.execute(connection, "set session_replication_role = origin");
  }

  DatabaseAddress address() {
    return address;
  }

  String token(String key) {
    return Objects.requireNonNull(tokens.get(key), key);
  }

  /** The operator's global id. */
  String operator(String key) {
    return "org_" + Market.md5("list " + key);
  }

  private UUID operatorId(String key) {
    return UUID.fromString(
        Market.md5("list " + key)
            .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  // The content is as PostgreSQL tells it of the published entry, but for the title.
  private static final String DRAFTS =
      """
      insert into product_draft (operator_id, id, product_id, kind, code, base_version, content, created_at, created_by,
             updated_at, updated_by)
      select v.operator_id, gen_random_uuid(), v.product_id, v.kind, v.code, v.version,
             jsonb_set(product_entry(v.operator_id, v.product_id, v.version) - '{kind,code}'::text[],
                       '{title,0,value}', to_jsonb(v.code || ' 企业信用查询服务 ' || ?)),
             now(), 'benchmark', now(), 'benchmark'
        from product_version v
       where v.operator_id = ?
         and v.valid_to = 'infinity'
       order by md5(v.product_id::text || ?), v.product_id
       limit ?
      returning 'pd_' || replace(id::text, '-', '')
      """;

  /**
   * Makes drafts of so many entries of a list, each with a title that it never had; returns their
   * ids.
   */
  List<String> draft(String key, int entries) throws SQLException {
    rounds++;
    try (var statement = connection.prepareStatement(DRAFTS)) {
      statement.setString(1, Integer.toString(rounds));
      statement.setObject(2, operatorId(key));
      statement.setString(3, Integer.toString(rounds));
      statement.setInt(4, entries);
      try (var made = statement.executeQuery()) {
        var ids = new ArrayList<String>();
        while (made.next()) {
          ids.add(made.getString(1));
        }
        if (ids.size() != entries) {
          throw new IllegalStateException("%d drafts of %d".formatted(ids.size(), entries));
        }
        return ids;
      }
    }
  }

  void discardDrafts() throws SQLException {
    Market.execute(connection, "delete from product_draft");
  }

  /** The number of the newest edition of a list. */
  int number(String key) throws SQLException {
    try (var statement =
        connection.prepareStatement("select max(number) from product_list where operator_id = ?")) {
      statement.setObject(1, operatorId(key));
      try (var found = statement.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  /** When each edition after {@code number} was committed, in microseconds, by its global id. */
  Map<String, Long> commits(String key, int number) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select global_id('pl', id), (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
              from product_list
             where operator_id = ? and number > ?
            """)) {
      statement.setObject(1, operatorId(key));
      statement.setInt(2, number);
      try (var found = statement.executeQuery()) {
        var commits = new HashMap<String, Long>();
        while (found.next()) {
          commits.put(found.getString(1), found.getLong(2));
        }
        return commits;
      }
    }
  }

  /** Waits until all events have their positions: that is work of what was asked for, too. */
  void awaitEvents() throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (var statement =
        connection.prepareStatement("select not exists (select 1 from event_outbox)")) {
      while (System.nanoTime() < end) {
        try (var found = statement.executeQuery()) {
          found.next();
          if (found.getBoolean(1)) {
            return;
          }
        }
        Thread.sleep(10);
      }
    }
    throw new IllegalStateException("events are not numbered");
  }

  /** Nothing cleans up behind writers while this is measured. */
  void vacuum() throws SQLException {
    Market.execute(connection, "vacuum (analyze)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
