package dev.fairground.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/access-policies.md, run one after the other, with the notice from today. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPoliciesPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");

  private final Asking asking;

  AccessPoliciesPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PolicyMarket.into(asking);
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var page = Files.readString(Path.of("docs/access-policies.md"));
    var found = EXAMPLE.matcher(page);
    var answers = new ArrayList<JsonObject>();
    while (found.find()) {
      var document =
          found
              .group(2)
              .replace("dp_1…", PolicyMarket.product(11))
              .replace("dp_2…", PolicyMarket.product(12))
              .replace("2027-01-08", PolicyMarket.TODAY.plusDays(7).toString());
      var asked = found.group(1).equals("operator") ? PolicyMarket.operator(asking) : asking;
      var answer = asked.answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      answers.add(answer.getJsonObject("data"));
    }

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).encode()).contains("\"basic\":true", "\"exclusive\":false");
    assertThat(answers.get(1).encode()).contains("FORBIDDEN_BY_LAW", "SMALL_FIRM");
    assertThat(answers.get(2).encode())
        .contains(
            "\"userErrors\":[]", "\"version\":1", "\"published\":true", "SECURITY_NOT_PROVED");
    assertThat(answers.get(3).encode())
        .contains("\"userErrors\":[]", "\"version\":2", "\"change\":\"LOOSER\"");
    var product = answers.get(4).getJsonObject("product");
    assertThat(product.getJsonObject("now").getInteger("version")).isZero();
    assertThat(product.getJsonObject("then").getInteger("version")).isEqualTo(2);
    var terms = product.getJsonObject("standardTerms");
    assertThat(
            TermsDigest.of(
                Text.of("标准条款", "zh"),
                Text.of(terms.getJsonObject("text").getString("value"), "zh"),
                new JsonObject(terms.getString("odrl"))))
        .as("anybody computes the digest from what the example asks for and the title")
        .isEqualTo(terms.getString("digest"));
  }

  @Test
  void it_names_every_rule_and_every_reason_that_stands_by_itself() throws IOException {
    var page = Files.readString(Path.of("docs/access-policies.md"));

    for (var rule : ConditionRule.values()) {
      assertThat(page).contains("`" + rule + "`");
    }
    for (var reason : BasicPolicy.STANDING) {
      assertThat(page).contains("`" + reason + "`");
    }
  }
}
