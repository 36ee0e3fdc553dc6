package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * A whole request that is refused before anything runs, or a field whose arguments are wrong: one
 * fault or several, each with a code, a message of ours, and the places in the document.
 *
 * <p>The first fault speaks for all where only one can: its code decides the HTTP status.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public Refusal(ErrorCode code, String message) {
    this(code, message, List.of(), Map.of());
  }

  public Refusal(
      ErrorCode code, String message, List<SourceLocation> places, Map<String, Object> facts) {
    this(List.of(new Fault(code, message, places, List.of(), facts)));
  }

  public Refusal(Fault fault) {
    this(List.of(fault));
  }

  /**
   * @param faults at least one
   */
  public Refusal(List<Fault> faults) {
    super(faults.getFirst().message(), null, false, false);
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }

  public ErrorCode code() {
    return first().code();
  }

  /** The message that the caller reads. */
  public String text() {
    return first().message();
  }

  public List<SourceLocation> places() {
    return first().places();
  }

  public Map<String, Object> facts() {
    return first().facts();
  }

  private Fault first() {
    return faults.getFirst();
  }
}
