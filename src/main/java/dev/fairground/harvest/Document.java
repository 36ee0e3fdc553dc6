package dev.fairground.harvest;

import java.io.InputStream;

/**
 * One file to read, unpacked, in UTF-8 without a byte order mark.
 *
 * @param name its name without its folders and without endings of containers, for instance {@code
 *     dhs.2025-02-01.data.json}
 * @param content read once, from its beginning
 */
public record Document(String name, InputStream content) {}
