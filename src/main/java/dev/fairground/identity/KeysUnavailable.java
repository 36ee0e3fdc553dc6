package dev.fairground.identity;

/** The issuer's keys are not known, because it could not be asked. */
final class KeysUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailable(String why) {
    super(why, null, false, false);
  }
}
