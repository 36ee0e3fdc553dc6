package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairground.harvest.Defect.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object as texts. What is missing or null says nothing; a value of another
 * type than the one asked for is told and says nothing either.
 */
final class Fields {
  private final JsonNode object;
  private final Values values;

  Fields(JsonNode object, Values values) {
    this.object = object;
    this.values = values;
  }

  /** A text, number or truth value; of a list the first. */
  @Nullable String text(String name) {
    var all = texts(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** A list of texts; a single one counts as a list of one. */
  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var value : list(name)) {
      if (value.isValueNode()) {
        texts.add(value.asText());
      } else {
        values.defect(name, Rule.VALUE_WRONG_TYPE, value.toString());
      }
    }
    return texts;
  }

  /** The same, and a single text is a list with commas or semicolons. */
  List<String> words(String name) {
    var value = object.path(name);
    return value.isTextual() ? List.of(value.asText().split("[,;]")) : texts(name);
  }

  /** An object; where there is none, one without members. */
  Fields object(String name) {
    var all = objects(name);
    return all.isEmpty()
        ? new Fields(JsonNodeFactory.instance.objectNode(), values)
        : all.getFirst();
  }

  /** A list of objects; a single one counts as a list of one. */
  List<Fields> objects(String name) {
    var objects = new ArrayList<Fields>();
    for (var value : list(name)) {
      if (value.isObject()) {
        objects.add(new Fields(value, values));
      } else {
        values.defect(name, Rule.VALUE_WRONG_TYPE, value.asText(null));
      }
    }
    return objects;
  }

  /** Whether the member is an object or a list of them, where the format allows a text too. */
  boolean isObject(String name) {
    var all = list(name);
    return !all.isEmpty() && all.getFirst().isObject();
  }

  private List<JsonNode> list(String name) {
    var value = object.path(name);
    var all = new ArrayList<JsonNode>();
    if (value.isArray()) {
      value.forEach(all::add);
    } else {
      all.add(value);
    }
    all.removeIf(element -> element.isNull() || element.isMissingNode());
    return all;
  }
}
