package dev.fairground.http;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ETag} of an answer: 128 bits of the SHA-256 of its data. Weak, because what stands
 * behind the data ({@code extensions.cost}) and the compression differ between answers of one tag.
 */
final class AnswerTag {
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
              throw new IllegalStateException(impossible);
            }
          });

  private AnswerTag() {}

  static String of(Buffer body) {
    byte[] digest = SHA_256.get().digest(body.getBytes());
    return "W/\"" + HexFormat.of().formatHex(digest, 0, 16) + '"';
  }

  /** Whether {@code ifNoneMatch} names the tag: a list of tags, weak or strong, or a star. */
  static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
    // The tag's digits stand between quotes, so they cannot be part of another tag.
    return ifNoneMatch != null
        && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag.substring(2)));
  }
}
