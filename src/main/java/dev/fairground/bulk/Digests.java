package dev.fairground.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of single records, and of all of them in their order. */
final class Digests {
  private final MessageDigest one = sha256();
  private final MessageDigest all = sha256();

  /** The digest of a record: of what was made of it, and of its source. */
  String of(String mapped, String source) {
    one.update(mapped.getBytes(StandardCharsets.UTF_8));
    var digest = one.digest(source.getBytes(StandardCharsets.UTF_8));
    all.update(digest);
    return HexFormat.of().formatHex(digest);
  }

  /** The digest of all records so far. Ends the counting. */
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
