package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * One entry of an answer's {@code errors} before anything ran.
 *
 * @param message ours, for the caller: no class, file, table or stack
 * @param places in the document; empty when the fault is not in it
 * @param path response keys from the root to the field at fault; empty when it is not one field's
 * @param facts more entries for {@code extensions}
 */
public record Fault(
    ErrorCode code,
    String message,
    List<SourceLocation> places,
    List<Object> path,
    Map<String, Object> facts) {
  public Fault {
    places = List.copyOf(places);
    path = List.copyOf(path);
    facts = Map.copyOf(facts);
  }

  Fault(ErrorCode code, String message, List<SourceLocation> places) {
    this(code, message, places, List.of(), Map.of());
  }
}
