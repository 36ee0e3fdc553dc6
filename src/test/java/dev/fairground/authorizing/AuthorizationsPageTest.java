package dev.fairground.authorizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/authorizations.md do what they say. */
@ExtendWith(TestDatabase.class)
class AuthorizationsPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```graphql\\n# as (\\w+)[^\\n]*\\n(.*?)```", Pattern.DOTALL);

  private final Asking asking;

  AuthorizationsPageTest(Database database, MeterRegistry metrics) {
    this.asking = new Asking(database, metrics);
  }

  @Test
  void every_example_does_what_it_says() throws IOException {
    AuthorizingMarket.into(asking);
    var ids = new java.util.HashMap<String, String>(Map.of("apl_…", "", "ag_…", ""));
    var found = EXAMPLE.matcher(Files.readString(Path.of("docs/authorizations.md")));
    var steps = 0;
    while (found.find()) {
      var document = found.group(2);
      for (var id : ids.entrySet()) {
        document = document.replace(id.getKey(), id.getValue());
      }
      var answer = as(found.group(1)).answer(document, Map.of());
      assertThat(answer.containsKey("errors")).as(document + answer.encodePrettily()).isFalse();
      var data = answer.getJsonObject("data");
      var payload = data.getJsonObject(data.fieldNames().iterator().next());
      if (payload.containsKey("userErrors")) {
        assertThat(payload.getJsonArray("userErrors")).as(document + answer).isEmpty();
      }
      keep(ids, "apl_…", payload.getValue("authorizationPlan"));
      keep(ids, "ag_…", payload.getValue("authorization"));
      steps++;
    }
    assertThat(steps).isEqualTo(12);
  }

  private static void keep(
      Map<String, String> ids, String name, @org.jspecify.annotations.Nullable Object object) {
    if (object instanceof JsonObject told && told.getString("id") != null) {
      ids.put(name, told.getString("id"));
    }
  }

  private Asking as(String who) {
    return switch (who) {
      case "institution" -> AuthorizingMarket.institution(asking);
      case "authority" -> AuthorizingMarket.authority(asking);
      case "operator" -> asking.as(Role.OPERATOR, AuthorizingMarket.OPERATOR);
      default -> asking;
    };
  }
}
