package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/**
 * The Open Data Product Specification 4.1: a YAML document for each product. What the market does
 * not know (strategy, service levels, quality, licence) is left out; what the specification has no
 * word for stands under {@code x-fairground}, in the names of the schema, and is read from there.
 */
public final class OdpsWriter implements RowWriter {
  static final String OURS = "x-fairground";
  private static final String SCHEMA = "https://opendataproducts.org/v4.1/schema/odps.yaml";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final YAMLMapper yaml =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final OutputStream out;

  public OdpsWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(JsonNode row) throws IOException {
    out.write(yaml.writeValueAsBytes(document(ProductRows.product(row))));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  static ObjectNode document(JsonNode product) {
    var document = JSON.objectNode();
    document.put("schema", SCHEMA).put("version", "4.1");
    var body = document.putObject("product");
    var details = body.putObject("details");
    for (var title : ProductRows.texts(product, "")) {
      details.set(tag(title.locale()), details(product, title));
    }
    var plans = plans(product);
    if (!plans.isEmpty()) {
      body.putObject("pricingPlans").putObject("declarative").set("zh", plans);
    }
    var operator = product.path("operator");
    var holder = body.putObject("dataHolder");
    holder.put("legalName", operator.path("zh").path("value").asText());
    put(holder, "businessID", operator.path("creditCode"));
    put(holder, "URL", operator.path("website"));
    body.set(OURS, ours(product));
    return document;
  }

  private static ObjectNode details(JsonNode product, ProductRows.Said title) {
    var details = JSON.objectNode();
    details.put("name", title.value());
    details.put("productID", product.path("code").asText());
    details.put("visibility", "public");
    details.put("status", status(product.path("status").asText()));
    details.put("type", type(product));
    details.put("productVersion", product.path("version").asText());
    for (var summary : ProductRows.texts(product, "Summary")) {
      if (summary.locale().equals(title.locale())) {
        details.put("description", summary.value());
      }
    }
    var categories = JSON.arrayNode();
    var sector = product.path("sector").path("zh").path("value");
    if (sector.isTextual()) {
      categories.add(sector);
    }
    if (product.path("field").isTextual()) {
      categories.add(product.path("field"));
    }
    if (!categories.isEmpty()) {
      details.set("categories", categories);
    }
    var uses = JSON.arrayNode();
    for (var scenario : product.path("scenarios").path("nodes")) {
      if (scenario.path("allowed").asBoolean()) {
        uses.addObject()
            .putObject("useCase")
            .put("useCaseTitle", scenario.path("scenario").path("title").path("value").asText());
      }
    }
    if (!uses.isEmpty()) {
      details.set("useCases", uses);
    }
    put(details, "created", product.path("publishedAt"));
    put(details, "updated", product.path("validFrom"));
    return details;
  }

  /** What only the market has words for, as an entry of a list. */
  private static ObjectNode ours(JsonNode product) {
    var entry = JSON.objectNode();
    entry.put(
        "kind",
        product.path("__typename").asText().equals("ServiceCapability")
            ? "SERVICE_CAPABILITY"
            : "DATA_PRODUCT");
    entry.set("authorization", product.path("authorization").path("number"));
    var resources = JSON.arrayNode();
    for (var used : product.path("resources").path("nodes")) {
      var resource = resources.addObject();
      resource.set("resource", used.path("resource").path("code"));
      put(resource, "dataItems", used.path("dataItems"));
    }
    put(entry, "resources", resources);
    var scenarios = JSON.arrayNode();
    for (var used : product.path("scenarios").path("nodes")) {
      var scenario = scenarios.addObject();
      scenario.set("scenario", used.path("scenario").path("code"));
      scenario.set("allowed", used.path("allowed"));
    }
    put(entry, "scenarios", scenarios);
    for (var name :
        new String[] {
          "form",
          "tier",
          "purposeClass",
          "field",
          "sectorCode",
          "regionCode",
          "deliveries",
          "updateFrequency",
          "dataUpdatedOn",
          "grade",
          "personalInformation",
          "capabilityKind",
          "capacity",
          "leadTimeWorkingDays",
          "accessTerms",
          "tradingVenue"
        }) {
      put(entry, name, product.path(name));
    }
    put(entry, "startsOn", product.path("term").path("startsOn"));
    put(entry, "endsOn", product.path("term").path("endsOn"));
    return entry;
  }

  /** A plan for each step of each price. */
  private static ArrayNode plans(JsonNode product) {
    var plans = JSON.arrayNode();
    for (var tariff : product.path("tariffs")) {
      var unit =
          tariff.path("unitText").isTextual()
              ? tariff.path("unitText").asText()
              : tariff.path("unit").asText();
      if (tariff.path("freeOfCharge").asBoolean()) {
        plans
            .addObject()
            .put("name", tariff.path("item").asText())
            .put("price", 0)
            .put("unit", unit);
        continue;
      }
      for (var tier : tariff.path("tiers")) {
        var from = new BigDecimal(tier.path("fromQuantity").asText("0"));
        var plan = plans.addObject();
        plan.put(
            "name",
            tariff.path("item").asText()
                + (from.signum() == 0
                    ? ""
                    : " (≥ " + from.stripTrailingZeros().toPlainString() + ")"));
        plan.put("priceCurrency", tier.path("unitPrice").path("currency").asText());
        plan.put("price", new BigDecimal(tier.path("unitPrice").path("amount").asText("0")));
        plan.put("unit", unit);
      }
    }
    return plans;
  }

  private static void put(ObjectNode into, String name, JsonNode value) {
    if (!value.isNull() && !value.isMissingNode() && !(value.isArray() && value.isEmpty())) {
      into.set(name, value);
    }
  }

  private static String tag(String locale) {
    return locale.split("[-_]", -1)[0];
  }

  private static String status(String status) {
    return switch (status) {
      case "SUSPENDED" -> "sunset";
      case "DELISTED" -> "retired";
      default -> "production";
    };
  }

  private static String type(JsonNode product) {
    return product.path("__typename").asText().equals("ServiceCapability")
        ? "data-driven service"
        : switch (product.path("form").asText()) {
          case "API", "VERIFICATION" -> "data-driven service";
          case "DATASET" -> "dataset";
          case "REPORT" -> "reports";
          case "MODEL" -> "algorithm";
          case "INDEX" -> "derived data";
          case "DATA_OBJECT" -> "raw data";
          default -> "data-enhanced product";
        };
  }
}
