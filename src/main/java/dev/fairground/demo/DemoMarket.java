package dev.fairground.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.harvest.CatalogueFacts;
import dev.fairground.harvest.CatalogueReader;
import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Document;
import dev.fairground.harvest.HarvestedProduct;
import dev.fairground.harvest.HarvestedResource;
import dev.fairground.harvest.ProductListReader;
import dev.fairground.harvest.ResourceListReader;
import dev.fairground.harvest.Sink;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The market of {@code demo/README.md}. */
public final class DemoMarket {
  private final DemoMarketRepository repository;

  public DemoMarket(Database database) {
    repository = new DemoMarketRepository(database);
  }

  /**
   * Fills an empty database, at once or not at all.
   *
   * @return whether it was empty
   */
  public Future<Boolean> load() throws IOException {
    var platforms = new JsonArray();
    rows("platforms").forEach(row -> platforms.add(object(row)));
    var resources = new JsonArray();
    rows("resources").forEach(row -> resources.add(object(row)));
    var beijing = new Told();
    read(new ResourceListReader(), "beijing-resources", beijing);
    read(new ProductListReader(), "beijing-products", beijing);
    var number = 1;
    for (var resource : beijing.resources) {
      resources.add(beijingResource(resource, number++));
    }
    var products = new JsonArray();
    beijing.products.forEach(product -> products.add(beijingProduct(product)));
    return repository.fill(new DemoMarketRepository.Content(platforms, resources, products));
  }

  private static List<Map<String, String>> rows(String name) throws IOException {
    var file = "/demo/" + name + ".csv";
    var rows = new ArrayList<Map<String, String>>();
    try (var in = requireNonNull(DemoMarket.class.getResourceAsStream(file), file);
        var values =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      values.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static JsonObject object(Map<String, String> row) {
    var object = new JsonObject();
    row.forEach((column, value) -> object.put(column, value.isEmpty() ? null : value));
    return object;
  }

  private static JsonObject beijingResource(HarvestedResource resource, int number) {
    return new JsonObject()
        .put("platform", "beijing")
        .put("code", "BJ-R-%03d".formatted(number))
        .put("identifier", resource.identifier())
        .put("title", resource.title())
        .put("locale", resource.locale())
        .put("topic", resource.topic())
        .put("region", resource.regionCode());
  }

  private static JsonObject beijingProduct(HarvestedProduct product) {
    return new JsonObject()
        .put("code", product.code())
        .put("title", product.title())
        .put("scenario_code", product.scenarioCode())
        .put("scenario", product.scenario())
        .put("field", product.field())
        .put("purpose_class", product.purposeClass())
        .put("purpose_label", product.purposeLabel())
        .put("deliveries", new JsonArray(product.deliveries()))
        .put("source", product.sourceRecord().path("source").asText());
  }

  private static void read(CatalogueReader reader, String name, Sink sink) throws IOException {
    var file = "/demo/" + name + ".csv";
    try (var in = requireNonNull(DemoMarket.class.getResourceAsStream(file), file)) {
      reader.read(new Document(name + ".csv", in), sink);
    }
  }

  /** What Beijing's lists hold; they ship with the program, and without a defect. */
  private static final class Told implements Sink {
    final List<HarvestedResource> resources = new ArrayList<>();
    final List<HarvestedProduct> products = new ArrayList<>();

    @Override
    public void catalogue(CatalogueFacts facts) {}

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
      throw new IllegalStateException(defect.toString());
    }
  }
}
