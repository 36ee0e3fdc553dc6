package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are measured under names of ours, whatever callers make of their texts. */
class StatementTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Statement.Known statements = new Statement.Known(metrics);

  @Test
  void however_many_texts_a_name_has_it_keeps_its_name_and_its_one_timer() {
    for (int i = 0; i < 5_000; i++) {
      var statement = statements.of("-- products\nselect " + i);
      assertThat(statement.name()).isEqualTo("products");
      assertThat(statement.sql()).isEqualTo("-- products\nselect " + i);
    }

    assertThat(metrics.find("fairground.sql").timers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1", "-- products", "-- two words\nselect 1", "--\nselect 1", ""})
  void a_text_without_a_name_is_measured_under_other(String sql) {
    assertThat(statements.of(sql).name()).isEqualTo("other");
  }

  @Test
  void names_without_end_are_measured_under_other() {
    for (int i = 0; i < 3_000; i++) {
      statements.of("-- name" + i + "\nselect 1");
    }

    assertThat(metrics.find("fairground.sql").timers()).hasSizeLessThan(1_100);
  }
}
