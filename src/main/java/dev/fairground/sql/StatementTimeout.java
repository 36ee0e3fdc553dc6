package dev.fairground.sql;

/** A statement was ended by PostgreSQL because it took too long. */
public final class StatementTimeout extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementTimeout(Throwable cause) {
    super("the statement took too long", cause, false, false);
  }
}
