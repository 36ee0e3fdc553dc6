package dev.fairground.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class UsageBenchTest {
  @Test
  void what_measures_runs(Database database, MeterRegistry statements) throws Exception {
    var ground = new UsageGround(database, new Asking(database, statements)).into();
    var grants = List.of(ground.grant(), ground.grant(), ground.grant());
    var calls = Integer.getInteger("calls", 2);
    var records = Integer.getInteger("records", 60);

    var result =
        UsageBench.run(
            ground.operator(),
            database,
            UsageGround.OPERATOR,
            grants,
            "2026-05",
            "0.80",
            calls,
            records);

    assertThat(result.records()).isEqualTo((long) calls * records);
    assertThat(result.reported()).isPositive();
    if (calls > 2) {
      System.out.println(result);
      statements
          .find("fairground.sql")
          .timers()
          .forEach(
              timer ->
                  System.out.println(
                      timer.getId().getTag("statement")
                          + " "
                          + timer.count()
                          + " "
                          + Math.round(timer.totalTime(TimeUnit.MILLISECONDS))));
    }
  }
}
