package dev.fairground.eligibility;

import dev.fairground.kernel.Text;

/**
 * A document that the access policy asks for.
 *
 * @param code by which it is handed in
 * @param text what it is
 * @param given whether the ask names it
 */
public record RequiredDocument(String code, Text text, boolean given) {}
