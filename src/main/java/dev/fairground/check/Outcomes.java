package dev.fairground.check;

/** Pure: what follows from outcomes. */
final class Outcomes {
  private Outcomes() {}

  /** Whether people have to look at it. */
  static boolean raises(Outcome outcome) {
    return switch (outcome) {
      case UNKNOWN, FLAG, BLOCK -> true;
      case NOT_APPLICABLE, PASS, DISCLOSE -> false;
    };
  }
}
