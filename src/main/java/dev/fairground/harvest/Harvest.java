package dev.fairground.harvest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** stand-in. */
public final class Harvest {
  private final List<CatalogueReader> readers;

  public Harvest(List<CatalogueReader> readers) {
    this.readers = readers;
  }

  public void read(Path file, HarvestListener listener) throws IOException {
    var name = file.getFileName().toString();
    var gz = name.endsWith(".gz");
    if (gz) {
      name = name.substring(0, name.length() - 3);
    }
    try (InputStream raw = Files.newInputStream(file);
        var in = new BufferedInputStream(gz ? new GZIPInputStream(raw) : raw, 1 << 18)) {
      in.mark(1 << 17);
      var text = new String(in.readNBytes(Beginning.LENGTH), StandardCharsets.UTF_8);
      in.reset();
      var b = new Beginning(name, text);
      for (var r : readers) {
        if (r.recognises(b)) {
          var sink =
              listener.begin(file.toString(), name, name.replaceAll("[.].*", ""), r.format());
          try {
            r.read(new Document(name, in), sink);
            listener.end(null);
          } catch (UnreadableFile e) {
            listener.end(new Defect(String.valueOf(e.getMessage()), null, e.rule(), null));
          }
          return;
        }
      }
      listener.refused(file.toString(), Defect.of("", Defect.Rule.NOT_A_CATALOGUE));
    }
  }
}
