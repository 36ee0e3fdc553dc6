package dev.fairground.job;

/** A job must not go on: it was cancelled, or is another worker's by now. */
final class JobStopped extends Exception {
  private static final long serialVersionUID = 1L;
}
