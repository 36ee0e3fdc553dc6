package dev.fairground.http;

import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two media types of an answer, and the choice between them. */
enum MediaType {
  /** Older: the status says 200 even if the document is refused. The default, as the draft says. */
  JSON("application/json"),
  /** Newer: the status tells of the document too. */
  GRAPHQL_RESPONSE("application/graphql-response+json");

  private static final String EVENTS = "text/event-stream";

  private final String name;
  private final CharSequence header;

  MediaType(String name) {
    this.name = name;
    this.header = HttpHeaders.createOptimized(name + "; charset=utf-8");
  }

  /** The value of {@code Content-Type}. */
  CharSequence header() {
    return header;
  }

  /** The type that {@code accept} prefers; of equals the one named first; null if it wants none. */
  static @Nullable MediaType preferredBy(@Nullable String accept) {
    if (accept == null || accept.equals("*/*") || accept.equals(JSON.name)) {
      return JSON;
    }
    if (accept.equals(GRAPHQL_RESPONSE.name)) {
      return GRAPHQL_RESPONSE;
    }
    return choose(accept.toLowerCase(Locale.ROOT).split(","));
  }

  /** Whether {@code accept} prefers server-sent events to both; it has to name them. */
  static boolean prefersEvents(@Nullable String accept) {
    if (accept == null || accept.indexOf("event-stream") < 0) {
      return false;
    }
    String[] ranges = accept.toLowerCase(Locale.ROOT).split(",");
    Range events = bestMatch(EVENTS, ranges);
    return events.precision == 3
        && events.quality > 0
        && events.isBefore(JSON.bestMatch(ranges))
        && events.isBefore(GRAPHQL_RESPONSE.bestMatch(ranges));
  }

  private static @Nullable MediaType choose(String[] ranges) {
    Range json = JSON.bestMatch(ranges);
    Range graphql = GRAPHQL_RESPONSE.bestMatch(ranges);
    if (json.quality <= 0 && graphql.quality <= 0) {
      return null;
    }
    return graphql.isBefore(json) ? GRAPHQL_RESPONSE : JSON;
  }

  /** The most precise of the ranges that hold this type: {@code a/b} before {@code a/*}. */
  private Range bestMatch(String[] ranges) {
    return bestMatch(name, ranges);
  }

  private static Range bestMatch(String name, String[] ranges) {
    Range best = Range.NONE;
    for (int place = 0; place < ranges.length; place++) {
      String[] parts = ranges[place].split(";");
      int precision = precision(name, parts[0].strip());
      if (precision > best.precision && utf8(parts)) {
        best = new Range(precision, quality(parts), place);
      }
    }
    return best;
  }

  private static int precision(String name, String range) {
    if (range.equals(name)) {
      return 3;
    }
    return switch (range) {
      case "application/*" -> 2;
      case "*/*" -> 1;
      default -> 0;
    };
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Math.clamp(Double.parseDouble(parameter.substring(2)), 0.0, 1.0);
        } catch (NumberFormatException notANumber) {
          return 0;
        }
      }
    }
    return 1;
  }

  private static boolean utf8(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  /** Whether a body of this {@code Content-Type} is JSON in UTF-8, the only kind that is read. */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    if (contentType.equals(JSON.name)) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    return parts.length > 0 && parts[0].strip().equals(JSON.name) && utf8(parts);
  }

  private record Range(int precision, double quality, int place) {
    static final Range NONE = new Range(0, 0, Integer.MAX_VALUE);

    boolean isBefore(Range other) {
      if (quality != other.quality) {
        return quality > other.quality;
      }
      return precision != other.precision ? precision > other.precision : place < other.place;
    }
  }
}
