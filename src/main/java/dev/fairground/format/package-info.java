/**
 * Writes and reads lists as files: JSON lines, CSV, XLSX, ODPS, DCAT-AP. Streams them, and knows no
 * database.
 */
@NullMarked
package dev.fairground.format;

import org.jspecify.annotations.NullMarked;
