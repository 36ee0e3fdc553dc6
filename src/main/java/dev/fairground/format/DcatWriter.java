package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.vocabulary.DCAT;
import org.eclipse.rdf4j.model.vocabulary.DCTERMS;
import org.eclipse.rdf4j.model.vocabulary.FOAF;
import org.eclipse.rdf4j.model.vocabulary.SKOS;
import org.eclipse.rdf4j.model.vocabulary.XSD;
import org.eclipse.rdf4j.rio.RDFWriter;
import org.eclipse.rdf4j.rio.helpers.BasicWriterSettings;
import org.eclipse.rdf4j.rio.turtle.TurtleWriter;

/** A catalogue of DCAT-AP 3, in Turtle or JSON-LD. */
public final class DcatWriter implements RowWriter {
  static final Map<String, String> PREFIXES =
      new TreeMap<>(
          Map.of(
              "dcat", DCAT.NAMESPACE,
              "dct", DCTERMS.NAMESPACE,
              "foaf", FOAF.NAMESPACE,
              "skos", SKOS.NAMESPACE,
              "xsd", XSD.NAMESPACE));

  /**
   * Of what the catalogue is.
   *
   * @param id a global id that no other catalogue has
   * @param publisherId the global id of who publishes it
   */
  public record Catalog(String id, String title, String publisherId, String publisher) {}

  /** Takes triples in the order in which they are written. */
  interface Triples {
    void write(List<Statement> statements) throws IOException;

    void end() throws IOException;
  }

  private final DcatGraph graph;
  private final Triples triples;
  private final OutputStream out;

  private DcatWriter(Catalog catalog, Triples triples, OutputStream out) throws IOException {
    this.graph = new DcatGraph(catalog.id());
    this.triples = triples;
    this.out = out;
    triples.write(graph.catalog(catalog.title(), catalog.publisherId(), catalog.publisher()));
  }

  public static DcatWriter turtle(Catalog catalog, OutputStream out) throws IOException {
    return new DcatWriter(catalog, new Turtle(out), out);
  }

  public static DcatWriter jsonLd(Catalog catalog, OutputStream out) throws IOException {
    return new DcatWriter(catalog, new JsonLdTriples(out), out);
  }

  @Override
  public void write(JsonNode row) throws IOException {
    triples.write(graph.product(ProductRows.product(row)));
  }

  @Override
  public void close() throws IOException {
    triples.end();
    out.close();
  }

  private static final class Turtle implements Triples {
    private final RDFWriter writer;

    Turtle(OutputStream out) {
      writer = new TurtleWriter(out);
      // Otherwise it keeps everything until the end.
      writer.getWriterConfig().set(BasicWriterSettings.INLINE_BLANK_NODES, false);
      writer.startRDF();
      PREFIXES.forEach(writer::handleNamespace);
    }

    @Override
    public void write(List<Statement> statements) {
      statements.forEach(writer::handleStatement);
    }

    @Override
    public void end() {
      writer.endRDF();
    }
  }
}
