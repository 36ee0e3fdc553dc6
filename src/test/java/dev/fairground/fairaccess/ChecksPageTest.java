package dev.fairground.fairaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code docs/checks.md} says what the rules do. */
class ChecksPageTest {
  private static final Ground GROUND = NationalGround.on(GeneratedFacts.DAY);
  private static final Pattern SECTION = Pattern.compile("(?ms)^### (FA-\\d\\d) (.*?)(?=^##|\\z)");
  private static final Pattern REASON =
      Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| ((?:BLOCK|FLAG|UNKNOWN|DISCLOSE)[A-Za-z ]*) \\|");
  private static final Pattern RULE =
      Pattern.compile("(?m)^\\| `([a-zA-Z]+)` \\| (.*?) \\| .* \\| (.*?) \\| ([A-Z]+) \\|$");

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "checks.md"));
  }

  private static Map<String, String> sections() throws IOException {
    var sections = new TreeMap<String, String>();
    SECTION.matcher(page()).results().forEach(one -> sections.put(one.group(1), one.group(2)));
    return sections;
  }

  @Test
  void every_check_has_a_section_with_its_title_in_both_languages() throws IOException {
    var sections = sections();
    assertThat(sections).hasSize(Check.values().length);
    for (var check : Check.values()) {
      assertThat(sections.get(check.code())).as(check.code()).startsWith(check.titleEn() + " (");
    }
  }

  @Test
  void every_reason_that_comes_about_stands_on_the_page_with_its_outcome() throws IOException {
    var sections = sections();
    LongStream.range(0, 5_000)
        .forEach(
            seed -> {
              for (var result : CheckRules.of(GROUND, new GeneratedFacts(seed).any())) {
                var told = reasons(sections.getOrDefault(result.check().code(), ""));
                for (var reason : result.reasons()) {
                  assertThat(told.getOrDefault(reason.code(), "nothing"))
                      .as("%s %s", result.check().code(), reason.code())
                      .contains(reason.outcome().name());
                }
                result
                    .rules()
                    .forEach(
                        rule ->
                            assertThat(sections.get(result.check().code()))
                                .as("%s", result.check().code())
                                .contains("`" + rule + "`"));
              }
            });
  }

  @Test
  void every_reason_of_the_page_is_one_of_the_program() throws IOException {
    var told = new TreeSet<>(reasons(page()).keySet());
    var written = new TreeSet<String>();
    try (var files =
        Files.list(Path.of("src", "main", "java", "dev", "fairground", "fairaccess"))) {
      for (var file : files.filter(one -> one.getFileName().toString().startsWith("FA")).toList()) {
        Pattern.compile("\"([A-Z_]{4,})\"")
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> written.add(found.group(1)));
      }
    }
    assertThat(written).containsAll(told);
  }

  private static Map<String, String> reasons(String section) {
    var reasons = new TreeMap<String, String>();
    REASON.matcher(section).results().forEach(one -> reasons.put(one.group(1), one.group(2)));
    return reasons;
  }

  @Test
  void the_rules_stand_on_the_page_as_they_are_shipped() throws IOException {
    var told = new TreeSet<String>();
    RULE.matcher(page())
        .results()
        .forEach(
            found -> {
              told.add(found.group(1));
              var rule = GROUND.rules().rules().get(found.group(1));
              if (rule != null) {
                assertThat(found.group(2)).as(found.group(1)).isEqualTo(rule.value());
                assertThat(found.group(3))
                    .as(found.group(1))
                    .isEqualTo(rule.basis().clause() == null ? "–" : rule.basis().clause());
                assertThat(found.group(4)).as(found.group(1)).isEqualTo(rule.confidence().name());
              }
            });
    LongStream.range(0, 500)
        .forEach(
            seed ->
                CheckRules.of(GROUND, new GeneratedFacts(seed).any())
                    .forEach(result -> assertThat(told).containsAll(result.rules())));
  }
}
