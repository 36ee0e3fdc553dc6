package dev.fairground.graphql;

import dev.fairground.kernel.BadInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Cursors: the values of the order's keys behind a seal of the field, its filter and its order.
 * Strictly parsed: anything that was not written here for the same list is refused.
 */
public final class Cursors {
  private static final int SEAL_BYTES = 8;

  /** A text of 1,000 characters of four bytes each, the longest that lists are ordered by, fits. */
  private static final int MAX_LENGTH = 8_000;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Cursors() {}

  /** A short digest of what a cursor is good for. */
  static String seal(String field, Object filterAndOrder) {
    var digest = Digests.digest(field + '\n' + filterAndOrder);
    return new String(digest, 0, SEAL_BYTES, StandardCharsets.ISO_8859_1);
  }

  public static String write(String seal, List<String> values) {
    var encoded = values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    var size = SEAL_BYTES + encoded.stream().mapToInt(value -> 2 + value.length).sum();
    var buffer = ByteBuffer.allocate(size).put(seal.getBytes(StandardCharsets.ISO_8859_1));
    encoded.forEach(value -> buffer.putShort((short) value.length).put(value));
    return ENCODER.encodeToString(buffer.array());
  }

  /**
   * The values in a cursor.
   *
   * @throws BadInput if it was not written for this list with this filter and order
   */
  public static List<String> read(String argument, String seal, String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw foreign(argument);
    }
    try {
      var buffer = ByteBuffer.wrap(DECODER.decode(cursor));
      if (buffer.remaining() < SEAL_BYTES) {
        throw foreign(argument);
      }
      var written = new byte[SEAL_BYTES];
      buffer.get(written);
      if (!new String(written, StandardCharsets.ISO_8859_1).equals(seal)) {
        throw new BadInput(
            argument,
            "this cursor was handed out for another list, filter or order;"
                + " begin again without it after changing one of these");
      }
      var values = new ArrayList<String>();
      while (buffer.hasRemaining()) {
        var length = buffer.getShort() & 0xffff;
        var slice = buffer.slice(buffer.position(), length);
        var value = StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        if (Characters.firstFault(value) >= 0) {
          throw foreign(argument);
        }
        values.add(value);
        buffer.position(buffer.position() + length);
      }
      return values;
    } catch (IllegalArgumentException
        | java.nio.BufferUnderflowException
        | IndexOutOfBoundsException
        | CharacterCodingException broken) {
      throw foreign(argument);
    }
  }

  private static BadInput foreign(String argument) {
    return new BadInput(argument, "the cursor is not one that this field handed out");
  }
}
