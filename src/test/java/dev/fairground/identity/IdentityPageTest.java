package dev.fairground.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/identity.md} says what the program does. */
class IdentityPageTest {
  @Test
  void the_table_of_scopes_is_that_of_the_program() throws IOException {
    var head =
        Arrays.stream(Role.values())
            .map(Role::name)
            .collect(Collectors.joining(" | ", "| Scope | ", " |\n"));
    var rows =
        Arrays.stream(Scope.values())
            .map(
                scope ->
                    Arrays.stream(Role.values())
                        .map(role -> role.scopes().contains(scope) ? "yes" : "–")
                        .collect(Collectors.joining(" | ", "| `" + scope.word() + "` | ", " |\n")))
            .collect(Collectors.joining());
    var rule = "|" + "---|".repeat(Role.values().length + 1) + "\n";

    assertThat(Files.readString(Path.of("docs", "identity.md"))).contains(head + rule + rows);
  }

  @Test
  void the_token_of_the_page_is_one() throws IOException {
    var found =
        java.util.regex.Pattern.compile("fg_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}\\b")
            .matcher(Files.readString(Path.of("docs", "identity.md")));

    assertThat(found.find()).isTrue();
    assertThat(TokenText.read(found.group())).isNotNull();
  }
}
