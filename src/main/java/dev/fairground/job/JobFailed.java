package dev.fairground.job;

/** A job cannot go on, for a reason that who started it can cure. */
final class JobFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  JobFailed(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
