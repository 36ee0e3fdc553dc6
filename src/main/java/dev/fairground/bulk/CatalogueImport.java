package dev.fairground.bulk;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One edition of a catalogue of others that was brought in.
 *
 * @param number from 1, in its catalogue
 * @param file the file's name, without the folders it lay in
 * @param datedOn the day that the file's name says
 * @param digest SHA-256 over its source records in their order, as canonical JSON lines
 * @param complete whether it held the whole catalogue
 */
record CatalogueImport(
    String catalogue,
    int number,
    OffsetDateTime importedAt,
    String file,
    String format,
    @Nullable String source,
    @Nullable LocalDate datedOn,
    String digest,
    boolean complete,
    int records,
    int lost,
    int added,
    int changed,
    int withdrawn,
    int unchanged,
    List<DefectCount> defects) {

  /**
   * How often a rule was not kept.
   *
   * @param meaning null for a rule of the past
   */
  record DefectCount(String rule, int count, @Nullable String meaning) {}
}
