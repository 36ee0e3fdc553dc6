package dev.fairground.graphql;

import java.util.ArrayList;
import java.util.List;

/**
 * Told when the caller left or the time is over; runs what was hung on it, once. Used on one event
 * loop only.
 */
public final class Cancellation {
  private boolean cancelled;
  private final List<Runnable> actions = new ArrayList<>();

  public boolean isCancelled() {
    return cancelled;
  }

  /** Runs {@code action} at the cancellation; at once if that has happened already. */
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      actions.add(action);
    }
  }

  public void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    actions.forEach(Runnable::run);
    actions.clear();
  }
}
