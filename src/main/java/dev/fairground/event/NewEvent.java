package dev.fairground.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that is about to be committed.
 *
 * @param type what happened
 * @param subject the global id of what changed
 * @param subjectVersion its version after the change; null for what has none
 * @param organizationId whose event it is; null for nobody's
 * @param open whether everybody may read it, or only its organization
 * @param changedFields the names of the schema's fields that are other than before; empty for what
 *     is new
 */
public record NewEvent(
    EventType type,
    String subject,
    @Nullable Integer subjectVersion,
    @Nullable UUID organizationId,
    boolean open,
    List<String> changedFields) {

  public NewEvent {
    changedFields = List.copyOf(changedFields);
  }
}
