package dev.fairground.harvest;

import java.io.IOException;

/** Reads catalogues of one format, as a stream: memory does not grow with the file. */
public interface CatalogueReader {
  /** What the format is called in reports, for instance {@code DCAT-US}. */
  String format();

  /**
   * Whether a file of the format holds one record. The files of an archive are then one catalogue,
   * and not a catalogue each.
   */
  default boolean oneRecord() {
    return false;
  }

  /** Whether a file that begins like this is one of the format. */
  boolean recognises(Beginning beginning);

  /**
   * Reads a file to its end, telling the sink of each record and each defect as it goes.
   *
   * @throws UnreadableFile where the file cannot be read on; what was told before stays true
   */
  void read(Document document, Sink sink) throws IOException;
}
