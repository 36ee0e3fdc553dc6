package dev.fairground;

import dev.fairground.format.ListTemplates;
import dev.fairground.graphql.Engine;
import dev.fairground.http.CallerAddresses;
import dev.fairground.http.GraphqlBackend;
import dev.fairground.http.GraphqlServer;
import dev.fairground.http.HttpLimits;
import dev.fairground.job.FileStore;
import dev.fairground.job.JobLimits;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A public port with the files of a test's database behind it. */
public record FileServer(int port) {
  /** Whoever sends credentials is {@code viewer}. */
  public static FileServer start(Vertx vertx, Database database, Engine engine, Viewer viewer)
      throws Exception {
    var server =
        new GraphqlServer(
            vertx,
            HttpLimits.standard(),
            CallerAddresses.behind(""),
            false,
            new GraphqlBackend(
                engine::execute,
                (authorization, address) -> Future.succeededFuture(viewer),
                engine::left,
                () -> -1,
                engine::open,
                dev.fairground.graphql.Troubles.UNHEARD,
                JobDoors.of(
                    new FileStore(database, InstantSource.system(), JobLimits.DEFAULTS),
                    new ListTemplates(engine::fields))));
    return new FileServer(
        server
            .start("127.0.0.1", 0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS));
  }
}
