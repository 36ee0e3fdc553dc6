package dev.fairground.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/access-grants.md, run one after the other on their days. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessGrantsPageTest {
  private static final Path PAGE = Path.of("docs/access-grants.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+) on ([0-9-]{10})[^\n]*\n(.*?)```");
  private static final Pattern MADE =
      Pattern.compile("\"id\":\"(acg_[0-9a-f]{32})\"|\"agreementDigest\":\"([0-9a-f]{64})\"");

  private final Database database;
  private final ContractGround ground;

  AccessGrantsPageTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.ground = new ContractGround(database, new Asking(database, statements));
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
    ground.given("2026-03-02", "2026-04-01", "2027-03-31");
  }

  private Asking as(String who, String day) {
    return switch (who) {
      case "operator" -> ground.operator(day);
      case "holder" -> ground.holder(day);
      case "institution" -> ground.institution(day);
      default -> throw new IllegalArgumentException(who);
    };
  }

  @Test
  void every_example_does_what_it_says() throws Exception {
    var made = new HashMap<String, String>();
    var answers = new StringBuilder();
    var found = EXAMPLE.matcher(Files.readString(PAGE));
    while (found.find()) {
      // The server looks once a minute.
      new GrantSweep(database, InstantSource.fixed(ContractGround.noon(found.group(2))))
          .run()
          .await(30, TimeUnit.SECONDS);
      var document = found.group(3);
      for (var one : made.entrySet()) {
        document = document.replace(one.getKey(), one.getValue());
      }
      var answer = as(found.group(1), found.group(2)).answer(document, Map.of()).encode();
      assertThat(answer).as(document).doesNotContain("\"errors\":");
      if (answer.contains("userErrors")) {
        assertThat(answer).as(document).contains("\"userErrors\":[]");
      }
      var ids = MADE.matcher(answer);
      while (ids.find()) {
        if (ids.group(1) != null) {
          made.putIfAbsent("acg_…", ids.group(1));
        } else {
          made.putIfAbsent("sha256…", ids.group(2));
        }
      }
      answers.append(answer).append('\n');
    }
    assertThat(made).hasSize(2);
    assertThat(answers.toString().lines()).hasSize(10);
    assertThat(answers.toString())
        .contains(
            List.of(
                "\"signBy\":\"2026-04-01\"",
                "\"negotiation\":\"VERIFIED\",\"transfer\":null",
                "\"state\":\"ACTIVE\",\"dataspaceState\":{\"negotiation\":\"FINALIZED\",\"transfer\":\"REQUESTED\"}",
                "\"usable\":true,\"stoppedBy\":[]",
                "\"correctBy\":\"2026-05-19\",\"uncorrected\":false",
                "\"state\":\"ACTIVE\",\"suspension\":null",
                "\"endProposal\":{\"by\":\"HOLDER\",\"endsOn\":\"2026-06-10\"",
                "\"endsOn\":\"2026-06-10\",\"plannedEnd\":\"AGREED\"",
                "\"endKind\":\"AGREED\",\"endedOn\":\"2026-06-12\"",
                "\"step\":\"ENDED\",\"by\":\"SERVER\""));
  }

  @Test
  void the_table_of_the_dataspace_protocol_names_every_way_to_end() throws Exception {
    var page = Files.readString(PAGE);
    for (var kind : AccessGrant.EndKind.values()) {
      assertThat(page).contains("| `" + kind.name() + "` |");
    }
    for (var state : Dataspace.Negotiation.values()) {
      assertThat(page).contains("`" + state.name() + "`");
    }
  }
}
