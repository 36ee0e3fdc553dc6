package dev.fairground.mutation;

import java.util.List;

/** What became of a change in its transaction. */
public sealed interface Verdict<P> {
  /**
   * It is done, if its transaction is committed.
   *
   * @param made the global id of what was made, by which a repeated call finds it again; empty for
   *     changes that make nothing
   */
  record Accepted<P>(P payload, String made) implements Verdict<P> {}

  /**
   * It is not done, and nothing of it.
   *
   * @param errors everything that stands against it, at least one
   */
  record Rejected<P>(List<UserError> errors) implements Verdict<P> {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }

  static <P> Verdict<P> accepted(P payload) {
    return new Accepted<>(payload, "");
  }

  static <P> Verdict<P> accepted(P payload, String made) {
    return new Accepted<>(payload, made);
  }

  static <P> Verdict<P> rejected(List<? extends UserError> errors) {
    return new Rejected<>(List.copyOf(errors));
  }

  static <P> Verdict<P> rejected(UserError error) {
    return new Rejected<>(List.of(error));
  }
}
