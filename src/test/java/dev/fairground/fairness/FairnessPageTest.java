package dev.fairground.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.demo.DemoMarket;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/fairness.md, run as they stand over the demonstration market. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairnessPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```graphql\n# as anybody\n(.*?)```");

  private final Asking asking;
  private final Database database;

  FairnessPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.database = database;
  }

  @BeforeAll
  void market() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    new DemoMarket(database).load().await(30, TimeUnit.SECONDS);
  }

  @Test
  void every_example_is_answered() throws IOException {
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/fairness.md")));
    var answers = new StringBuilder();
    var steps = 0;
    while (found.find()) {
      answers.append(asking.data(found.group(1)).encode());
      steps++;
    }
    assertThat(steps).isEqualTo(5);
    assertThat(answers.toString())
        .contains(
            "\"figure\":\"ON_TIME_SHARE\",\"rule\":\"SHARE\"",
            "\"refusalReasons\":[\"CLASSIFICATION\"]");
  }

  @Test
  void the_body_that_a_figure_hands_out_is_answered_as_it_is() {
    var figures =
        asking
            .data(
                "{ organization(code: \"DEMO-OPERATOR-BEIJING\") { fairness { refused recompute(figures: [REFUSED]) { request } } } }")
            .getJsonObject("organization")
            .getJsonObject("fairness");
    var body =
        new JsonObject(figures.getJsonArray("recompute").getJsonObject(0).getString("request"));

    var answer = asking.answer(body.getString("query"), body.getJsonObject("variables").getMap());

    assertThat(answer.getJsonObject("data").getInteger("count"))
        .isPositive()
        .isEqualTo(figures.getInteger("refused"));
    assertThat(asking.answer("{ marketFairness { requests } }", Map.of()).containsKey("errors"))
        .isFalse();
  }
}
