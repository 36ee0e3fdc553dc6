package dev.fairground.harvest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the ending of a name promises. It decides nothing; where the content is another, that is
 * told as {@link Defect.Rule#WRONG_EXTENSION}. An ending that is not known promises nothing.
 */
final class Endings {
  private static final Set<String> JSON = Set.of("json", "jsonl", "ndjson", "jsonld", "geojson");
  private static final Set<String> XML = Set.of("xml", "rdf", "owl", "rss", "atom");
  private static final Set<String> OTHER_TEXT =
      Set.of("csv", "tsv", "ttl", "nt", "n3", "nq", "trig", "yaml", "yml", "txt", "html", "htm");

  /** JSON is YAML, and a line of Turtle may begin with a bracket. */
  private static final Set<String> NEVER_JSON = Set.of("csv", "tsv", "nt", "nq");

  private static final Set<String> NEVER_XML =
      Set.of("csv", "tsv", "ttl", "nt", "n3", "nq", "trig", "yaml", "yml");

  /** Turtle may begin with an address between angle brackets. */
  private static final Pattern XML_START =
      Pattern.compile("<[?!]|<[A-Za-z][\\w.-]*(?::[A-Za-z]|[\\s>])");

  private Endings() {}

  /** Whether the name promises another container than the file is, or one where there is none. */
  static boolean contradict(String name, Container container) {
    var ending = of(name);
    if (container.hasEnding(ending)) {
      return false;
    }
    for (var other : Container.values()) {
      if (other.hasEnding(ending)) {
        return true;
      }
    }
    return container != Container.NONE
        && (JSON.contains(ending) || XML.contains(ending) || OTHER_TEXT.contains(ending));
  }

  /** Whether the name promises another kind of text than the file begins with. */
  static boolean contradict(Beginning beginning) {
    var ending = of(beginning.name());
    var json = beginning.startsWith("{") || beginning.startsWith("[");
    if (JSON.contains(ending)) {
      return !json;
    }
    if (XML.contains(ending)) {
      return !beginning.startsWith("<");
    }
    return (json && NEVER_JSON.contains(ending))
        || (NEVER_XML.contains(ending)
            && XML_START.matcher(beginning.text().stripLeading()).lookingAt());
  }

  private static String of(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
