package dev.fairground.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The market of {@code demo/README.md}. */
public final class DemoMarket {
  private static final Map<String, String> DELIVERIES =
      Map.of("接口", "API", "数据集", "FILE", "模型", "MODEL", "报告", "REPORT");

  /** The source joins governance and welfare in one class; both are free of charge. */
  private static final Map<String, String> PURPOSES =
      Map.of("公共治理、公益事业", "PUBLIC_GOVERNANCE", "产业发展、行业发展", "INDUSTRY");

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
    var line = 1;
    for (var row : rows("beijing-resources")) {
      resources.add(beijingResource(row, line++));
    }
    var products = new JsonArray();
    for (var row : rows("beijing-products")) {
      products.add(beijingProduct(row, products.size() + 1));
    }
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

  private static JsonObject beijingResource(Map<String, String> row, int line) {
    return new JsonObject()
        .put("platform", "beijing")
        .put("code", "BJ-R-%03d".formatted(line))
        .put("identifier", row.get("resource_class") + "/" + row.get("resource_item"))
        .put("title", row.get("resource_item"))
        .put("locale", "zh")
        .put("topic", row.get("domain") + " / " + row.get("resource_class"))
        .put("region", "110000");
  }

  private static JsonObject beijingProduct(Map<String, String> row, int line) {
    var deliveries =
        Arrays.stream(requireNonNull(row.get("delivery_forms")).split(";"))
            .map(form -> requireNonNull(DELIVERIES.get(form), form))
            .toList();
    return new JsonObject()
        .put("code", "BJ-0804-%03d".formatted(line))
        .put("title", row.get("service_name"))
        .put("scenario_no", row.get("scenario_no"))
        .put("scenario", row.get("scenario"))
        .put("field", row.get("domain"))
        .put("purpose_class", requireNonNull(PURPOSES.get(row.get("purpose"))))
        .put("purpose_label", row.get("purpose"))
        .put("deliveries", new JsonArray(deliveries))
        .put("source", row.get("source"));
  }
}
