package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sink that remembers everything it was told. */
final class Heard implements Sink {
  final List<HarvestedResource> resources = new ArrayList<>();
  final List<HarvestedProduct> products = new ArrayList<>();
  final List<Defect> defects = new ArrayList<>();
  @Nullable CatalogueFacts catalogue;

  /** What a reader tells of a file under {@code src/test/resources/harvest}. */
  static Heard of(CatalogueReader reader, String file) {
    try (var in = Objects.requireNonNull(Heard.class.getResourceAsStream("/harvest/" + file))) {
      var heard = new Heard();
      reader.read(new Document(file, in), heard);
      return heard;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What a reader tells of a file with this text. */
  static Heard ofText(CatalogueReader reader, String text) throws IOException {
    var heard = new Heard();
    reader.read(document(text), heard);
    return heard;
  }

  static Document document(String text) {
    return new Document("example", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The rules that were told, in their order. */
  List<Rule> rules() {
    return defects.stream().map(Defect::rule).toList();
  }

  @Override
  public void catalogue(CatalogueFacts facts) {
    catalogue = facts;
  }

  @Override
  public void resource(HarvestedResource resource) {
    resources.add(resource);
  }

  @Override
  public void product(HarvestedProduct product) {
    products.add(product);
  }

  @Override
  public void defect(Defect defect) {
    defects.add(defect);
  }
}
