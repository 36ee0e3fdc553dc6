package dev.fairground.registration;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that an application lacks.
 *
 * @param block the block's name in the schema
 * @param member the member's name; null for the whole block
 * @param text what is missing, in words; null where the member says it
 */
record RegistrationGap(String block, @Nullable String member, @Nullable String text) {

  /**
   * Pure: what the blocks lack.
   *
   * @param more members that the rules of the jurisdiction want besides, as {@code
   *     scenario.prohibited}
   */
  static List<RegistrationGap> of(
      Registration.Kind kind, Registration.Subject subject, JsonObject content, Set<String> more) {
    var gaps = new ArrayList<RegistrationGap>();
    if (kind != Registration.Kind.FIRST && kind != Registration.Kind.CHANGE) {
      return gaps;
    }
    for (var block : RegistrationBlock.values()) {
      if (block == RegistrationBlock.PRODUCT_SERVICE && subject != Registration.Subject.PRODUCT) {
        continue;
      }
      var values = content.getJsonObject(block.field(), new JsonObject());
      for (var member : block.members()) {
        var wanted =
            isNeeded(member.need(), values) || more.contains(block.field() + '.' + member.name());
        if (wanted && isEmpty(values.getValue(member.name()))) {
          gaps.add(new RegistrationGap(block.field(), member.name(), null));
        }
      }
    }
    return gaps;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value instanceof JsonArray array && array.isEmpty();
  }

  private static boolean isNeeded(RegistrationBlock.Need need, JsonObject values) {
    return switch (need) {
      case ALWAYS -> true;
      case NEVER -> false;
      case IF_REPRESENTED -> values.containsKey("agentName");
      case IF_OTHER -> "OTHER".equals(values.getString("sourceType"));
      case IF_TRADED -> "TRADED".equals(values.getString("sourceType"));
    };
  }

  JsonObject json() {
    return new JsonObject().put("block", block).put("member", member).put("text", text);
  }

  static RegistrationGap of(JsonObject json) {
    return new RegistrationGap(
        json.getString("block"), json.getString("member"), json.getString("text"));
  }
}
