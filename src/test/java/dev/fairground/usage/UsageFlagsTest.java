package dev.fairground.usage;

import static dev.fairground.usage.UsageGround.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a report of use to the flags of check FA-15, by the rules that are shipped. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageFlagsTest {
  private final UsageGround ground;
  private final Database database;

  UsageFlagsTest(Database database, MeterRegistry statements) {
    this.database = database;
    ground = new UsageGround(database, new Asking(database, statements));
  }

  @BeforeAll
  void market() throws Exception {
    ground.into();
    new ReferenceData(database)
        .load()
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    ground.asking.change("update jurisdiction set calendar_id = 'CN' where code = '000000'");
  }

  @Test
  void what_is_found_is_flagged_at_once_and_runs_say_later_what_they_said_then() {
    var grant = ground.grant();
    var first =
        run(
            1,
            grant,
            use(grant, "2026-03", "scenarioId", UsageGround.OTHER_SCENARIO, "quantity", "999"));
    var second =
        run(
            2,
            grant,
            use(grant, "2026-01"),
            use(grant, "2026-03", "quantity", "500", "billed", "1"),
            use(grant, "2026-04", "unit", "PER_VOLUME", "unitText", "GB"));
    var third =
        run(
            3,
            grant,
            use(grant, "2026-03", "corrects", 1, "correctionReason", "x", "quantity", "-999"),
            use(grant, "2026-05"));

    assertThat(
            ground.asking.rows(
                "select outcome || ' ' || state from check_flag where subject_id = '%s' and check_code = 'FA-15'"
                    .formatted(grant)))
        .containsExactly("FLAG OPEN");
    assertThat(first)
        .contains("USE_OUTSIDE_SCENARIO", "same\":true")
        .doesNotContain("USE_OUTSIDE_TERM");
    assertThat(second)
        .contains(
            "USE_OUTSIDE_SCENARIO",
            "USE_OUTSIDE_TERM",
            "USE_OVER_VOLUME",
            "BILLED_OTHERWISE",
            "same\":true");
    assertThat(third).contains("same\":true").doesNotContain("USE_OUTSIDE_SCENARIO");
    for (var run : List.of(first, second, third)) {
      assertThat(repeated(run.substring(0, 35))).isEqualTo(run);
    }
  }

  /** The run of the checks that a report made, and what it says when it is repeated. */
  @SafeVarargs
  private String run(int minute, UUID grant, Map<String, Object>... records) {
    var payload =
        ground
            .asking
            .at(UsageGround.NOW.plusSeconds(60L * minute))
            .as(Role.OPERATOR, UsageGround.OPERATOR)
            .mutate(UsageGround.REPORT, UsageGround.input(records));
    assertThat(payload.getJsonArray("userErrors")).isEmpty();
    return repeated(
        ground
            .asking
            .rows(
                "select global_id('cr', r.id) from check_run r where r.subject_id = '%s' order by r.number desc limit 1"
                    .formatted(grant))
            .getFirst());
  }

  private String repeated(String run) {
    return run
        + ground
            .operator()
            .data(
                "{ checkRunRepeat(runId: \"%s\") { same differing results { check reasons { code } } } }"
                    .formatted(run))
            .encode();
  }
}
