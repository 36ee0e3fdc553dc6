package dev.fairground;

import dev.fairground.event.Sequencer;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Limits;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Schema;
import dev.fairground.graphql.Troubles;
import dev.fairground.http.CallerAddresses;
import dev.fairground.http.Credentials;
import dev.fairground.http.FileDoors;
import dev.fairground.http.GraphqlBackend;
import dev.fairground.http.GraphqlServer;
import dev.fairground.http.HttpLimits;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server process of its own, as far as a test can have one, over a test's database. */
final class EventServer implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Map<String, Viewer> tokens = new ConcurrentHashMap<>();

  /** Addresses that sent too many wrong credentials. */
  final Set<String> guessing = ConcurrentHashMap.newKeySet();

  final Database database;
  final Engine engine;
  final GraphqlServer server;
  final int port;

  EventServer(DatabaseAddress address, Map<String, Integer> set) {
    database =
        Database.connect(
            vertx,
            address,
            DatabaseLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
            metrics);
    engine =
        new Engine(
            Schema.of(Asking.features(database)),
            Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
            InstantSource.system(),
            metrics);
    var content = await(database.listen());
    new Sequencer(database).start();
    Credentials credentials =
        (authorization, caller) -> {
          var viewer = tokens.get(authorization);
          if (viewer != null) {
            return Future.succeededFuture(viewer);
          }
          return guessing.contains(caller)
              ? Future.failedFuture(new Refusal(ErrorCode.RATE_LIMITED, "Too many."))
              : Credentials.NONE.viewer(authorization, caller);
        };
    server =
        new GraphqlServer(
            vertx,
            HttpLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
            CallerAddresses.behind(""),
            false,
            new GraphqlBackend(
                engine::execute,
                credentials,
                engine::left,
                content::version,
                engine::open,
                Troubles.UNHEARD,
                FileDoors.NONE));
    port = await(server.start("127.0.0.1", 0));
  }

  /** Knows somebody who has a role for an organization, by "Bearer name". */
  EventServer known(String name, Role role, UUID organization) {
    tokens.put(
        "Bearer " + name,
        new Viewer(
            name,
            new Viewer.Actor(name, name, null),
            Rights.of(List.of(new Rights.Membership(organization, role)), null)));
    return this;
  }

  /** How many things were made for subscribers. */
  long made() {
    return metrics.find("fairground.operation").tag("way", "event").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
  }
}
