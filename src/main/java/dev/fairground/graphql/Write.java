package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import java.util.Objects;

/**
 * What a mutation runs with: who asks for the change, when, and in which request.
 *
 * @param viewer signed in: every mutation needs a scope
 */
public record Write(Viewer viewer, Moment moment, String requestId) {
  public Viewer.Actor actor() {
    return Objects.requireNonNull(viewer.actor(), "no mutation runs for an anonymous caller");
  }
}
