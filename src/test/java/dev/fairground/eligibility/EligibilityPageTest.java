package dev.fairground.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/eligibility.md, run as they stand. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EligibilityPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");

  private final Asking asking;

  EligibilityPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements).at(EligibilityMarket.NOW);
  }

  @BeforeAll
  void market() {
    EligibilityMarket.into(asking);
    EligibilityMarket.run(asking, EligibilityMarket.PRODUCT);
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var answers = new StringBuilder();
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/eligibility.md")));
    var steps = 0;
    while (found.find()) {
      var document =
          found
              .group(2)
              .replace("dp_…", EligibilityMarket.product(11))
              .replace("sce_…", EligibilityMarket.scenario(1));
      var who = found.group(1).equals("developer") ? EligibilityMarket.developer(asking) : asking;
      var answer = who.answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      answers.append(answer.encode());
      steps++;
    }
    assertThat(steps).isEqualTo(3);
    assertThat(answers.toString())
        .contains(
            "\"total\":{\"amount\":\"1250\",\"currency\":\"CNY\"}",
            "\"standing\":\"DEPENDS\"",
            "\"amount\":{\"amount\":\"150\"}",
            "\"totalCount\":");
  }

  @Test
  void the_page_names_every_check_by_its_code() throws IOException {
    var page = Files.readString(Path.of("docs/eligibility.md"));
    var report =
        EligibilityMarket.developer(asking)
            .data(
                "{ eligibility(productId: \"%s\") { checks { code } } }"
                    .formatted(EligibilityMarket.product(11)));
    for (var check : report.getJsonObject("eligibility").getJsonArray("checks")) {
      var code = ((io.vertx.core.json.JsonObject) check).getString("code");
      if (!code.matches("FA-\\d+|POLICY\\..*")) {
        assertThat(page).contains("`" + code + "`");
      }
    }
  }
}
