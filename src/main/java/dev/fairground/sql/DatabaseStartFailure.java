package dev.fairground.sql;

import org.jspecify.annotations.Nullable;

/** The database cannot be started or used at all. The message is for the administrator. */
public final class DatabaseStartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseStartFailure(String message) {
    this(message, null);
  }

  public DatabaseStartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
