package dev.fairground.kernel;

/** A value of the caller's that cannot be used; told to the caller with the argument's name. */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String argument;

  public BadInput(String argument, String message) {
    super(message, null, false, false);
    this.argument = argument;
  }

  /** The argument, with a path for a value inside an input object: {@code filter.region.in}. */
  public String argument() {
    return argument;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
