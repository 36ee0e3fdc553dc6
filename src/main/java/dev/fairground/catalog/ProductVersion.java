package dev.fairground.catalog;

import java.util.UUID;

/** A version of a product. */
record ProductVersion(UUID id, int version) {}
