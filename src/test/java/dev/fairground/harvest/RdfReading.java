package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import dev.fairground.harvest.Defect.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reading a file told, and how it ended. */
final class RdfReading implements Sink {
  static final String PREFIXES =
      """
      @prefix dcat: <http://www.w3.org/ns/dcat#> .
      @prefix dct: <http://purl.org/dc/terms/> .
      @prefix foaf: <http://xmlns.com/foaf/0.1/> .
      """;

  final List<HarvestedResource> resources = new ArrayList<>();
  final List<Defect> defects = new ArrayList<>();
  @Nullable CatalogueFacts facts;
  @Nullable UnreadableFile refusal;

  /** Reads an excerpt of a catalogue from the tests' resources. */
  static RdfReading ofFile(String name) {
    return of(file(name));
  }

  static RdfReading of(String content) {
    return of(content, new RdfCatalogueReader());
  }

  static RdfReading of(String content, RdfCatalogueReader reader) {
    var reading = new RdfReading();
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      reader.read(new Document("catalogue", new ByteArrayInputStream(bytes)), reading);
    } catch (UnreadableFile refused) {
      reading.refusal = refused;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return reading;
  }

  /** Turtle with the usual prefixes before it. */
  static RdfReading ofTurtle(String triples) {
    return of(PREFIXES + triples);
  }

  static String file(String name) {
    try (var in =
        requireNonNull(RdfReading.class.getResourceAsStream("/harvest/rdf/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The only resource that was told. */
  HarvestedResource resource() {
    if (resources.size() != 1) {
      throw new AssertionError(resources.size() + " resources, " + refusal);
    }
    return resources.getFirst();
  }

  List<Rule> rules() {
    return defects.stream().map(Defect::rule).toList();
  }

  @Override
  public void catalogue(CatalogueFacts facts) {
    this.facts = facts;
  }

  @Override
  public void resource(HarvestedResource resource) {
    resources.add(resource);
  }

  @Override
  public void product(HarvestedProduct product) {
    throw new AssertionError("RDF lists no products: " + product);
  }

  @Override
  public void defect(Defect defect) {
    defects.add(defect);
  }
}
