package dev.fairground.usage;

import java.util.Map;
import java.util.TreeMap;

/**
 * Canonical JSON of RFC 8785, of objects of texts, whole numbers and such objects. Members without
 * a value are left out by whoever makes the object. Pure.
 */
final class CanonicalJson {
  private static final String ESCAPED = "\b\t\n\f\r\"\\";
  private static final String LETTERS = "btnfr\"\\";
  private static final String HEX = "0123456789abcdef";

  private CanonicalJson() {}

  static String write(Map<String, ?> object) {
    var out = new StringBuilder(512);
    object(object, out);
    return out.toString();
  }

  private static void object(Map<?, ?> object, StringBuilder out) {
    // String.compareTo compares code units of UTF-16, as the RFC does.
    var members = new TreeMap<String, Object>();
    object.forEach((name, value) -> members.put((String) name, value));
    var separator = '{';
    for (var member : members.entrySet()) {
      out.append(separator);
      separator = ',';
      text(member.getKey(), out);
      out.append(':');
      value(member.getValue(), out);
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void value(Object value, StringBuilder out) {
    switch (value) {
      case String text -> text(text, out);
      case Integer number -> out.append(number.intValue());
      case Long number -> out.append(number.longValue());
      case Map<?, ?> object -> object(object, out);
      case Iterable<?> list -> {
        var separator = '[';
        for (var item : list) {
          out.append(separator);
          separator = ',';
          value(item, out);
        }
        out.append(separator == '[' ? "[]" : "]");
      }
      default -> throw new IllegalArgumentException("no form for " + value.getClass());
    }
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      var place = ESCAPED.indexOf(unit);
      if (place >= 0) {
        out.append('\\').append(LETTERS.charAt(place));
      } else if (unit < ' ') {
        out.append("\\u00").append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 15));
      } else {
        out.append(unit);
      }
    }
    out.append('"');
  }
}
