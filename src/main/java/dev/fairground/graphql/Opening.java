package dev.fairground.graphql;

/** What came of an operation whose answers are streamed. */
public sealed interface Opening {
  /** It does not run; the answer has no data. */
  record Refused(Answer answer) implements Opening {}

  /** It runs: what it tells is there to be taken. */
  record Begun(Stream stream) implements Opening {}

  /** A query's or a mutation's only answer. */
  static Opening of(Answer answer) {
    return answer.refusedBy() != null ? new Refused(answer) : new Begun(Stream.of(answer));
  }
}
