package dev.fairground.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document that was handed in with a request.
 *
 * @param step the number of the step that brought it
 * @param code of the document that the policy asks for
 * @param location where it can be read
 * @param digest SHA-256 of its bytes
 * @param text what it says, where it is no more than a text
 */
record AccessRequestDocument(
    UUID requestId,
    int position,
    int step,
    String code,
    String name,
    @Nullable String location,
    @Nullable String digest,
    @Nullable String text) {}
