package dev.fairground.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** The market of {@code demo/README.md}. */
public final class DemoMarket {
  private static final String FILE = "/demo/beijing-products.csv";

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
    return repository.fill(products());
  }

  private static JsonArray products() throws IOException {
    var products = new JsonArray();
    try (var in = requireNonNull(DemoMarket.class.getResourceAsStream(FILE), FILE);
        var rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      while (rows.hasNext()) {
        products.add(product(rows.next(), products.size() + 1));
      }
    }
    return products;
  }

  private static JsonObject product(Map<String, String> row, int line) {
    var deliveries =
        Arrays.stream(requireNonNull(row.get("delivery_forms")).split(";"))
            .map(form -> requireNonNull(DELIVERIES.get(form), form))
            .toList();
    return new JsonObject()
        .put("code", "BJ-0804-%03d".formatted(line))
        .put("title", row.get("service_name"))
        .put("field", row.get("domain"))
        .put("purpose_class", requireNonNull(PURPOSES.get(row.get("purpose"))))
        .put("deliveries", new JsonArray(deliveries))
        .put("source", row.get("source"));
  }
}
