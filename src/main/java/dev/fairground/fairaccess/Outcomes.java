package dev.fairground.fairaccess;

/** Pure: what follows from outcomes. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * Whether people have to look at it. Where a fact is missing there is nothing to be answered but
   * the fact: that is shown on the subject, and a market of which little is known is not one of
   * accusations.
   */
  public static boolean raises(Outcome outcome) {
    return switch (outcome) {
      case FLAG, BLOCK -> true;
      case UNKNOWN, NOT_APPLICABLE, PASS, DISCLOSE -> false;
    };
  }

  /** Whether it ends what an earlier one raised: not knowing is not passing. */
  public static boolean settles(Outcome outcome) {
    return switch (outcome) {
      case NOT_APPLICABLE, PASS, DISCLOSE -> true;
      case UNKNOWN, FLAG, BLOCK -> false;
    };
  }
}
