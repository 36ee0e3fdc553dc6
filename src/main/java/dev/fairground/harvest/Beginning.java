package dev.fairground.harvest;

/**
 * How a file begins, from which its format is recognised; the ending of its name is not trusted.
 *
 * @param name the file's name without its folders and without endings of containers
 * @param text at most its first 65,536 characters, without a byte order mark
 */
public record Beginning(String name, String text) {
  /** How much of a file is looked at. */
  public static final int LENGTH = 65_536;

  /** Its first characters that are not white space. */
  public boolean startsWith(String start) {
    return text.stripLeading().startsWith(start);
  }

  /** Whether it holds the text, in any case. */
  public boolean holds(String part) {
    return text.contains(part);
  }
}
