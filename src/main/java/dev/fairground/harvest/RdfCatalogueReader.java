package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.h2.mvstore.MVStoreException;

/**
 * Reads DCAT-AP catalogues (W3C DCAT 3 and its European and national profiles) in RDF/XML, Turtle,
 * N-Triples, TriG and JSON-LD 1.1. Datasets, dataset series and data services are records.
 *
 * <p>Nothing of a file is told before all of it is read: a graph that breaks off is not a set of
 * records, as any triple of the missing part might have belonged to any of them. So an {@link
 * UnreadableFile} here means that the sink was told nothing. Records come in the order in which the
 * file first mentions them.
 */
public final class RdfCatalogueReader implements CatalogueReader {
  private final Path temporary;

  /** Keeps what it reads in the system's temporary folder, and leaves nothing there. */
  public RdfCatalogueReader() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  RdfCatalogueReader(Path temporary) {
    this.temporary = temporary;
  }

  @Override
  public String format() {
    return "DCAT-AP";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return RdfSyntax.of(beginning) != null;
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var content = new BufferedInputStream(document.content(), Beginning.LENGTH);
    var syntax = RdfSyntax.of(beginning(document.name(), content));
    if (syntax == null) {
      throw new UnreadableFile(Rule.NOT_A_CATALOGUE, "the file is no RDF about catalogues");
    }
    try (var graph = RdfGraph.open(temporary)) {
      RdfParsing.parse(syntax, content, graph);
      tell(graph, sink);
    } catch (MVStoreException disk) {
      throw new IOException("the triples cannot be kept in the temporary folder", disk);
    }
  }

  private static Beginning beginning(String name, InputStream content) throws IOException {
    content.mark(Beginning.LENGTH);
    var bytes = content.readNBytes(Beginning.LENGTH);
    content.reset();
    return new Beginning(name, new String(bytes, StandardCharsets.UTF_8));
  }

  private static void tell(RdfGraph graph, Sink sink) throws UnreadableFile {
    var languages = graph.titleLanguages();
    var complete = !graph.pageOfSeveral();
    var number = 0;
    for (var subject : graph.records()) {
      number++;
      if (!graph.describes(subject)) {
        complete = false;
        continue;
      }
      var tree = RdfTree.of(graph, subject);
      if (tree == null) {
        sink.defect(
            Defect.of(
                RdfGraph.isBlank(subject) ? "record " + number : RdfGraph.address(subject),
                Rule.RECORD_TOO_LARGE));
      } else {
        new DcatRecord(tree, languages).tell(sink, number);
      }
    }
    var catalogue = graph.catalogue();
    if (catalogue == null && number == 0) {
      throw new UnreadableFile(
          Rule.NOT_A_CATALOGUE, "the file is RDF, but holds no catalogue, dataset or data service");
    }
    if (!complete) {
      sink.defect(Defect.of("", Rule.INCOMPLETE_CATALOGUE));
    }
    var tree = catalogue == null ? null : RdfTree.of(graph, catalogue);
    var source = tree == null ? null : new DcatRecord(tree, languages).source();
    sink.catalogue(new CatalogueFacts(source, complete));
  }
}
