package dev.fairground.sql;

/** When PostgreSQL chooses the way to the rows of a read. */
public enum Planning {
  /**
   * Once for each connection, whatever the arguments: for keys, of which one is like another.
   * Planning such a read costs more than running it.
   */
  ONCE,

  /**
   * For its arguments, where those of a caller's filter decide: a word that is nowhere needs
   * another way than one that is everywhere.
   */
  FOR_ARGUMENTS;

  /** The value of PostgreSQL's {@code plan_cache_mode}. */
  String mode() {
    return this == ONCE ? "force_generic_plan" : "auto";
  }
}
