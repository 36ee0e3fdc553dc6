package dev.fairground.equal;

import static dev.fairground.equal.EqualMarket.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
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

/** The examples of docs/equal-terms.md, run as they stand, and its table of rules. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EqualTermsPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+)[^\n]*\n(.*?)```");
  private static final Path PAGE = Path.of("docs/equal-terms.md");

  private final Asking asking;
  private final EqualMarket market;

  EqualTermsPageTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.market = new EqualMarket(database, asking);
  }

  @BeforeAll
  void open() throws Exception {
    market.open();
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-02", "1.00"),
        grant(11, 3, "2026-03-02", "0.90"),
        grant(11, 4, "2026-03-02", "0.80").put("volume_band", "UP_TO_10"));
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var answers = new ArrayList<String>();
    var found = EXAMPLE.matcher(Files.readString(PAGE));
    while (found.find()) {
      var who =
          found.group(1).equals("authority")
              ? market.authority("2026-03-03")
              : market.at("2026-03-03");
      var answer = who.answer(found.group(2).replace("dp_…", EqualMarket.productId(11)), Map.of());
      assertThat(answer.containsKey("errors")).as(answer.encodePrettily()).isFalse();
      answers.add(answer.encode());
    }
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0))
        .contains("\"size\":3", "\"unlisted\":true")
        .doesNotContain("UP_TO_10\"");
    assertThat(answers.get(1)).contains("\"lowestPrice\":{\"amount\":\"0.9\"}");
    assertThat(answers.get(2)).contains("UP_TO_10\"", "\"whole\":true");
  }

  @Test
  void its_rules_are_those_that_are_shipped() throws IOException {
    var page = Files.readString(PAGE);
    var rules =
        asking.rows(
            "select '| `' || p.name || '` | ' || p.value || ' |' from rule_parameter p where p.name like 'equalTerms%' order by 1");

    assertThat(rules).hasSizeGreaterThanOrEqualTo(5).allMatch(page::contains);
    assertThat(List.of(Ground.Limits.SHIPPED)).containsExactly(new Ground.Limits(180, 0, 3, 3, 92));
  }
}
