package dev.fairground.sql;

/**
 * How much of the database one server takes, and how long it waits for it.
 *
 * @param readConnections for reads, which share connections; a third of them for filtered lists
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
  /** What a server has on which nothing was set. */
  public static final DatabaseLimits DEFAULTS = read((name, standard, least, most) -> standard);

  /** Where the numbers come from: the value of a setting, or its default when it is not set. */
  @FunctionalInterface
  public interface Settings {
    int number(String name, int standard, int least, int most);
  }

  /** Asks {@code from} for each number; its place in the list is that of the component. */
  public static DatabaseLimits read(Settings from) {
    return new DatabaseLimits(
        from.number("FAIRGROUND_DATABASE_READ_CONNECTIONS", 12, 2, 1_000),
        from.number("FAIRGROUND_DATABASE_TRANSACTION_CONNECTIONS", 4, 1, 1_000),
        from.number("FAIRGROUND_DATABASE_READS_IN_FLIGHT", 256, 1, 100_000),
        from.number("FAIRGROUND_DATABASE_TRANSACTIONS_WAITING", 64, 0, 100_000),
        from.number("FAIRGROUND_DATABASE_CONNECT_MILLIS", 2_000, 100, 60_000),
        from.number("FAIRGROUND_DATABASE_IDLE_MINUTES", 5, 1, 1_440),
        from.number("FAIRGROUND_DATABASE_LIFE_MINUTES", 30, 1, 1_440),
        from.number("FAIRGROUND_DATABASE_STATEMENT_MILLIS", 3_000, 10, 600_000),
        from.number("FAIRGROUND_DATABASE_LOCK_MILLIS", 1_000, 10, 600_000),
        from.number("FAIRGROUND_DATABASE_IDLE_TRANSACTION_MILLIS", 5_000, 100, 600_000),
        from.number("FAIRGROUND_DATABASE_DEADLINE_MILLIS", 3_800, 10, 600_000),
        from.number("FAIRGROUND_DATABASE_STATEMENT_CACHE", 1, 0, 1) == 1);
  }
}
