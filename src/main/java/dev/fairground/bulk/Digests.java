package dev.fairground.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of single records, and of all source records in their order: a file is known again
 * whatever is made of it.
 */
final class Digests {
  private final MessageDigest one = sha256();
  private final MessageDigest all = sha256();

  /** The digest of a record: of what was made of it, and of its source. */
  String of(String mapped, String source) {
    var bytes = source.getBytes(StandardCharsets.UTF_8);
    all.update(bytes);
    all.update((byte) '\n');
    one.update(mapped.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(one.digest(bytes));
  }

  /**
   * The digest of all source records so far, each with a line feed behind it. Ends the counting.
   */
  String ofAll() {
    return HexFormat.of().formatHex(all.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JVM has SHA-256", missing);
    }
  }
}
