package dev.fairground.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names of requests: the caller's own if it is harmless in a log, else sixteen random digits. */
final class RequestIds {
  private static final int LONGEST = 64;

  private RequestIds() {}

  static String of(@Nullable String wanted) {
    return wanted != null && isHarmless(wanted) ? wanted : next();
  }

  static String next() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isHarmless(String wanted) {
    if (wanted.isEmpty() || wanted.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || ".-_".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
