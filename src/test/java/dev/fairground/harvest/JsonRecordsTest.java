package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
  private static final List<String> DATASET = List.of("dataset");

  private final Heard heard = new Heard();
  private final List<String> records = new ArrayList<>();
  private final List<String> beside = new ArrayList<>();

  @Test
  void records_of_an_array_come_one_by_one_with_their_numbers() throws IOException {
    read("[{\"a\":1}, {\"a\":{\"b\":[2]}}\n]", List.of());
    assertThat(records).containsExactly("record 1 {\"a\":1}", "record 2 {\"a\":{\"b\":[2]}}");
    assertThat(heard.defects).isEmpty();
  }

  @Test
  void values_beside_the_records_are_told_before_and_behind_them() throws IOException {
    read(
        "{\"help\":\"x\",\"result\":{\"count\":2,\"results\":[{\"a\":1}],\"sort\":null},\"ok\":true}",
        List.of("result", "results"));
    assertThat(records).containsExactly("record 1 {\"a\":1}");
    assertThat(beside)
        .containsExactly("[help] \"x\"", "[result, count] 2", "[result, sort] null", "[ok] true");
  }

  @Test
  void a_value_beside_the_records_of_more_than_64_kB_is_passed_over() throws IOException {
    read("{\"big\":[\"" + "x".repeat(70_000) + "\"],\"dataset\":[{\"a\":1}]}", DATASET);
    assertThat(records).containsExactly("record 1 {\"a\":1}");
    assertThat(beside).isEmpty();
  }

  @Test
  void an_array_on_the_way_is_taken_for_the_records() throws IOException {
    read("{\"success\":true,\"result\":[{\"a\":1}]}", List.of("result", "results"));
    assertThat(records).containsExactly("record 1 {\"a\":1}");
  }

  @Test
  void an_unclosed_string_spoils_only_its_own_record_where_each_has_a_line() throws IOException {
    read(
        """
        [{"a":"x","b":{"c":1}},
        {"a":"y,"b":{"c":2}},
        {"a":"z","b":{"c":3}},
        {"a":"u","b":{"c":"4}},
        {"a":"v","b":{"c":5}}]
        """,
        List.of());
    assertThat(records)
        .containsExactly(
            "record 1 {\"a\":\"x\",\"b\":{\"c\":1}}",
            "record 3 {\"a\":\"z\",\"b\":{\"c\":3}}",
            "record 5 {\"a\":\"v\",\"b\":{\"c\":5}}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE, Rule.RECORD_UNREADABLE);
    assertThat(heard.defects.getFirst().place()).isEqualTo("record 2");
    assertThat(heard.defects.getFirst().value()).startsWith("line 2: Unexpected character");
  }

  @Test
  void an_unclosed_string_spoils_only_its_own_record_where_each_has_many_lines()
      throws IOException {
    read(
        """
        { "dataset": [
          {
            "title": "one,
            "distribution": [
              { "title": "file" }
            ]
          },
          {
            "title": "two"
          } ] }
        """,
        DATASET);
    assertThat(records).containsExactly("record 2 {\"title\":\"two\"}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE);
  }

  @Test
  void an_unclosed_string_spoils_only_its_own_record_where_all_are_on_one_line()
      throws IOException {
    read(
        "[{\"a\":\"x,\"b\":[{\"c\":1},{\"c\":2}]},{\"a\":\"y\"},{\"a\":\"z},{\"a\":\"u\"},{\"a\":4}]",
        List.of());
    assertThat(records)
        .containsExactly("record 2 {\"a\":\"y\"}", "record 4 {\"a\":\"u\"}", "record 5 {\"a\":4}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE, Rule.RECORD_UNREADABLE);
  }

  @Test
  void quotation_marks_within_a_text_spoil_only_its_own_record() throws IOException {
    read("[{\"a\":\"the \"best\" {data\",\"b\":1},{\"a\":\"x\"}]", List.of());
    assertThat(records).containsExactly("record 2 {\"a\":\"x\"}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE);
  }

  @Test
  void a_missing_brace_spoils_only_its_own_record_where_records_begin_lines() throws IOException {
    read("[\n{\"a\":{\"b\":1},\n{\"a\":2},\n{\"a\":{\"b\":3},\n{\"a\":4}\n]", List.of());
    assertThat(records).containsExactly("record 2 {\"a\":2}", "record 4 {\"a\":4}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE, Rule.RECORD_UNREADABLE);
  }

  @Test
  void a_bracket_too_many_does_not_end_the_records() throws IOException {
    read("{\"dataset\":[{\"a\":1]},\n{\"a\":2},\n{\"a\":3}}\n,{\"a\":4}]}", DATASET);
    assertThat(records)
        .containsExactly("record 2 {\"a\":2}", "record 3 {\"a\":3}", "record 4 {\"a\":4}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE, Rule.TRAILING_CONTENT);
  }

  @Test
  void what_is_no_object_is_no_record() throws IOException {
    read("[1, \"x\", {\"a\":1}, [{\"a\":2}], null,, {\"a\":3},]", List.of());
    assertThat(records).containsExactly("record 3 {\"a\":1}", "record 7 {\"a\":3}");
    assertThat(heard.rules()).containsOnly(Rule.NOT_A_RECORD).hasSize(5);
  }

  @Test
  void liberties_whose_meaning_is_plain_are_taken_as_meant() throws IOException {
    read(
        "[{\"a\":\"two\nlines \tand {a tab\n\",\"b\":NaN,\"c\":007},\n"
            + "{'a':'it}s \"x\"','a':2,},{\"a\":\"\\'\"}]",
        List.of());
    assertThat(records)
        .containsExactly(
            "record 1 {\"a\":\"two\\nlines \\tand {a tab\\n\",\"b\":\"NaN\",\"c\":7}",
            "record 2 {\"a\":2}",
            "record 3 {\"a\":\"'\"}");
    assertThat(heard.defects).isEmpty();
  }

  @Test
  void a_record_of_ten_megabytes_is_told_and_the_next_is_read() throws IOException {
    var repeated = "{\"text\":\"" + "0123456789abcdef".repeat(600) + "\"},";
    var big = "{\"a\":[" + repeated.repeat(1_100) + "{}]}";
    read("[{\"a\":1},\n" + big + ",\n{\"a\":3}]", List.of());
    assertThat(big.length()).isGreaterThan(10_000_000);
    assertThat(records).containsExactly("record 1 {\"a\":1}", "record 3 {\"a\":3}");
    assertThat(heard.defects)
        .containsExactly(new Defect("record 2", null, Rule.RECORD_TOO_LARGE, "line 2"));
  }

  @Test
  void memory_does_not_grow_with_a_record_that_is_too_large() {
    var largest = new AtomicInteger();
    var in =
        new ByteArrayInputStream(
            ("[\"" + "x".repeat(40_000_000)).getBytes(StandardCharsets.UTF_8)) {
          @Override
          public int read(byte[] into, int from, int count) {
            largest.accumulateAndGet(into.length, Math::max);
            return super.read(into, from, count);
          }
        };
    assertThatThrownBy(() -> read(in, List.of()))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("after record 0");
    assertThat(largest.get()).isBetween(JsonRecords.MOST_RECORD, 2 * JsonRecords.MOST_RECORD);
  }

  @Test
  void bytes_that_are_not_UTF_8_are_told_and_replaced() throws IOException {
    read(
        new ByteArrayInputStream("[{\"a\":\"caf\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1)),
        List.of());
    assertThat(records).containsExactly("record 1 {\"a\":\"caf\uFFFD\"}");
    assertThat(heard.rules()).containsExactly(Rule.ENCODING_BROKEN);
  }

  @Test
  void a_replacement_character_of_the_source_is_no_broken_byte() throws IOException {
    read("[{\"a\":\"caf\uFFFD\"}]", List.of());
    assertThat(heard.defects).isEmpty();
  }

  @Test
  void a_file_that_breaks_off_says_after_which_record() {
    for (var text :
        List.of(
            "{\"dataset\":[{\"a\":1},{\"a\":2},{\"a\":\"x",
            "{\"dataset\":[{\"a\":1},{\"a\":2},",
            "{\"dataset\":[{\"a\":1},{\"a\":2}]",
            "{\"dataset\":[{\"a\":1},{\"a\":2}],\"license\":",
            "{\"dataset\":[{\"a\":1},{\"a\":2}],\"license\":\"C")) {
      records.clear();
      assertThatThrownBy(() -> read(text, DATASET))
          .isInstanceOfSatisfying(
              UnreadableFile.class,
              cut -> {
                assertThat(cut.rule()).isEqualTo(Rule.TRUNCATED);
                assertThat(cut).hasMessageContaining("after record 2");
              });
      assertThat(records).hasSize(2);
    }
  }

  @Test
  void a_second_document_in_the_file_is_read_too() throws IOException {
    read("[{\"a\":1}]\n[{\"a\":2}]\n[{\"a\":3}]", List.of());
    assertThat(records)
        .containsExactly("record 1 {\"a\":1}", "record 2 {\"a\":2}", "record 3 {\"a\":3}");
    assertThat(heard.rules()).containsExactly(Rule.SECOND_DOCUMENT);
  }

  @Test
  void what_else_follows_the_document_is_told() throws IOException {
    read("[{\"a\":1}] </html>", List.of());
    assertThat(heard.rules()).containsExactly(Rule.TRAILING_CONTENT);
  }

  @Test
  void a_file_without_the_array_is_unreadable() {
    for (var text : List.of("{\"dataset\":{}}", "{\"data\":[{}]}", "\"dataset\"", "{dataset:[]}")) {
      assertThatThrownBy(() -> read(text, DATASET))
          .isInstanceOfSatisfying(
              UnreadableFile.class, it -> assertThat(it.rule()).isEqualTo(Rule.SYNTAX));
    }
    assertThatThrownBy(() -> read(" \n", DATASET))
        .isInstanceOfSatisfying(
            UnreadableFile.class, it -> assertThat(it.rule()).isEqualTo(Rule.EMPTY_FILE));
  }

  @Test
  void deep_nesting_ends_in_a_defect() throws IOException {
    read("[{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "},{\"a\":2}]", List.of());
    assertThat(records).containsExactly("record 2 {\"a\":2}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE);
  }

  @Test
  void a_bad_line_is_one_defect() throws IOException {
    JsonRecords.lines(
        Heard.document("{\"a\":1}\r\n\n{\"a\":\"x\n  [1]\n{\"a\":4}"), heard, this::keep);
    assertThat(records).containsExactly("record 1 {\"a\":1}", "record 4 {\"a\":4}");
    assertThat(heard.rules()).containsExactly(Rule.RECORD_UNREADABLE, Rule.NOT_A_RECORD);
    assertThat(heard.defects.getFirst().value()).startsWith("line 3: ");
  }

  @Test
  void a_last_line_that_breaks_off_ends_the_file() {
    assertThatThrownBy(
            () -> JsonRecords.lines(Heard.document("{\"a\":1}\n{\"a\":"), heard, this::keep))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("line 2: the file ends after record 1");
  }

  /** One character wrong, anywhere in the fifth record. */
  @Test
  void one_wrong_character_spoils_only_its_own_record() throws IOException {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 3_000; round++) {
      var text = new StringBuilder("{\"dataset\":[\n");
      for (int i = 0; i < 9; i++) {
        text.append(i == 0 ? "" : ",\n")
            .append(
                "  {\"id\":%d,\"t\":\"a, b: \\\"c\\\"\",\"d\":[{\"u\":\"x\"},{}]}".formatted(i));
      }
      text.append("\n]}");
      int from = text.indexOf("{\"id\":4");
      int at = random.nextInt(from, text.indexOf(",\n  {\"id\":5") - 1);
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, "{}[]\",:\\\n ".charAt(random.nextInt(10)));
        default -> text.setCharAt(at, "{}[]\",:\\\n ".charAt(random.nextInt(10)));
      }
      records.clear();
      read(text.toString(), DATASET);
      for (int good : List.of(0, 1, 2, 3, 5, 6, 7, 8)) {
        assertThat(records)
            .as(text.toString())
            .anyMatch(record -> record.contains("{\"id\":" + good + ",\"t\":\"a, b: \\\"c\\\"\""));
      }
    }
  }

  private void read(String text, List<String> path) throws IOException {
    read(Heard.document(text).content(), path);
  }

  private void read(InputStream in, List<String> path) throws IOException {
    JsonRecords.read(
        new Document("example.json", in),
        heard,
        path,
        (where, value) -> beside.add(where + " " + value),
        this::keep);
  }

  private void keep(String place, ObjectNode record) {
    records.add(place + " " + record);
  }
}
