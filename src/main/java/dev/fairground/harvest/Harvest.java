package dev.fairground.harvest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads catalogues from files, whatever they are packed in: each document in a file goes to the one
 * reader that recognises its beginning. What goes wrong with a document is told of that document
 * and its neighbours are read; memory grows with none of them.
 */
public final class Harvest {
  private final List<CatalogueReader> readers;
  private final HarvestLimits limits;

  /**
   * A harvest by these readers.
   *
   * @param readers asked in this order; the first that recognises a document reads it
   */
  public Harvest(List<CatalogueReader> readers, HarvestLimits limits) {
    this.readers = List.copyOf(readers);
    this.limits = limits;
  }

  /** A harvest within {@link HarvestLimits#STANDARD}. */
  public Harvest(List<CatalogueReader> readers) {
    this(readers, HarvestLimits.STANDARD);
  }

  /**
   * Reads a file to its end and tells the listener all that is in it.
   *
   * @throws IOException where the file is not there or the disk fails; never for what is in it.
   *     What the listener throws comes out as well, unchanged
   */
  public void read(Path file, HarvestListener listener) throws IOException {
    try (var containers = Containers.open(file, limits)) {
      var guarded = new GuardedListener(listener);
      var progress = new Progress(containers, guarded);
      containers.each(new DocumentReading(readers, guarded, progress));
      progress.end();
    }
  }
}
