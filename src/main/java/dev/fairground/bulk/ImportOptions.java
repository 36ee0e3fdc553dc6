package dev.fairground.bulk;

import org.jspecify.annotations.Nullable;

/**
 * How files are brought in.
 *
 * @param catalogue the name of the catalogue that the files are of; null takes it from their names
 * @param again also takes a file that is older than what its catalogue holds, or was replaced since
 * @param withdraw withdraws what a file lacks also where that is more than half of its catalogue
 * @param dryRun tells what would change and changes nothing
 */
public record ImportOptions(
    @Nullable String catalogue, boolean again, boolean withdraw, boolean dryRun) {
  /** The usual way. */
  public static final ImportOptions NONE = new ImportOptions(null, false, false, false);
}
