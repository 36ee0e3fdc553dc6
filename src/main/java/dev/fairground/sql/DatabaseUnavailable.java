package dev.fairground.sql;

import org.jspecify.annotations.Nullable;

/** The database did not answer: away, too busy, or silent for too long. Worth trying again. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
