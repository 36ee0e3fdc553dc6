package dev.fairground.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/usage.md, run one after the other as they stand. */
@ExtendWith(TestDatabase.class)
class UsagePageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");

  @Test
  void every_example_does_what_it_says(Database database, MeterRegistry statements)
      throws Exception {
    var ground = new UsageGround(database, new Asking(database, statements)).into();
    var grant = ground.grant();
    var answers = new ArrayList<String>();
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/usage.md")));
    while (found.find()) {
      var document =
          found
              .group(2)
              .replace("acg_…", UsageGround.id(grant))
              .replace("org_…", Ids.write("org", UsageGround.OPERATOR))
              .replace("res_…", UsageGround.RESOURCE);
      var asking =
          switch (found.group(1)) {
            case "operator" -> ground.operator();
            case "holder" -> ground.holder();
            default -> ground.asking;
          };
      var answer = asking.answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      answers.add(answer.encode());
      ground.sequence();
    }
    assertThat(answers).hasSize(5);
    assertThat(answers.get(0))
        .contains("\"recordCount\":3", "\"findings\":[\"OVER_VOLUME\"]", "\"userErrors\":[]");
    assertThat(answers.get(1))
        .contains("\"number\":4,\"corrects\":3", "\"settled\":[\"OVER_VOLUME\"]");
    assertThat(answers.get(2))
        .contains("\"missingUsageMonths\":[\"2026-02-01\"]", "\"recordCount\":4");
    assertThat(answers.get(3)).contains("\"usageTotals\":[]", "\"treeSize\":4");
    try (var verifier = new UsageVerifier()) {
      assertThat(verifier.verify(UsageGround.KEY, answers.get(4)))
          .isEqualTo(said(UsageGround.id(grant)));
    }
  }

  /** What the page shows that the verifier says. */
  private static String said(String grant) throws IOException {
    var page = Files.readString(Path.of("docs/usage.md"));
    var from = page.indexOf("OK: 4 records");
    return page.substring(from, page.indexOf("\n```", from)).replace("acg_…", grant);
  }
}
