package dev.fairground.graphql;

import java.util.Collection;
import java.util.Locale;

/** The name that a caller probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** A sentence to append, beginning with a space; empty when no name is near enough. */
  static String of(String written, Collection<String> names) {
    var best = "";
    var bestDistance = Math.max(1, written.length() / 3) + 1;
    for (var name : names) {
      if (Math.abs(name.length() - written.length()) < bestDistance) {
        var distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        if (distance < bestDistance) {
          bestDistance = distance;
          best = name;
        }
      }
    }
    return best.isEmpty() ? "" : " Did you mean '" + best + "'?";
  }

  /** How many letters must be added, dropped or changed to make one name the other. */
  private static int distance(String one, String other) {
    var above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        var change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
      }
      above = row;
    }
    return above[other.length()];
  }
}
