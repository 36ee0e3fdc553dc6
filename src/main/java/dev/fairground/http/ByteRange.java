package dev.fairground.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a {@code Range} header names, both ends included; RFC 9110, section 14.
 *
 * @param first the first byte, from 0
 * @param last the last byte; before {@code first} where no byte is in the range
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))");

  /** Null where all is wanted: without a header, or with one that may be passed over. */
  static @Nullable ByteRange of(@Nullable String header, long bytes) {
    var range = header == null ? null : ONE.matcher(header.strip());
    if (range == null || !range.matches()) {
      return null;
    }
    if (range.group(3) != null) {
      var wanted = Math.min(Long.parseLong(range.group(3)), bytes);
      return new ByteRange(bytes - wanted, bytes - 1);
    }
    var first = Long.parseLong(range.group(1));
    var last = range.group(2) == null ? bytes - 1 : Long.parseLong(range.group(2));
    if (last < first && range.group(2) != null) {
      return null;
    }
    return new ByteRange(first, Math.min(last, bytes - 1));
  }

  boolean isEmpty() {
    return last < first;
  }

  long length() {
    return last - first + 1;
  }
}
