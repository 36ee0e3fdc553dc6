package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * A whole request that is refused before anything runs, or a field whose arguments are wrong: a
 * code, a message of ours, the places in the document, and more facts for {@code extensions}.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<SourceLocation> places;
  private final transient Map<String, Object> facts;

  public Refusal(ErrorCode code, String message) {
    this(code, message, List.of(), Map.of());
  }

  public Refusal(
      ErrorCode code, String message, List<SourceLocation> places, Map<String, Object> facts) {
    super(message, null, false, false);
    this.code = code;
    this.places = List.copyOf(places);
    this.facts = Map.copyOf(facts);
  }

  public ErrorCode code() {
    return code;
  }

  /** The message that the caller reads. */
  public String text() {
    return String.valueOf(getMessage());
  }

  public List<SourceLocation> places() {
    return places;
  }

  public Map<String, Object> facts() {
    return facts;
  }
}
