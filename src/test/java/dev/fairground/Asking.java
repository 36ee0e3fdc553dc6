package dev.fairground;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Cancellation;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Limits;
import dev.fairground.graphql.Operation;
import dev.fairground.graphql.Schema;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the whole schema over a test's own database, and counts the statements it sends. */
public final class Asking {
  private final Database database;
  private final MeterRegistry statements;
  private final Schema schema;
  private final SimpleMeterRegistry operations = new SimpleMeterRegistry();
  private final List<Feature> features;
  private final Engine engine;
  private final Viewer viewer;
  private final Limits limits;

  public Asking(Database database, MeterRegistry statements) {
    this(database, statements, Limits.defaults());
  }

  public Asking(Database database, MeterRegistry statements, Limits limits) {
    this.database = database;
    this.statements = statements;
    this.limits = limits;
    features = features(database);
    schema = Schema.of(features);
    engine = new Engine(schema, limits, InstantSource.system(), operations);
    viewer = Viewer.anonymous("test");
  }

  private Asking(Asking other, Viewer viewer, Engine engine) {
    this.database = other.database;
    this.statements = other.statements;
    this.schema = other.schema;
    this.features = other.features;
    this.engine = engine;
    this.viewer = viewer;
    this.limits = other.limits;
  }

  /** The same at another moment. */
  public Asking at(Instant moment) {
    return new Asking(
        this, viewer, new Engine(schema, limits, InstantSource.fixed(moment), operations));
  }

  /** The same, asked by somebody else. */
  public Asking as(Viewer other) {
    return new Asking(this, other, engine);
  }

  /** Somebody who has a role for an organization. */
  public Asking as(Role role, UUID organizationId) {
    var name = role.name().toLowerCase(Locale.ROOT);
    return as(
        new Viewer(
            name,
            new Viewer.Actor(name + "@" + organizationId, name, null),
            Rights.of(List.of(new Rights.Membership(organizationId, role)), null)));
  }

  /** The features of the program. */
  public static List<Feature> features(Database database) {
    return Application.features(database, Application.Surroundings.PLAIN);
  }

  /** Who asks. */
  public Viewer viewer() {
    return viewer;
  }

  public Schema schema() {
    return schema;
  }

  /** One of the features that answer. */
  public <F extends Feature> F feature(Class<F> type) {
    return features.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  public Engine engine() {
    return engine;
  }

  /** How many operations were answered without the help of graphql-java's engine. */
  public long answeredByPlan() {
    return operations.find("fairground.operation").tag("way", "plan").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  /** The whole answer: {@code data} and {@code errors}. */
  public JsonObject answer(String query, Map<String, Object> variables) {
    try {
      Answer answer =
          engine
              .execute(operation(query, variables, viewer))
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      return answer.body().toJsonObject();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  public static Operation operation(String query, Map<String, Object> variables) {
    return operation(query, variables, Viewer.anonymous("test"));
  }

  private static Operation operation(String query, Map<String, Object> variables, Viewer viewer) {
    return new Operation(
        query,
        null,
        variables,
        Map.of(),
        List.of(),
        false,
        viewer,
        "r1",
        Long.MAX_VALUE,
        new Cancellation());
  }

  /** The same without waiting for it. */
  public Future<JsonObject> ask(String query, Map<String, Object> variables) {
    return engine
        .execute(operation(query, variables, viewer))
        .map(answer -> answer.body().toJsonObject());
  }

  /** The data of an answer without errors. */
  public JsonObject data(String query) {
    var answer = answer(query, Map.of());
    if (answer.containsKey("errors")) {
      throw new AssertionError(answer.encodePrettily());
    }
    return answer.getJsonObject("data");
  }

  /** The payload of a mutation, asked with one variable {@code input}. */
  public JsonObject mutate(String mutation, Map<String, Object> input) {
    var answer = answer(mutation, Map.of("input", input));
    // A test that is quicker than the bucket fills waits, as a client does.
    for (int tries = 0; tries < 9 && answer.encode().contains("RATE_LIMITED"); tries++) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException ended) {
        throw new AssertionError(ended);
      }
      answer = answer(mutation, Map.of("input", input));
    }
    if (answer.containsKey("errors")) {
      throw new AssertionError(answer.encodePrettily());
    }
    var data = answer.getJsonObject("data");
    return data.getJsonObject(data.fieldNames().iterator().next());
  }

  /** The errors of an answer that has some. */
  public JsonArray errors(String query) {
    var answer = answer(query, Map.of());
    if (!answer.containsKey("errors")) {
      throw new AssertionError("no errors: " + answer.encodePrettily());
    }
    return answer.getJsonArray("errors");
  }

  /** How many statements the query sends. */
  public long statements(String query) {
    var before = sent();
    data(query);
    return sent() - before;
  }

  private long sent() {
    return statements.find("fairground.sql").timers().stream().mapToLong(Timer::count).sum();
  }

  /** How often the statement of that name was sent. */
  public long sentOf(String statement) {
    var timer = statements.find("fairground.sql").tag("statement", statement).timer();
    return timer == null ? 0 : timer.count();
  }

  /** An answer, and how many statements it took. */
  public record Told(String answer, long statements) {}

  /** The answer with its number of statements. */
  public Told told(String query, Map<String, Object> variables) {
    var before = sent();
    var answer = answer(query, variables).encode();
    return new Told(answer, sent() - before);
  }

  /** The first column of what a statement finds, as text. */
  public List<String> rows(String sql) {
    try {
      return database
          .list(new Reads(), sql, Tuple.tuple(), row -> row.getString(0))
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** Writes rows of the test's own. */
  public void change(String sql, @Nullable Object... arguments) {
    try {
      database
          .inTransaction(
              transaction ->
                  // What a test prepares is no request: it may take its time.
                  database
                      .rows(transaction, "set local statement_timeout = 20000", Tuple.tuple())
                      .compose(set -> database.rows(transaction, sql, Tuple.from(arguments))))
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
