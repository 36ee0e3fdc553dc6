package dev.fairground.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Laws of clocks, over calendars and clocks made up at random. */
class CountingTest {
  private static final int ROUNDS = 2_000;
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static WorkDays calendar(Random random, Set<Integer> years) {
    var days = new HashMap<LocalDate, Boolean>();
    for (int i = random.nextInt(80); i > 0; i--) {
      days.put(FIRST.plusDays(random.nextInt(700)), random.nextBoolean());
    }
    return new WorkDays(years, days);
  }

  private static Clock clock(
      Clock.Unit unit,
      Counting.Counted counted,
      LocalDate on,
      Clock.State state,
      @Nullable LocalDate pausedOn,
      @Nullable Integer left) {
    return new Clock(
        new UUID(0, 1),
        "app_x",
        "reviewWd",
        "000000",
        "000000",
        1,
        null,
        null,
        "CN",
        unit,
        10,
        2,
        on,
        counted.from(),
        counted.days(),
        counted.dueSoonOn(),
        counted.dueOn(),
        counted.unknownYears(),
        state,
        pausedOn,
        left,
        null,
        0,
        0,
        null,
        null);
  }

  private static Clock running(Clock.Unit unit, Counting.Counted counted, LocalDate on) {
    return clock(unit, counted, on, Clock.State.RUNNING, null, null);
  }

  @Test
  void a_calendar_that_is_edited_never_shortens_a_clock_and_settles_what_was_provisional() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var on = FIRST.plusDays(random.nextInt(400));
      var length = random.nextInt(30);
      var before =
          new Counting(calendar(random, Set.of(2026)))
              .start(Clock.Unit.WORKING_DAYS, length, on, 2);
      var edited = new Counting(calendar(random, Set.of(2026, 2027, 2028)));
      var after = edited.recount(running(Clock.Unit.WORKING_DAYS, before, on));
      var fresh = edited.start(Clock.Unit.WORKING_DAYS, length, on, 2);

      assertThat(after.dueOn())
          .as("seed %d", seed)
          .isEqualTo(fresh.dueOn().isAfter(before.dueOn()) ? fresh.dueOn() : before.dueOn());
      assertThat(after.unknownYears()).as("seed %d", seed).isEmpty();
      assertThat(after.dueSoonOn()).as("seed %d", seed).isBeforeOrEqualTo(after.dueOn());
      var again = edited.recount(running(Clock.Unit.WORKING_DAYS, after, on));
      assertThat(again).as("seed %d: twice is as once", seed).isEqualTo(after);
    }
  }

  @Test
  void what_is_left_when_a_clock_is_paused_is_left_when_it_goes_on() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var unit = random.nextBoolean() ? Clock.Unit.WORKING_DAYS : Clock.Unit.DAYS;
      var counting = new Counting(calendar(random, Set.of(2026, 2027, 2028)));
      var on = FIRST.plusDays(random.nextInt(300));
      var clock = running(unit, counting.start(unit, 1 + random.nextInt(30), on, 2), on);
      var pausedOn = on.plusDays(random.nextInt(10));
      var left = counting.left(clock, pausedOn);
      var resumedOn = pausedOn.plusDays(random.nextInt(60));
      var paused =
          clock(
              unit,
              new Counting.Counted(
                  clock.countedFrom(),
                  clock.countedDays(),
                  clock.dueSoonOn(),
                  clock.dueOn(),
                  List.of()),
              on,
              Clock.State.PAUSED,
              pausedOn,
              left);
      var resumed = running(unit, counting.resume(paused, resumedOn), on);

      if (pausedOn.isAfter(clock.dueOn())) {
        assertThat(resumed.dueOn()).as("seed %d: late stays late", seed).isEqualTo(clock.dueOn());
      } else {
        // With nothing left it ends on the day it goes on, or on the working day that follows.
        assertThat(counting.left(resumed, resumedOn))
            .as("seed %d", seed)
            .isEqualTo(left > 0 || resumed.dueOn().equals(resumedOn) ? left : 1);
        assertThat(resumed.dueOn()).as("seed %d", seed).isAfterOrEqualTo(clock.dueOn());
      }
    }
  }

  @Test
  void an_extension_adds_its_days_and_never_takes_some() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var units = Clock.Unit.values();
      var unit = units[random.nextInt(units.length)];
      var counting = new Counting(calendar(random, Set.of(2026, 2027, 2028)));
      var on = FIRST.plusDays(random.nextInt(300));
      var clock = running(unit, counting.start(unit, 1 + random.nextInt(12), on, 2), on);
      var more = 1 + random.nextInt(15);
      var extended = counting.extend(clock, more);

      assertThat(extended.dueOn()).as("seed %d", seed).isAfter(clock.dueOn());
      assertThat(
              unit == Clock.Unit.WORKING_DAYS
                  ? counting.days().between(clock.dueOn(), extended.dueOn())
                  : (int)
                      java.time.temporal.ChronoUnit.DAYS.between(clock.dueOn(), extended.dueOn()))
          .as("seed %d", seed)
          .isEqualTo(more);
    }
  }
}
