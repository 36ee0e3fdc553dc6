package dev.fairground.sql;

/** Nobody waits for these rows any more. */
public final class ReadsCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReadsCancelled() {
    super("the reads were cancelled", null, false, false);
  }
}
