package dev.fairground.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/access.md, run one after the other on their days. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+) on ([0-9-]{10})[^\n]*\n(.*?)```");
  private static final Pattern MADE =
      Pattern.compile("\"(id|id2|agreementDigest)\":(\"((acr|acg)_)?[0-9a-f]{32,64}\")");

  private final Database database;
  private final Asking asking;

  AccessPageTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private Asking as(String who, String day) {
    return switch (who) {
      case "applicant" -> AccessMarket.applicant(asking, day);
      case "operator" -> AccessMarket.operator(asking, day);
      case "institution" -> AccessMarket.institution(asking, day);
      default -> throw new IllegalArgumentException(who);
    };
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var known = new HashMap<String, String>();
    var answers = new StringBuilder();
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/access.md")));
    while (found.find()) {
      var document = found.group(3);
      for (var one : known.entrySet()) {
        document = document.replace("\"" + one.getKey() + "…\"", one.getValue());
      }
      var answer = as(found.group(1), found.group(2)).answer(document, Map.of()).encode();
      assertThat(answer).as(document).doesNotContain("\"errors\":");
      if (answer.contains("userErrors")) {
        assertThat(answer).as(document).contains("\"userErrors\":[]");
      }
      var made = MADE.matcher(answer);
      while (made.find()) {
        known.putIfAbsent(
            switch (made.group(1)) {
              case "id2" -> "acr2_";
              case "agreementDigest" -> "sha256";
              default -> made.group(3);
            },
            made.group(2));
      }
      answers.append(answer).append('\n');
    }
    assertThat(known).containsKeys("acr_", "acr2_", "acg_", "sha256");
    assertThat(answers.toString())
        .contains(
            List.of(
                "\"decisionDueOn\":\"2026-03-16\"",
                "\"dueOn\":\"2026-03-16\",\"policyVersion\":0",
                "\"supplementDueOn\":\"2026-03-19\"",
                "\"state\":\"SUBMITTED\",\"dueOn\":\"2026-03-19\"",
                "\"outcome\":\"APPROVED\",\"onTime\":true,\"workingDays\":4",
                "\"state\":\"ACTIVE\"",
                "\"reviewUntil\":\"2026-04-11\",\"reviewedBy\":\"INSTITUTION\"",
                "\"state\":\"UNDER_REVIEW\",\"level\":\"INSTITUTION\",\"dueOn\":\"2026-03-30\"",
                "\"review\":{\"outcome\":\"OVERTURNED\",\"level\":\"INSTITUTION\"}"));
  }
}
