package dev.fairground.identity;

/** A credential is not accepted; why is for the log, and never told to who sent it. */
final class BadCredential extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadCredential(String why) {
    super(why, null, false, false);
  }
}
