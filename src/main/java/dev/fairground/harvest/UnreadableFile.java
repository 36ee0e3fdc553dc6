package dev.fairground.harvest;

import java.io.IOException;

/** A file that cannot be read, or not to its end. The records before the place are good. */
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1;

  private final Defect.Rule rule;

  /**
   * A file that breaks off or makes no sense.
   *
   * @param message where and why, and what would help, for instance {@code line 5: expected '.'}
   */
  public UnreadableFile(Defect.Rule rule, String message) {
    super(message);
    this.rule = rule;
  }

  /** The rule that it breaks. */
  public Defect.Rule rule() {
    return rule;
  }
}
