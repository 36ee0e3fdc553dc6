package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.harvest.Defect.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private final Heard heard = new Heard();
  private final Values values = new Values(heard, "record 1");

  @ParameterizedTest
  @ValueSource(
      strings = {"a text", "café", "R&D <1 year, x < y > z", "Ã la carte", "Â¿Qué?", "AT&T; BT"})
  void a_good_text_stays_as_it_is(String text) {
    assertThat(values.plain("f", text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "' a', a",
    "'a ', a",
    "'a  b', a b",
    "'a\tb', a b",
    "'a\nb', a b",
  })
  void white_space_is_tidied_and_told(String text, String tidy) {
    assertThat(values.text("f", text, 100)).isEqualTo(tidy);
    assertThat(heard.rules()).containsExactly(Rule.SPACES);
  }

  @Test
  void control_characters_are_left_out_and_told() {
    assertThat(values.text("f", "a\u0000b\u007Fc\uFEFF", 100)).isEqualTo("abc");
    assertThat(heard.rules()).containsExactly(Rule.CONTROL_CHARACTERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "N/A", "暂无", "-"})
  void a_word_that_stands_for_nothing_says_nothing(String text) {
    assertThat(values.text("f", text, 100)).isNull();
    assertThat(heard.rules()).containsExactly(Rule.PLACEHOLDER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the Agency\uFFFDs enforcement actions",
        "projects that comprise VAï¿½s development",
        "theyâ€™re cafÃ©s",
        "锟斤拷"
      })
  void a_text_that_was_decoded_wrongly_is_told_and_kept(String text) {
    assertThat(values.text("f", text, 100)).isEqualTo(text);
    assertThat(heard.rules()).containsExactly(Rule.MOJIBAKE);
  }

  @Test
  void markup_is_told_and_its_words_are_kept() {
    assertThat(values.plain("f", "<p>Fish &amp; chips<br>to go</p>", 100))
        .isEqualTo("Fish & chips to go");
    assertThat(heard.rules()).containsExactly(Rule.HTML_IN_TEXT);
  }

  @Test
  void a_text_that_is_too_long_is_cut_between_characters() {
    assertThat(values.text("f", "𠀀𠀁𠀂", 2)).isEqualTo("𠀀𠀁");
    assertThat(values.text("f", "abc", 2)).isEqualTo("ab");
    assertThat(heard.rules()).containsExactly(Rule.VALUE_TOO_LONG, Rule.VALUE_TOO_LONG);
  }
}
