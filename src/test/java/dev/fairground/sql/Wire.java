package dev.fairground.sql;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A cable to a database that can go dead without anybody being told, as networks do. */
final class Wire {
  private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
  private final NetServer server;
  private volatile boolean dead;

  Wire(Vertx vertx, DatabaseAddress database) throws Exception {
    var client = vertx.createNetClient();
    server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  near.pause();
                  client
                      .connect(database.port(), database.host())
                      .onSuccess(
                          far -> {
                            far.pause();
                            join(near, far);
                          });
                });
    server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
  }

  private void join(NetSocket near, NetSocket far) {
    for (NetSocket end : Set.of(near, far)) {
      var other = end == near ? far : near;
      end.handler(other::write);
      end.closeHandler(closed -> other.close());
      ends.add(end);
      if (!dead) {
        end.resume();
      }
    }
  }

  /** The same database at the near end. */
  DatabaseAddress near(DatabaseAddress database) {
    return new DatabaseAddress(
        "127.0.0.1",
        server.actualPort(),
        database.name(),
        database.user(),
        database.password(),
        database.sslMode());
  }

  /** From now on nothing comes through, on connections that are there and on new ones. */
  void goDead() {
    dead = true;
    ends.forEach(NetSocket::pause);
  }

  /** New connections work; those of before stay dead for ever, as behind a router that forgot. */
  void takeNewConnections() {
    dead = false;
  }
}
