package dev.fairground.clock;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Counts running clocks anew after their calendar was published: their last day is the later of
 * both counts, so nobody loses a day, and what was provisional is settled. Ended clocks stay as
 * they are; paused ones count when they go on.
 */
final class Recount {
  private final ClockRepository clocks;
  private final WorkCalendars calendars;

  Recount(Database database) {
    this.clocks = new ClockRepository(database);
    this.calendars = new WorkCalendars(database);
  }

  /**
   * Those that touch a year of a calendar.
   *
   * @param source where the year was read
   * @return how many are other than before
   */
  Future<Integer> year(
      SqlConnection transaction, Write write, String calendar, int year, String source) {
    var reason = "%s %d: %s".formatted(calendar, year, source);
    return calendars
        .byId(transaction, write.moment().at(), calendar)
        .compose(
            days ->
                pages(
                    transaction,
                    write,
                    new Counting(days),
                    calendar,
                    year,
                    reason,
                    new UUID(0, 0),
                    0));
  }

  private Future<Integer> pages(
      SqlConnection transaction,
      Write write,
      Counting counting,
      String calendar,
      int year,
      String reason,
      UUID after,
      int before) {
    return clocks
        .findTouched(transaction, calendar, year, after)
        .compose(
            touched -> {
              if (touched.isEmpty()) {
                return Future.succeededFuture(before);
              }
              var changed = changed(counting, touched);
              return clocks
                  .recount(transaction, write.moment(), reason, changed)
                  .compose(
                      done ->
                          pages(
                              transaction,
                              write,
                              counting,
                              calendar,
                              year,
                              reason,
                              touched.getLast().id(),
                              before + changed.size()));
            });
  }

  /** A clock with how it is counted now. */
  record Changed(Clock clock, Counting.Counted counted) {}

  private static List<Changed> changed(Counting counting, List<Clock> clocks) {
    var changed = new ArrayList<Changed>();
    for (var clock : clocks) {
      var counted = counting.recount(clock);
      if (!counted.dueOn().equals(clock.dueOn())
          || !counted.dueSoonOn().equals(clock.dueSoonOn())
          || !counted.unknownYears().equals(clock.unknownYears())) {
        changed.add(new Changed(clock, counted));
      }
    }
    return changed;
  }
}
