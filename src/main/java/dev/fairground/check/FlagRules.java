package dev.fairground.check;

import java.util.ArrayList;
import java.util.List;

/** Pure: which steps a flag's state and the caller's rights allow. */
final class FlagRules {
  private FlagRules() {}

  /** A step with a flag. */
  enum Action {
    ANSWER,
    CLOSE
  }

  /**
   * @param answering whether the caller answers for the operator
   * @param deciding whether it decides for the data authority
   */
  static List<Action> actions(CheckFlag.State state, boolean answering, boolean deciding) {
    var actions = new ArrayList<Action>();
    if (state != CheckFlag.State.CLOSED) {
      if (answering) {
        actions.add(Action.ANSWER);
      }
      if (deciding) {
        actions.add(Action.CLOSE);
      }
    }
    return actions;
  }
}
