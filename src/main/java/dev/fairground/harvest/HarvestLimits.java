package dev.fairground.harvest;

/**
 * What one file may unpack to, all archives in archives together. Beyond it the file is not read on
 * ({@link Defect.Rule#ARCHIVE_BOMB}); what came before is good.
 *
 * <p>JSON of real catalogues is compressed to between a tenth and a thirtieth, generated test data
 * to a three hundredth. Deflate cannot do better than 1:1,032, so a ratio of 1:1,000 is reached by
 * nothing but one byte repeated, or by archives packed twice.
 *
 * @param unpackedBytes bytes that may come out in total; those of an archive within an archive
 *     count as well as what is in it
 * @param ratio unpacked bytes for each byte of the file read so far
 * @param ratioFrom unpacked bytes from which the ratio is looked at
 * @param entries files, folders and links in archives
 */
public record HarvestLimits(long unpackedBytes, int ratio, long ratioFrom, int entries) {
  /** 16 GB, 1:1,000 from 100 MB on, and 100,000 entries. */
  public static final HarvestLimits STANDARD = read((name, standard, least, most) -> standard);

  private static final long RATIO_FROM = 100_000_000;

  /** Where the numbers come from: the value of a setting, or its default when it is not set. */
  @FunctionalInterface
  public interface Settings {
    int number(String name, int standard, int least, int most);
  }

  /** Asks {@code from} for each number that can be set. */
  public static HarvestLimits read(Settings from) {
    return new HarvestLimits(
        1_000_000L * from.number("FAIRGROUND_IMPORT_UNPACKED_MEGABYTES", 16_000, 1, 1_000_000),
        from.number("FAIRGROUND_IMPORT_UNPACKED_RATIO", 1_000, 1, 1_000_000),
        RATIO_FROM,
        from.number("FAIRGROUND_IMPORT_ARCHIVE_ENTRIES", 100_000, 1, 10_000_000));
  }

  public HarvestLimits {
    if (unpackedBytes < 1 || ratio < 1 || ratioFrom < 0 || entries < 1) {
      throw new IllegalArgumentException("the limits of unpacking are at least 1");
    }
  }
}
