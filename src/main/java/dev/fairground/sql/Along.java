package dev.fairground.sql;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was brought along with records of one operation: what their fields lead to, read by a join
 * in the same statement. Used on one event loop only.
 */
public final class Along {
  private final Map<Object, Map<String, Optional<Object>>> byRecord = new IdentityHashMap<>();

  public void put(Object record, String field, @Nullable Object value) {
    byRecord
        .computeIfAbsent(record, unseen -> new HashMap<>(4))
        .put(field, Optional.ofNullable(value));
  }

  /**
   * What the field of this very record leads to: empty if there is nothing, null if it was not
   * brought along.
   */
  public @Nullable Optional<Object> of(Object record, String field) {
    if (byRecord.isEmpty()) {
      return null;
    }
    var fields = byRecord.get(record);
    return fields == null ? null : fields.get(field);
  }
}
