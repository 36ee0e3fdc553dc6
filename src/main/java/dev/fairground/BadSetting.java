package dev.fairground;

/**
 * A setting that cannot be used. The message names the setting, the value and what would be right;
 * it never holds a password.
 */
public final class BadSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadSetting(String name, String fault) {
    super(name + " " + fault, null, false, false);
  }
}
