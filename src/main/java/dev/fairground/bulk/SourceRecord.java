package dev.fairground.bulk;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;

/**
 * A source's record as JSON that PostgreSQL's {@code jsonb} takes, with sorted members, so that the
 * same record has the same text whatever the layout of its file. Left out are the characters that
 * {@code jsonb} cannot hold: NUL, and halves of surrogate pairs. A number beyond every use is kept
 * as text.
 */
final class SourceRecord {
  private static final int MOST_EXPONENT = 1_000;

  private SourceRecord() {}

  static String canonical(JsonNode record) {
    var text = new StringBuilder();
    write(record, text);
    return text.toString();
  }

  private static void write(JsonNode node, StringBuilder text) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        text.append('{');
        var separator = "";
        for (var name : names) {
          text.append(separator);
          quote(name, text);
          text.append(':');
          write(node.get(name), text);
          separator = ",";
        }
        text.append('}');
      }
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(node.get(i), text);
        }
        text.append(']');
      }
      case NUMBER -> number(node, text);
      case BOOLEAN -> text.append(node.booleanValue());
      case NULL, MISSING -> text.append("null");
      case STRING, BINARY, POJO -> quote(node.asText(), text);
    }
  }

  private static void number(JsonNode node, StringBuilder text) {
    if (node.isFloatingPointNumber()
        && !node.isBigDecimal()
        && !Double.isFinite(node.doubleValue())) {
      quote(node.asText(), text);
    } else if (node.isBigDecimal() || node.isBigInteger()) {
      var value = node.decimalValue();
      if (Math.abs((long) value.scale()) > MOST_EXPONENT || value.precision() > MOST_EXPONENT) {
        quote(value.toString(), text);
      } else {
        text.append(value);
      }
    } else {
      text.append(node.asText());
    }
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(storable(value), text);
    text.append('"');
  }

  private static String storable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == 0 || Character.isSurrogate(value.charAt(i))) {
        var kept = new StringBuilder(value.length());
        value
            .codePoints()
            .filter(point -> point != 0 && (point < 0xD800 || point > 0xDFFF))
            .forEach(kept::appendCodePoint);
        return kept.toString();
      }
    }
    return value;
  }
}
