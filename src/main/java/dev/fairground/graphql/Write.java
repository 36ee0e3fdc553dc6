package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Viewer;
import java.util.Objects;

/**
 * What a mutation runs with: who asks for the change, when, and in which request.
 *
 * @param viewer signed in: every mutation needs a scope
 */
public record Write(Viewer viewer, Moment moment, String requestId) {
  /** A change that the server makes by itself, because time has passed or a rule says so. */
  public static Write ofServer(Moment moment, String requestId) {
    return new Write(
        new Viewer("server", new Viewer.Actor("server", "Fairground", null), Rights.NONE),
        moment,
        requestId);
  }

  public Viewer.Actor actor() {
    return Objects.requireNonNull(viewer.actor(), "no mutation runs for an anonymous caller");
  }
}
