package dev.fairground.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Public data that a product is made of.
 *
 * @param dataItems the names of the data items that are used; null for the whole resource
 */
public record ProductResource(UUID resourceId, @Nullable List<String> dataItems) {}
