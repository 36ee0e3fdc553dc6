package dev.fairground.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/prices.md, run one after the other as they stand, but from today on. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PricesPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");

  private final Asking asking;

  PricesPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
  }

  private Asking as(String who) {
    return switch (who) {
      case "institution" -> PriceMarket.institution(asking);
      case "operator" -> PriceMarket.operator(asking);
      case "authority" -> PriceMarket.priceAuthority(asking);
      default -> asking;
    };
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var written = new HashMap<String, String>();
    written.put("ag_…", PriceMarket.GRANT);
    written.put("dp_1…", PriceMarket.PRODUCT);
    written.put("dp_2…", PriceMarket.FOR_BOTH);
    written.put("org_…", PriceMarket.id(PriceMarket.OPERATOR));
    written.put("2027-01-01", PriceMarket.TODAY.toString());
    written.put("2027-07-01", PriceMarket.TODAY.plusDays(181).toString());
    written.put("2027-12-31", PriceMarket.TODAY.plusDays(364).toString());
    var answers = new StringBuilder();
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/prices.md")));
    var steps = 0;
    while (found.find()) {
      var document = found.group(2);
      for (var one : written.entrySet()) {
        document = document.replace(one.getKey(), one.getValue());
      }
      var answer = as(found.group(1)).answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      var data = answer.getJsonObject("data");
      var payload = data.getJsonObject(data.fieldNames().iterator().next());
      if (payload.containsKey("userErrors")) {
        assertThat(payload.getJsonArray("userErrors")).as(document + answer).isEmpty();
      }
      keep(written, "pc_…", payload.getJsonObject("priceCeiling"));
      keep(written, "rc_…", payload.getJsonObject("revenueCap"));
      answers.append(payload.encode());
      steps++;
    }
    assertThat(steps).isEqualTo(8);
    assertThat(answers.toString())
        .contains(
            "\"outcome\":\"WITHIN\",\"fromQuantity\":\"0\",\"price\":{\"amount\":\"10\"}",
            "\"tariffsNowAboveCount\":1",
            "\"excess\":{\"amount\":\"1\"}",
            "\"difference\":{\"amount\":\"5\"}",
            "\"income\":{\"amount\":\"12.5\"}");
  }

  private static void keep(
      Map<String, String> written, String name, @org.jspecify.annotations.Nullable JsonObject of) {
    if (of != null && of.getString("id") != null) {
      written.put(name, of.getString("id"));
    }
  }
}
