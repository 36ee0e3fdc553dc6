package dev.fairground.harvest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** stand-in. */
public final class Harvest {
  public Harvest(List<CatalogueReader> readers) {}

  public void read(Path file, HarvestListener listener) throws IOException {}
}
