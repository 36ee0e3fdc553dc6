package dev.fairground.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents by their SHA-256, so that a client sends a long one only once (automatic persisted
 * queries). Holds only documents that were run, under a hash that was checked.
 */
final class PersistedQueries {
  private final Cache<String, String> texts;

  PersistedQueries(long bytes) {
    texts =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String hash, String text) -> 200 + 2 * text.length())
            .executor(Runnable::run)
            .build();
  }

  /**
   * The text to run.
   *
   * @param text what the caller sent
   * @param hash its checked hash when the caller wants it kept, else null
   */
  record Found(String text, @Nullable String hash) {}

  Found find(RequestParameters request) {
    String text = request.query();
    String hash = hashIn(request.extensions());
    if (hash == null) {
      if (text == null) {
        throw bad("The request has no query.");
      }
      return new Found(text, null);
    }
    if (text == null) {
      return new Found(known(hash), null);
    }
    if (texts.getIfPresent(hash) instanceof String same && same.equals(text)) {
      return new Found(text, null);
    }
    if (!sha256(text).equals(hash)) {
      throw bad("extensions.persistedQuery.sha256Hash is not the SHA-256 of the query.");
    }
    return new Found(text, hash);
  }

  /** Keeps a document that was run. */
  void keep(Found found) {
    if (found.hash() != null) {
      texts.put(found.hash(), found.text());
    }
  }

  private String known(String hash) {
    String text = texts.getIfPresent(hash);
    if (text == null) {
      // Clients compare this very message, to send the text with their second try.
      throw new Refusal(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound");
    }
    return text;
  }

  private static @Nullable String hashIn(Map<String, Object> extensions) {
    Object persisted = extensions.get("persistedQuery");
    if (persisted == null) {
      return null;
    }
    if (persisted instanceof Map<?, ?> map
        && map.get("version") instanceof Integer version
        && version == 1
        && map.get("sha256Hash") instanceof String hash
        && hash.length() == 64) {
      return hash.toLowerCase(Locale.ROOT);
    }
    throw bad("extensions.persistedQuery must be {version: 1, sha256Hash: 64 hexadecimal digits}.");
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Refusal bad(String message) {
    return new Refusal(ErrorCode.BAD_REQUEST, message);
  }
}
