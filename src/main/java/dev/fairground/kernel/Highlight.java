package dev.fairground.kernel;

import java.util.List;

/**
 * Where a text of a record holds what was searched for.
 *
 * @param field which of the record's texts
 * @param text the text, or the part of a long one around the first hit
 * @param ranges the hits in {@code text}, in their order, none touching another
 */
public record Highlight(String field, String text, List<TextRange> ranges) {}
