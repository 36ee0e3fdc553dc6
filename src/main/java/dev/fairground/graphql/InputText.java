package dev.fairground.graphql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of arguments as one text: members in order of their names, nothing between. */
final class InputText {
  private InputText() {}

  static String of(@Nullable Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
        text.append('{');
        sorted.forEach(
            (name, member) -> {
              string(name, text);
              text.append(':');
              write(member, text);
              text.append(',');
            });
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        list.forEach(
            element -> {
              write(element, text);
              text.append(',');
            });
        text.append(']');
      }
      case BigDecimal number -> text.append(number.stripTrailingZeros().toPlainString());
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      default -> string(value.toString(), text);
    }
  }

  private static void string(String value, StringBuilder text) {
    text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
