package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A node or literal of a tree that {@link RdfTree} made, and the ways to read it as words. */
record DcatNode(JsonNode json) {
  private static final String MEDIA_TYPES = "iana.org/assignments/media-types/";

  /** How a thing is called, the most fitting first. */
  private static final List<String> NAMES =
      List.of(
          Dcat.FOAF + "name",
          Dcat.SKOS + "prefLabel",
          Dcat.RDFS + "label",
          Dcat.DCT + "title",
          Dcat.VCARD + "fn",
          Dcat.VCARD + "organization-name",
          Dcat.SCHEMA + "name",
          Dcat.RDF + "value",
          Dcat.DCT + "identifier");

  /** The values of a member, in the tree's order. */
  List<DcatNode> all(String member) {
    return StreamSupport.stream(json.path(member).spliterator(), false).map(DcatNode::new).toList();
  }

  /** The values of the first of the members that has any. */
  List<DcatNode> firstOf(String... members) {
    return Stream.of(members)
        .map(this::all)
        .filter(values -> !values.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  boolean isA(Set<String> types) {
    return StreamSupport.stream(json.path("@type").spliterator(), false)
        .anyMatch(type -> types.contains(type.textValue()));
  }

  /** Null of a literal and a blank node. */
  @Nullable String address() {
    return json.path("@id").textValue();
  }

  /** The text of a literal; null of a node. */
  @Nullable String literal() {
    return json.path("@value").textValue();
  }

  /** The language that a literal says it is in; empty where it says none. */
  String language() {
    return json.path("@language").asText("");
  }

  /** A literal, or an address; null of a blank node. */
  @Nullable String text() {
    return literal() == null ? address() : literal();
  }

  /** Whether anything says how people call it. */
  boolean isNamed() {
    return literal() != null || NAMES.stream().anyMatch(json::has);
  }

  /** How people call it, best in one of the languages: a literal, a name, the end of an address. */
  @Nullable String name(List<String> languages) {
    if (literal() != null) {
      return literal();
    }
    for (var member : NAMES) {
      var names = all(member);
      if (!names.isEmpty()) {
        return best(names, languages).text();
      }
    }
    return ending();
  }

  /** How lists of codes call it: the same, but the ending of a list's address before a name. */
  @Nullable String code(List<String> languages) {
    var address = address();
    return address != null && (address.startsWith(Dcat.EU_LISTS) || address.contains(MEDIA_TYPES))
        ? ending()
        : name(languages);
  }

  /** The last part of the address; of a media type all of it. */
  private @Nullable String ending() {
    var address = address();
    if (address == null) {
      return null;
    }
    var mediaType = address.indexOf(MEDIA_TYPES);
    if (mediaType >= 0) {
      return address.substring(mediaType + MEDIA_TYPES.length());
    }
    var end = address.length();
    while (end > 0 && isDivider(address.charAt(end - 1))) {
      end--;
    }
    var begin = end;
    while (begin > 0 && !isDivider(address.charAt(begin - 1))) {
      begin--;
    }
    return address.substring(begin, end);
  }

  private static boolean isDivider(char c) {
    return c == '/' || c == '#';
  }

  /** Of values that say the same, that in the foremost language, else one in none, else any. */
  static DcatNode best(List<DcatNode> values, List<String> languages) {
    return languages.stream()
        .flatMap(language -> values.stream().filter(value -> value.language().equals(language)))
        .findFirst()
        .or(() -> values.stream().filter(value -> value.language().isEmpty()).findFirst())
        .orElse(values.getFirst());
  }
}
