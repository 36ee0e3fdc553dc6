package dev.fairground.bulk;

import dev.fairground.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
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
  private static final String PREFIX = "cat";

  /** The global id of a catalogue, made of its name: no table has catalogues. */
  static String id(String catalogue) {
    return Ids.write(
        PREFIX,
        UUID.nameUUIDFromBytes(("catalogue " + catalogue).getBytes(StandardCharsets.UTF_8)));
  }

  /** The subject of the events that tell of its imports. */
  String catalogueId() {
    return id(catalogue);
  }

  /**
   * How often a rule was not kept.
   *
   * @param meaning null for a rule of the past
   */
  record DefectCount(String rule, int count, @Nullable String meaning) {}
}
