package dev.fairground.graphql;

import dev.fairground.kernel.Viewer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told what errors a caller was answered with. It must be quick, and never fail. */
@FunctionalInterface
public interface Troubles {
  /** For a server that keeps none. */
  Troubles UNHEARD = (viewer, requestId, operation, faults) -> {};

  /**
   * @param operation the operation's name; null where it has none or was not read
   * @param faults at least one
   */
  void heard(Viewer viewer, String requestId, @Nullable String operation, List<Fault> faults);
}
