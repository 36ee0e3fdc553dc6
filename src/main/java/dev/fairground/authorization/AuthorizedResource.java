package dev.fairground.authorization;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource in the scope of an authorization.
 *
 * @param dataItems the names of the data items in scope; null for the whole resource
 */
public record AuthorizedResource(UUID resourceId, @Nullable List<String> dataItems) {}
