package dev.fairground.resource;

import org.jspecify.annotations.Nullable;

/** One column of a version of a resource. */
public record DataItem(
    DataResource.Version resource,
    String name,
    int position,
    @Nullable String type,
    @Nullable String description,
    @Nullable Boolean sensitive) {}
