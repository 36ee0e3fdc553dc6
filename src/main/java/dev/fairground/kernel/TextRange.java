package dev.fairground.kernel;

/**
 * A part of a text, in UTF-16 code units, as the strings of Java and JavaScript count.
 *
 * @param from the first one
 * @param to the one behind the last
 */
public record TextRange(int from, int to) {}
