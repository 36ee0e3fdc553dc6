package dev.fairground.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a grant sign.
 *
 * @param text an agreement in ODRL, as JSON whose members stand in the order of their names at all
 *     levels, without blanks
 * @param digest SHA-256 of the text in UTF-8, in hexadecimal digits
 */
record Agreement(UUID grantId, String text, String digest) {

  static Agreement of(UUID grantId, JsonObject odrl) {
    return of(grantId, sorted(odrl) instanceof JsonObject object ? object.encode() : "{}");
  }

  static Agreement of(UUID grantId, String text) {
    try {
      return new Agreement(
          grantId,
          text,
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case JsonObject object -> {
        var members = new TreeMap<String, @Nullable Object>();
        object.forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
        var inOrder = new JsonObject();
        members.forEach(inOrder::put);
        yield inOrder;
      }
      case JsonArray array -> {
        var elements = new JsonArray();
        array.forEach(element -> elements.add(sorted(element)));
        yield elements;
      }
      case null, default -> value;
    };
  }
}
