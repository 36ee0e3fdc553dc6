package dev.fairground.mutation;

import java.util.List;

/**
 * Leaves a change from within, with what stands against it: for parts that changes have in common
 * and that know nothing of their payloads. {@link Mutations} takes everything back and answers with
 * the errors.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<UserError> errors;

  public Refusal(UserError error) {
    super(error.message(), null, false, false);
    this.errors = List.of(error);
  }

  /**
   * @param errors at least one
   */
  public Refusal(List<UserError> errors) {
    super(errors.getFirst().message(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** At least one. */
  public List<UserError> errors() {
    return errors;
  }
}
