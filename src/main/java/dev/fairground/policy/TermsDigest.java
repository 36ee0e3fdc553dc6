package dev.fairground.policy;

import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of standard terms: SHA-256 of a JSON text with the members locale, odrl, text, title
 * and, where there are some, textTranslations and titleTranslations; members at all levels in the
 * order of their names, without blanks, in UTF-8. Pure.
 */
final class TermsDigest {
  private TermsDigest() {}

  static String of(Text title, Text text, JsonObject odrl) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(canonical(title, text, odrl).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  static String canonical(Text title, Text text, JsonObject odrl) {
    var all =
        new JsonObject()
            .put("title", title.value())
            .put("locale", title.locale())
            .put("text", text.value())
            .put("odrl", odrl);
    if (!title.translations().isEmpty()) {
      all.put("titleTranslations", new JsonObject(new TreeMap<>(title.translations())));
    }
    if (!text.translations().isEmpty()) {
      all.put("textTranslations", new JsonObject(new TreeMap<>(text.translations())));
    }
    return String.valueOf(sorted(all) instanceof JsonObject object ? object.encode() : "");
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
