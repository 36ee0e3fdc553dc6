package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways to write RDF that catalogues come in, known by how a file begins. */
enum RdfSyntax {
  RDF_XML,
  /** With it N-Triples, which is a part of it, and TriG, which is more of it. */
  TURTLE,
  JSON_LD;

  private static final Pattern ELEMENT =
      Pattern.compile("<(?:\\?xml|!DOCTYPE|!--|[A-Za-z_][\\w.-]*(?::[\\w.-]+)?[\\s>])");
  private static final Pattern HTML =
      Pattern.compile("<(?:!doctype\\s+)?html", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIRECTIVE =
      Pattern.compile("^\\s*@?(?:prefix|base)\\s", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern TRIPLE =
      Pattern.compile("^\\s*(?:<[^>\\s]+>|_:\\S+)\\s+<[^>\\s]+>\\s+\\S", Pattern.MULTILINE);

  /** Null where it is no RDF, or none that has to do with catalogues. */
  static @Nullable RdfSyntax of(Beginning beginning) {
    var text = beginning.text().stripLeading();
    if (text.startsWith("{") || text.startsWith("[")) {
      return jsonLd(text) ? JSON_LD : null;
    }
    if (ELEMENT.matcher(text).lookingAt()
        && text.contains("xmlns")
        && text.contains(Dcat.RDF)
        && !HTML.matcher(text).find()) {
      return text.contains("<rdf:RDF") || text.contains(Dcat.DCAT) ? RDF_XML : null;
    }
    return text.contains(Dcat.DCAT)
            && (DIRECTIVE.matcher(text).find() || TRIPLE.matcher(text).lookingAt())
        ? TURTLE
        : null;
  }

  /**
   * JSON-LD about catalogues. DCAT-US names a context too, but its records stand under a plain
   * {@code dataset}, which only a context within the file could give a meaning to.
   */
  private static boolean jsonLd(String text) {
    var members = members(text);
    if (members.containsKey("dataset") && members.get("@context") != JsonToken.START_OBJECT) {
      return false;
    }
    return text.contains("\"" + Dcat.DCAT)
        || ((members.containsKey("@context") || members.containsKey("@graph"))
            && text.contains("\"dcat:"));
  }

  /** The members of the outermost object, as far as the text goes, and how their values begin. */
  private static Map<String, JsonToken> members(String text) {
    var members = new HashMap<String, JsonToken>();
    try (var parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var name = parser.currentName();
          members.put(name, parser.nextToken());
          parser.skipChildren();
        }
      }
    } catch (IOException endOfBeginning) {
      // What was seen until here is what can be known.
    }
    return members;
  }
}
