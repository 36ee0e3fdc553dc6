package dev.fairground.usage;

import dev.fairground.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A signed head of the log: says what all of it was at a moment.
 *
 * @param treeSize how many records it vouches for
 * @param rootHash of the tree over them, in hexadecimal digits, as the signature is
 */
public record UsageHead(
    UUID id,
    int treeSize,
    String rootHash,
    OffsetDateTime timestamp,
    String keyId,
    String signature) {
  static final String PREFIX = "ush";

  private static final String KIND = "fairground usage head 1\n";

  /** Signs a head. */
  static UsageHead sign(HeadKey key, int treeSize, byte[] root, OffsetDateTime timestamp) {
    var rootHash = HexFormat.of().formatHex(root);
    var signature = key.sign(signed(treeSize, rootHash, timestamp, key.id()));
    return new UsageHead(
        UUID.randomUUID(),
        treeSize,
        rootHash,
        timestamp,
        key.id(),
        HexFormat.of().formatHex(signature));
  }

  /** The bytes that are signed: what they are, and a line of canonical JSON. */
  static byte[] signed(int treeSize, String rootHash, OffsetDateTime timestamp, String keyId) {
    var head = new TreeMap<String, Object>();
    head.put("keyId", keyId);
    head.put("rootHash", rootHash);
    head.put("timestamp", UsageRecord.moment(timestamp));
    head.put("treeSize", treeSize);
    return (KIND + CanonicalJson.write(head)).getBytes(StandardCharsets.UTF_8);
  }

  String globalId() {
    return Ids.write(PREFIX, id);
  }
}
