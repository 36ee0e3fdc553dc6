package dev.fairground.mutation;

import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Wiring;

/** Binds {@code schema/mutation.graphqls}: what stands against changes. */
public final class MutationResolver implements Feature {
  @Override
  public void wire(Wiring wiring) {
    wiring.type(InputError.class);
    error(wiring, VersionConflictError.class);
    error(wiring, StateTransitionError.class);
    error(wiring, IdempotencyMismatchError.class);
  }

  /** A member of {@code UserError} whose code and message are not components. */
  public static <E extends Record & UserError> void error(Wiring wiring, Class<E> type) {
    wiring
        .type(type)
        .computed("code", UserError::code)
        .computed("message", UserError::message)
        .computed("rule", UserError::rule);
  }
}
