package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what is told of a file, a line for each call. */
final class HarvestLog implements HarvestListener {
  private static final Set<Rule> ABOUT_A_RECORD = Set.of(Rule.IDENTIFIER_MISSING);

  final List<String> lines = new ArrayList<>();
  final List<String> catalogues = new ArrayList<>();
  long bytes;

  /** What it throws when it is told of a catalogue, if anything. */
  @Nullable RuntimeException fails;

  private final Path folder;

  HarvestLog(Path folder) {
    this.folder = folder;
  }

  /** Reads a file of {@link TitleReader}'s format. */
  static HarvestLog of(Path file, HarvestLimits limits) throws IOException {
    var log = new HarvestLog(file.resolveSibling("").toAbsolutePath());
    new Harvest(List.of(new TitleReader()), limits).read(file, log);
    return log;
  }

  static HarvestLog of(Path file) throws IOException {
    return of(file, HarvestLimits.STANDARD);
  }

  @Override
  public Sink begin(String path, String name, String catalogue, String format) {
    lines.add("begin " + shown(path));
    catalogues.add(catalogue);
    return new Sink() {
      @Override
      public void catalogue(CatalogueFacts facts) {
        if (fails != null) {
          throw fails;
        }
        lines.add("catalogue");
      }

      @Override
      public void resource(HarvestedResource resource) {
        lines.add(resource.title());
      }

      @Override
      public void product(HarvestedProduct product) {
        lines.add(product.title());
      }

      @Override
      public void defect(Defect defect) {
        if (!ABOUT_A_RECORD.contains(defect.rule())) {
          lines.add(written(defect));
        }
      }
    };
  }

  @Override
  public void end(@Nullable Defect unreadable) {
    lines.add(unreadable == null ? "end" : "end " + written(unreadable));
  }

  @Override
  public void refused(String path, Defect why) {
    lines.add("refused " + shown(path) + " " + written(why));
  }

  @Override
  public void progress(long read, long total) {
    bytes = read;
  }

  private String shown(String path) {
    return path.substring(folder.toString().length() + 1);
  }

  private static String written(Defect defect) {
    return defect.value() == null
        ? defect.rule().toString()
        : defect.rule() + " (" + defect.value() + ")";
  }

  /** Reads lines of {@code title=A title}, one record each. */
  static class TitleReader implements CatalogueReader {
    @Override
    public String format() {
      return "Titles";
    }

    @Override
    public boolean recognises(Beginning beginning) {
      return beginning.startsWith("title=") || beginning.startsWith("<?xml");
    }

    @Override
    public void read(Document document, Sink sink) throws IOException {
      var lines =
          new BufferedReader(new InputStreamReader(document.content(), StandardCharsets.UTF_8));
      var number = 0;
      String line;
      while ((line = lines.readLine()) != null) {
        var place = "record " + ++number;
        new ResourceBuilder(
                sink, place, "en", com.fasterxml.jackson.databind.node.NullNode.getInstance())
            .title("title", line.replace("title=", ""))
            .tell();
      }
    }
  }
}
