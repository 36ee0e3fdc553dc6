package dev.fairground.format;

import java.io.IOException;

/** A file that cannot be read as a list at all. */
public final class UnreadableList extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;

  UnreadableList(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
