package dev.fairground.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/publishing.md, run one after the other as they stand. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");

  private final Asking asking;

  PublishingPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    DraftMarket.into(asking);
  }

  private record Example(String as, String document) {}

  private static List<Example> examples() throws IOException {
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/publishing.md")));
    var examples = new ArrayList<Example>();
    while (found.find()) {
      examples.add(new Example(found.group(1), found.group(2)));
    }
    return examples;
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var draft = "";
    var product = "";
    var steps = 0;
    for (var example : examples()) {
      var document = example.document().replace("pd_…", draft).replace("dp_…", product);
      var as =
          example.as().equals("institution")
              ? DraftMarket.institution(asking)
              : DraftMarket.operator(asking);
      var answer = as.answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      var data = answer.getJsonObject("data");
      var payload = data.getJsonObject(data.fieldNames().iterator().next());
      if (payload.containsKey("userErrors")) {
        assertThat(payload.getJsonArray("userErrors")).as(document + answer).isEmpty();
      }
      draft = idOf(payload.getJsonObject("productDraft"), draft);
      if (payload.getValue("changes") instanceof io.vertx.core.json.JsonArray changes) {
        product = changes.getJsonObject(0).getString("productId");
      }
      steps++;
    }
    assertThat(steps).isGreaterThanOrEqualTo(8);
  }

  private static String idOf(@org.jspecify.annotations.Nullable JsonObject object, String before) {
    return object == null || object.getString("id") == null ? before : object.getString("id");
  }
}
