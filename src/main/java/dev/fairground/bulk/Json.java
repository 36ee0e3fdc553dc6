package dev.fairground.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairground.harvest.HarvestedResource.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a record as JSON columns; null where there is nothing. */
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** Texts by language. */
  static @Nullable String texts(Map<String, String> translations) {
    if (translations.isEmpty()) {
      return null;
    }
    var object = NODES.objectNode();
    translations.forEach(object::put);
    return SourceRecord.canonical(object);
  }

  static @Nullable String items(List<Item> items) {
    if (items.isEmpty()) {
      return null;
    }
    var array = NODES.arrayNode();
    items.forEach(
        item ->
            array
                .addObject()
                .put("name", item.name())
                .put("type", item.type())
                .put("description", item.description()));
    return SourceRecord.canonical(array);
  }
}
