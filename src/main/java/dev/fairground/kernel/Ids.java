package dev.fairground.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Global object ids: a prefix that names the type, an underscore, and 32 hexadecimal digits. Opaque
 * to clients; the format never changes.
 */
public final class Ids {
  private static final int DIGITS = 32;
  private static final HexFormat HEX = HexFormat.of();

  private Ids() {}

  public static String write(String prefix, UUID id) {
    return prefix
        + '_'
        + HEX.toHexDigits(id.getMostSignificantBits())
        + HEX.toHexDigits(id.getLeastSignificantBits());
  }

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    var underscore = text.length() - DIGITS - 1;
    return underscore >= 1 && text.charAt(underscore) == '_' && isHex(text, underscore + 1);
  }

  /**
   * The prefix of an id.
   *
   * @throws BadInput if the text is no id at all
   */
  public static String prefix(String argument, String id) {
    if (!isId(id)) {
      throw new BadInput(argument, "this is not an id of this server");
    }
    return id.substring(0, id.length() - DIGITS - 1);
  }

  /**
   * The object's own part of an id.
   *
   * @throws BadInput if the text is no id, or one of a type whose prefix is not in {@code allowed}
   */
  public static UUID read(String argument, String id, List<String> allowed) {
    var prefix = prefix(argument, id);
    if (!allowed.contains(prefix)) {
      throw new BadInput(
          argument,
          "this is the id of another type: an id that begins with "
              + String.join(" or ", allowed.stream().map(known -> known + "_").toList())
              + " is wanted here");
    }
    return uuid(id);
  }

  public static UUID uuid(String id) {
    var start = id.length() - DIGITS;
    return new UUID(
        HexFormat.fromHexDigitsToLong(id, start, start + 16),
        HexFormat.fromHexDigitsToLong(id, start + 16, start + 32));
  }

  /**
   * The own part of the id of what is named by a short code, as a jurisdiction: the code itself.
   *
   * @param code at most 16 characters of ASCII
   */
  public static UUID ofCode(String code) {
    var bytes = Arrays.copyOf(code.getBytes(StandardCharsets.US_ASCII), 16);
    if (code.length() > 16) {
      throw new IllegalArgumentException(code + " has more than 16 characters");
    }
    var both = ByteBuffer.wrap(bytes);
    return new UUID(both.getLong(), both.getLong());
  }

  /** The code that {@link #ofCode} was given; whatever else for other ids. */
  public static String code(UUID id) {
    var both = ByteBuffer.allocate(16);
    both.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return new String(both.array(), StandardCharsets.ISO_8859_1).replace("\0", "");
  }

  private static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
