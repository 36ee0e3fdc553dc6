package dev.fairground.bulk;

/**
 * What became of the records of one catalogue.
 *
 * @param added that were not there before
 * @param changed that say something else now, or are back
 * @param withdrawn that were there and are no more
 * @param unchanged that say what they said
 */
record Outcome(int added, int changed, int withdrawn, int unchanged) {
  static final Outcome NONE = new Outcome(0, 0, 0, 0);

  Outcome plus(Outcome other) {
    return new Outcome(
        added + other.added,
        changed + other.changed,
        withdrawn + other.withdrawn,
        unchanged + other.unchanged);
  }

  /** How many records were written. */
  int written() {
    return added + changed + withdrawn;
  }

  boolean isNothing() {
    return written() == 0;
  }
}
