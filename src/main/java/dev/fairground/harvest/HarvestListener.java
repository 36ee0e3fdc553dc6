package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/**
 * Who is told what lies in a file, one document after the other: {@link #begin}, what the sink is
 * told, {@link #end}. Between documents come those that are refused. What a method throws ends the
 * run and reaches the caller of {@link Harvest#read}.
 */
public interface HarvestListener {
  /**
   * A document begins. A document is followed by its end before anything else begins.
   *
   * @param path where it lies, for people: the file as it was named to {@link Harvest#read}, and
   *     behind it for each archive around the document {@code !/} and the name in it
   * @param name its own name, without folders and without endings of containers
   * @param catalogue the catalogue that it is an edition of, as {@link CatalogueName}. Documents of
   *     one record each that lie in an archive have one catalogue, named after the file
   * @param format {@link CatalogueReader#format}
   * @return who takes what the document holds
   */
  Sink begin(String path, String name, String catalogue, String format);

  /**
   * The document that began last has ended.
   *
   * @param unreadable null when it was read to its end, else why not. What the sink was told before
   *     stays true, but the document may have held more
   */
  void end(@Nullable Defect unreadable);

  /**
   * A document that no reader takes, or an archive that cannot be unpacked on: what was in it
   * before is good.
   *
   * @param path as in {@link #begin}
   * @param why never a note
   */
  void refused(String path, Defect why);

  /**
   * How far the file has been read: at most four times a second, and once at the end.
   *
   * @param bytes of the file as it lies on the disk; never decreases
   * @param total its size in bytes
   */
  void progress(long bytes, long total);
}
