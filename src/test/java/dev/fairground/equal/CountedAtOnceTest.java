package dev.fairground.equal;

import static dev.fairground.equal.EqualMarket.because;
import static dev.fairground.equal.EqualMarket.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The benchmark's market counts like grants at once: with the same result as the trigger. */
@ExtendWith(TestDatabase.class)
class CountedAtOnceTest {
  private static final List<String> TABLES =
      List.of(
          """
          select c.product_id, c.purpose_class, c.scenario_class, c.product_version, c.unit, c.unit_text, c.currency,
                 c.volume_band, c.term_band, c.jurisdiction_code, c.step
            from equal_cohort c
          """,
          of(
              "equal_step",
              "t.step, cardinality(t.holders), case when cardinality(t.holders) < 3 then"
                  + " (select array_agg(h order by h) from unnest(t.holders) h) end, t.from_on, t.to_on,"
                  + " t.decided_from, t.decided_to, t.pooled_on"),
          of("equal_terms", "to_jsonb(t) - 'cohort_id'"),
          of("equal_decision_time", "to_jsonb(t) - 'cohort_id'"),
          of("equal_deviation", "to_jsonb(t) - 'cohort_id'"));

  private static String of(String table, String columns) {
    return """
    select c.product_id, c.scenario_class, c.volume_band, c.term_band, %s
      from %s t join equal_cohort c on c.operator_id = t.operator_id and c.id = t.cohort_id
    """
        .formatted(columns, table);
  }

  private static JsonObject generated(Random random, LocalDate day) {
    var one =
        grant(
                random.nextInt(4) == 0 ? 12 : 11,
                random.nextInt(6),
                day.toString(),
                List.of("1.00", "1.000", "0.90").get(random.nextInt(3)))
            .put("scenario_class", List.of("INDUSTRY", "farming").get(random.nextInt(2)))
            .put("quantity", 100 + random.nextInt(5))
            .put("decision_days", random.nextInt(4) == 0 ? null : random.nextInt(5))
            .put("discount_percent", random.nextInt(3) == 0 ? 10 : 0)
            .put("payment_days", random.nextInt(2) * 30 + 30)
            .put("small_or_micro", random.nextBoolean())
            .put(
                "clauses",
                random.nextInt(4) == 0 ? new JsonArray().add("b").add("a") : new JsonArray());
    if (random.nextInt(3) == 0) {
      because(one, "CREDIT", "-");
    }
    return random.nextInt(3) == 0 ? because(one, "SMALL_FIRM", "-") : one;
  }

  @Test
  void what_is_counted_at_once_is_what_the_trigger_counts(
      Database database, MeterRegistry statements, DatabaseAddress address) throws Exception {
    var asking = new Asking(database, statements);
    var market = new EqualMarket(database, asking);
    market.open();
    var random = new Random(1);
    for (int day = 0; day < 60; day += 1 + random.nextInt(3)) {
      var grants = new ArrayList<JsonObject>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        grants.add(generated(random, LocalDate.of(2026, 1, 1).plusDays(day)));
      }
      market.give(grants.toArray(JsonObject[]::new));
    }
    var counted = tables(asking);

    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                    .formatted(address.host(), address.port(), address.name()),
                address.user(),
                Objects.requireNonNullElse(address.password(), ""));
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          "truncate equal_cohort, equal_step, equal_terms, equal_decision_time, equal_deviation");
      statement.execute(atOnce());
    }

    assertThat(counted.get(1)).hasSizeGreaterThan(12);
    assertThat(tables(asking)).isEqualTo(counted);
  }

  private static List<List<String>> tables(Asking asking) {
    return TABLES.stream()
        .map(
            table -> asking.rows("-- test\nselect x::text from (%s) x order by 1".formatted(table)))
        .toList();
  }

  private static String atOnce() throws IOException {
    try (var in = CountedAtOnceTest.class.getResourceAsStream("/bench/equal-terms.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
