package dev.fairground.sql;

/**
 * How much of the database one server takes, and how long it waits for it.
 *
 * @param readConnections for reads, which share connections
 * @param transactionConnections for transactions and the health check, one at a time each
 * @param readsInFlight reads sent or waiting, in all; one more is refused at once
 * @param transactionsWaiting transactions that wait for a connection; one more is refused at once
 * @param connectMillis to open a connection, and to wait for one
 * @param idleMinutes after which an unused connection is closed
 * @param lifeMinutes after which any connection is closed and opened anew
 * @param statementMillis after which PostgreSQL ends a statement
 * @param lockMillis after which PostgreSQL gives up on a lock
 * @param idleInTransactionMillis after which PostgreSQL ends a forgotten transaction
 * @param deadlineMillis after which we give up on an answer, however silent the network is. Below
 *     four seconds, because an answer has to leave within four
 * @param statementCache false behind a proxy that gives each transaction another connection, where
 *     a cached statement returns the rows of another one
 */
public record DatabaseLimits(
    int readConnections,
    int transactionConnections,
    int readsInFlight,
    int transactionsWaiting,
    int connectMillis,
    int idleMinutes,
    int lifeMinutes,
    int statementMillis,
    int lockMillis,
    int idleInTransactionMillis,
    int deadlineMillis,
    boolean statementCache) {
  public static final DatabaseLimits DEFAULTS =
      new DatabaseLimits(12, 4, 256, 64, 2_000, 5, 30, 3_000, 1_000, 5_000, 3_800, true);
}
