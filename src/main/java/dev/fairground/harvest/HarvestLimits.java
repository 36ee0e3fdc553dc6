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
  public static final HarvestLimits STANDARD =
      new HarvestLimits(16_000_000_000L, 1_000, 100_000_000, 100_000);

  public HarvestLimits {
    if (unpackedBytes < 1 || ratio < 1 || ratioFrom < 0 || entries < 1) {
      throw new IllegalArgumentException("the limits of unpacking are at least 1");
    }
  }
}
