package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record cut out of its graph, in the expanded form of JSON-LD 1.1. With the record comes what
 * belongs to it: blank nodes down to {@value #MOST_DEPTH} levels, {@link Dcat#PARTS} with an
 * address down to {@value #MOST_PARTS}. The list of a catalogue's members is never a part. A node
 * within itself is left at its address, so that a graph with circles ends. Members and values are
 * sorted: the same triples make the same tree, in whatever order the file has them.
 */
final class RdfTree {
  private static final int MOST_DEPTH = 4;
  private static final int MOST_PARTS = 2;

  /** In characters: what a record may be, as in {@link Defect.Rule#RECORD_TOO_LARGE}. */
  private static final int MOST_TEXT = 4 << 20;

  private final RdfGraph graph;
  private final Set<String> above = new HashSet<>();
  private int left = MOST_TEXT;

  private RdfTree(RdfGraph graph) {
    this.graph = graph;
  }

  /** Null where the record is too large. */
  static @Nullable ObjectNode of(RdfGraph graph, String subject) {
    var tree = new RdfTree(graph);
    var node = tree.node(subject);
    return tree.left < 0 ? null : node;
  }

  private ObjectNode node(String subject) {
    var node = JsonNodeFactory.instance.objectNode();
    if (!RdfGraph.isBlank(subject)) {
      node.put("@id", RdfGraph.address(subject));
    }
    above.add(subject);
    var members = new TreeMap<String, List<JsonNode>>();
    graph.describe(
        subject,
        (predicate, object) -> {
          if (Dcat.MEMBERS.contains(predicate)) {
            return;
          }
          left -= predicate.length() + object.length();
          if (left < 0) {
            return;
          }
          if (predicate.equals(Dcat.TYPE) && !RdfGraph.isLiteral(object)) {
            if (!RdfGraph.isBlank(object)) {
              node.withArray("@type").add(RdfGraph.address(object));
            }
            return;
          }
          var value = value(predicate, object);
          if (value != null) {
            members.computeIfAbsent(predicate, none -> new ArrayList<>()).add(value);
          }
        });
    above.remove(subject);
    members.forEach((predicate, values) -> node.putArray(predicate).addAll(sorted(values)));
    return node;
  }

  private @Nullable ObjectNode value(String predicate, String object) {
    if (RdfGraph.isLiteral(object)) {
      var value = JsonNodeFactory.instance.objectNode();
      value.put("@value", RdfGraph.literal(object));
      var kind = RdfGraph.kind(object);
      if (kind.startsWith("@")) {
        value.put("@language", kind.substring(1));
      } else if (!kind.equals(Dcat.XSD_STRING)) {
        value.put("@type", kind);
      }
      return value;
    }
    var follows =
        RdfGraph.isBlank(object)
            ? above.size() <= MOST_DEPTH
            : above.size() <= MOST_PARTS && Dcat.PARTS.contains(predicate);
    if (follows && !above.contains(object)) {
      return node(object);
    }
    return RdfGraph.isBlank(object)
        ? null
        : JsonNodeFactory.instance.objectNode().put("@id", RdfGraph.address(object));
  }

  /** Blank nodes have no name to be sorted by but what is said of them. */
  private static List<JsonNode> sorted(List<JsonNode> values) {
    return values.size() == 1
        ? values
        : values.stream()
            .map(value -> Map.entry(value.toString(), value))
            .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .map(Map.Entry::getValue)
            .toList();
  }
}
