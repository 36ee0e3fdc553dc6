package dev.fairground.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenTextTest {
  private final UUID id = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffffe");

  @Test
  void a_token_is_read_as_it_was_made() {
    var made = TokenText.make(id);

    assertThat(made.text()).matches("fg_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}").hasSize(75);
    assertThat(TokenText.read(made.text())).isEqualTo(made);
    assertThat(made.text()).startsWith(TokenText.begin(id));
    assertThat(made.toString()).isEqualTo(TokenText.begin(id));
    assertThat(TokenText.make(id).text()).isNotEqualTo(made.text());
  }

  @Test
  void one_wrong_letter_anywhere_is_told_without_a_database() {
    var made = TokenText.make(UUID.randomUUID()).text();

    for (int i = 0; i < made.length(); i++) {
      var other = made.charAt(i) == 'x' ? 'y' : 'x';
      var wrong = made.substring(0, i) + other + made.substring(i + 1);
      assertThat(TokenText.read(wrong)).as(wrong).isNull();
    }
  }

  @Test
  void what_only_looks_like_one_is_none() {
    var made = TokenText.make(id).text();

    assertThat(TokenText.read(made + "0")).isNull();
    assertThat(TokenText.read(made.substring(1))).isNull();
    assertThat(TokenText.read("fg_" + "z".repeat(22) + "_" + "z".repeat(49))).isNull();
    assertThat(TokenText.read("")).isNull();
  }
}
