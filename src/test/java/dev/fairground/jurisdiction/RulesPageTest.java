package dev.fairground.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code docs/rules.md} shows what the server does. */
@ExtendWith(TestDatabase.class)
class RulesPageTest {
  private final Database database;
  private final Asking asking;

  RulesPageTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @Test
  void the_questions_of_the_page_are_answered() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    var page = Files.readString(Path.of("docs", "rules.md"));
    var questions =
        Pattern.compile("```graphql\\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(questions).isNotEmpty();
    for (var question : questions) {
      assertThat(asking.data(question).encode()).contains("武汉市", "湖北省", "PROPOSAL");
    }
    assertThat(page)
        .contains("ruleSet(jurisdiction: \"430000\", version: 1) { parameters { name value } }");
    assertThat(
            asking
                .data(
                    "{ ruleSet(jurisdiction: \"430000\", version: 1) { parameters { name value } } }")
                .encode())
        .contains("reviewWd");
  }

  @Test
  void every_rule_that_refuses_a_publication_is_on_the_page() throws Exception {
    var page = Files.readString(Path.of("docs", "rules.md"));
    for (var file :
        new String[] {"jurisdiction/RuleSetDecision.java", "clock/CalendarDecision.java"}) {
      var code =
          Files.readString(Path.of("src", "main", "java", "dev", "fairground").resolve(file));
      Pattern.compile("\"([A-Z]+_[A-Z_]+)\"")
          .matcher(code)
          .results()
          .forEach(found -> assertThat(page).contains("`" + found.group(1) + "`"));
    }
  }
}
