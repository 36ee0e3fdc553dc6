package dev.fairground.kernel;

import org.jspecify.annotations.Nullable;

/** The document and clause that something rests on. */
public record LegalBasis(String document, @Nullable String clause, @Nullable String url) {}
