package dev.fairground.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
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

/** The examples of docs/registration.md, run one after the other on their days. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```graphql\n# as (\\w+) on ([0-9-]{10})[^\n]*\n(.*?)```");
  private static final Pattern ID = Pattern.compile("\"(rapp|rnot|robj|reg)_[0-9a-f]{32}\"");

  private final RegistrationGround ground;

  RegistrationPageTest(Database database, MeterRegistry statements) {
    this.ground = new RegistrationGround(database, new Asking(database, statements));
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private Asking as(String who, String day) {
    return switch (who) {
      case "operator" -> ground.operator(day);
      case "registrar" -> ground.registrar(day);
      case "neighbour" ->
          ground
              .asking
              .at(RegistrationGround.noon(day))
              .as(Role.DEVELOPER, RegistrationGround.NEIGHBOUR);
      default -> ground.asking.at(RegistrationGround.noon(day));
    };
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    var ids = new HashMap<String, String>();
    var answers = new StringBuilder();
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/registration.md")));
    while (found.find()) {
      var document = found.group(3);
      for (var id : ids.entrySet()) {
        document = document.replace("\"" + id.getKey() + "_…\"", id.getValue());
      }
      var answer = as(found.group(1), found.group(2)).answer(document, Map.of()).encode();
      assertThat(answer).as(document).doesNotContain("\"errors\":");
      if (answer.contains("userErrors")) {
        assertThat(answer).as(document).contains("\"userErrors\":[]");
      }
      var made = ID.matcher(answer);
      while (made.find()) {
        ids.putIfAbsent(made.group(1), made.group());
      }
      answers.append(answer).append('\n');
    }
    assertThat(ids).containsKeys("rapp", "rnot", "robj", "reg");
    assertThat(answers.toString().lines()).hasSize(13);
    assertThat(answers.toString())
        .contains(
            List.of(
                "\"registrationStanding\":\"TO_BE_REGISTERED\",\"registrationDueOn\":\"2025-10-17\"",
                "\"late\":false,\"dueOn\":\"2025-10-16\"",
                "\"publicityEndsOn\":\"2025-11-27\"",
                "\"takesObjections\":true",
                "\"codedOn\":\"2025-11-28\",\"validUntil\":\"2026-12-31\"",
                "\"status\":\"SUSPENDED\""));
  }
}
