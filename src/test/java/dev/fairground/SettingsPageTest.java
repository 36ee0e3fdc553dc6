package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.graphql.Limits;
import dev.fairground.harvest.HarvestLimits;
import dev.fairground.http.HttpLimits;
import dev.fairground.identity.IdentityLimits;
import dev.fairground.sql.DatabaseLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} says what the program does. */
class SettingsPageTest {
  private static final Pattern NAME = Pattern.compile("\"(FAIRGROUND_[A-Z_]+)\"");

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "settings.md"));
  }

  @Test
  void every_setting_of_the_program_is_on_the_page_and_none_else() throws IOException {
    var read = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        NAME.matcher(Files.readString(file)).results().forEach(found -> read.add(found.group(1)));
      }
    }
    read.remove("FAIRGROUND_JAVA_OPTIONS");
    read.remove("FAIRGROUND_TEST_DATABASE_URL");
    var told = new TreeSet<String>();
    Pattern.compile("(?m)^\\| `(FAIRGROUND_[A-Z_]+)`")
        .matcher(page())
        .results()
        .forEach(found -> told.add(found.group(1)));

    assertThat(told).isEqualTo(read);
  }

  @Test
  void every_limit_has_its_default_and_its_range_on_the_page() throws IOException {
    var lines = page();
    var missing = new ArrayList<String>();
    for (var limit : limits()) {
      if (!lines.contains(limit)) {
        missing.add(limit);
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<String> limits() {
    var limits = new ArrayList<String>();
    HttpLimits.read((name, standard, least, most) -> note(limits, name, standard, least, most));
    DatabaseLimits.read((name, standard, least, most) -> note(limits, name, standard, least, most));
    HarvestLimits.read((name, standard, least, most) -> note(limits, name, standard, least, most));
    IdentityLimits.read((name, standard, least, most) -> note(limits, name, standard, least, most));
    Limits.read((name, standard, least, most) -> note(limits, name, standard, least, most));
    return limits;
  }

  private static int note(List<String> limits, String name, int standard, int least, int most) {
    // The number of processors is that of this machine.
    var shown =
        name.equals("FAIRGROUND_HTTP_INSTANCES")
            ? "one for each processor"
            : Integer.toString(standard);
    limits.add("| `%s` | %s | %d to %d |".formatted(name, shown, least, most));
    return standard;
  }
}
