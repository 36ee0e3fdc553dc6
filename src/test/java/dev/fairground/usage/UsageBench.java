package dev.fairground.usage;

import dev.fairground.Asking;
import dev.fairground.sql.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Measures how many records of use are reported, and get their places in the log, in a second. */
public final class UsageBench {
  /**
   * What was measured.
   *
   * @param reported records a second through the mutation, by one caller
   * @param placed records a second that the sequencer gives places, heads and all
   */
  public record Result(long records, double reported, double placed) {}

  private UsageBench() {}

  /**
   * Reports use of grants that there are, in calls of as many records each.
   *
   * @param asking as their operator, at a moment within their terms
   * @param month of all records, as 2026-05
   * @param billed for the ten units of each
   */
  public static Result run(
      Asking asking,
      Database database,
      UUID operator,
      List<UUID> grants,
      String month,
      String billed,
      int calls,
      int records)
      throws Exception {
    var inputs = new ArrayList<Map<String, Object>>();
    for (int call = 0; call < calls; call++) {
      var rows = new ArrayList<Map<String, Object>>(records);
      for (int i = 0; i < records; i++) {
        rows.add(
            UsageGround.use(
                grants.get((call * records + i) % grants.size()),
                month,
                "billed",
                billed,
                "purposeStatement",
                "pre-loan check " + i,
                "reference",
                "call-" + i));
      }
      var input = UsageGround.input(rows);
      input.put("operatorId", dev.fairground.kernel.Ids.write("org", operator));
      inputs.add(input);
    }
    var began = System.nanoTime();
    for (var input : inputs) {
      var errors = asking.mutate(UsageGround.COUNTED, input).getJsonArray("userErrors");
      if (!errors.isEmpty()) {
        throw new IllegalStateException(errors.encode());
      }
    }
    var reported = System.nanoTime();
    new UsageSequencer(database, UsageGround.KEY, InstantSource.system(), 10_000, 1_000)
        .drain()
        .await(120, TimeUnit.SECONDS);
    var placed = System.nanoTime();
    long all = (long) calls * records;
    return new Result(all, all * 1e9 / (reported - began), all * 1e9 / (placed - reported));
  }
}
