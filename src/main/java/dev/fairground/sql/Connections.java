package dev.fairground.sql;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;

/** Opens clients of one database, with what every session of ours has in common. */
record Connections(Vertx vertx, DatabaseAddress address, DatabaseLimits limits) {
  /** Reads that follow each other on a connection before one is held back here. */
  private static final int PIPELINING = 32;

  /** Longer statements are prepared each time; the library's own limit is 2,048 characters. */
  private static final int LONGEST_CACHED_STATEMENT = 32_768;

  private static final String SILENT_PEER_SECONDS = "10";
  private static final String SILENT_PEER_MILLIS = "10000";

  /** A client of one connection for reads; each opening is shown to the handler. */
  SqlClient openLane(Planning planning, Handler<SqlConnection> opened) {
    return PgBuilder.client()
        .using(vertx)
        .connectingTo(
            options()
                .setPipeliningLimit(PIPELINING)
                .addProperty("plan_cache_mode", planning.mode()))
        .with(transport())
        .with(pool(1, limits.readsInFlight()))
        .withConnectHandler(opened)
        .build();
  }

  /** Whole connections for transactions, one statement at a time. */
  Pool openPool() {
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(options().setPipeliningLimit(1))
        .with(transport())
        .with(
            pool(limits.transactionConnections(), limits.transactionsWaiting())
                .setConnectionTimeout(limits.connectMillis()))
        .build();
  }

  /** One connection that waits for notices. */
  Pool openListener() {
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(options())
        .with(transport())
        .with(pool(1, 1).setConnectionTimeout(limits.connectMillis()))
        .build();
  }

  private NetClientOptions transport() {
    return new NetClientOptions().setConnectTimeout(limits.connectMillis()).setTcpKeepAlive(true);
  }

  /** Waiting for a connection has no timer of its own where the deadline of a read covers it. */
  private PoolOptions pool(int size, int waiting) {
    return new PoolOptions()
        .setMaxSize(size)
        .setMaxWaitQueueSize(waiting)
        .setConnectionTimeout(0)
        .setIdleTimeout(limits.idleMinutes())
        .setIdleTimeoutUnit(TimeUnit.MINUTES)
        .setMaxLifetime(limits.lifeMinutes())
        .setMaxLifetimeUnit(TimeUnit.MINUTES)
        .setPoolCleanerPeriod(30_000);
  }

  private PgConnectOptions options() {
    return address
        .options()
        .setCachePreparedStatements(limits.statementCache())
        .setPreparedStatementCacheSqlLimit(LONGEST_CACHED_STATEMENT)
        .setUseLayer7Proxy(!limits.statementCache())
        .addProperty("application_name", "fairground")
        .addProperty("statement_timeout", Integer.toString(limits.statementMillis()))
        .addProperty("lock_timeout", Integer.toString(limits.lockMillis()))
        .addProperty(
            "idle_in_transaction_session_timeout",
            Integer.toString(limits.idleInTransactionMillis()))
        .addProperty("tcp_keepalives_idle", SILENT_PEER_SECONDS)
        .addProperty("tcp_user_timeout", SILENT_PEER_MILLIS)
        .addProperty("TimeZone", "UTC")
        // Compiling a plan costs more than any read of ours takes.
        .addProperty("jit", "off");
  }
}
