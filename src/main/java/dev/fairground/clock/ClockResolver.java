package dev.fairground.clock;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.Clock.Standing;
import dev.fairground.event.EventLog;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.Mutations;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/clock.graphqls}. */
public final class ClockResolver implements Feature {
  private final JurisdictionResolver jurisdictions;
  private final WorkCalendars calendars;
  private final Listing<Clock> list;
  private final Loader<UUID, Loader.None, Clock> byId;
  private final Loader<String, Loader.None, List<Clock>> bySubject;
  private final Loader<UUID, Loader.None, List<Clock.Step>> steps;
  private final Loader<Clock, Loader.None, Standing> standings;
  private final Loader<Clock, Loader.None, Integer> daysLeft;
  private final WorkCalendarPublish publish;

  public ClockResolver(Database database, JurisdictionResolver jurisdictions) {
    this.jurisdictions = jurisdictions;
    var clocks = new ClockRepository(database);
    calendars = new WorkCalendars(database);
    publish =
        new WorkCalendarPublish(
            Mutations.ofPublicContent(database),
            new CalendarRepository(database),
            new Recount(database),
            new EventLog(database));
    byId = Loader.one("clocksById", clocks::findByIds, Clock::id);
    bySubject = Loader.many("clocksOfSubjects", clocks::findBySubjects, Clock::subject);
    steps = Loader.many("stepsOfClocks", clocks::findSteps, Clock.Step::clockId);
    standings =
        new Loader<>(
            "standingsOfClocks",
            (reading, none, keys) ->
                Future.succeededFuture(
                    each(keys, clock -> clock.standing(reading.moment().day()))));
    daysLeft = new Loader<>("daysLeftOfClocks", (reading, none, keys) -> daysLeft(reading, keys));
    list =
        Listing.hidden(
            database,
            ClockRepository.LIST,
            (arguments, moment) -> ClockFilter.clause(arguments.input("filter"), moment.day()),
            arguments ->
                List.of(
                    Key.date("c.due_on", false, Clock::dueOn), Key.id("c.id", false, Clock::id)),
            viewer -> ClockRepository.visible(viewer.rights()));
  }

  /**
   * All clocks of subjects, by their global ids, the oldest first; at most 100 each. They are shown
   * to whoever sees the subject.
   */
  public Loader<String, Loader.None, List<Clock>> bySubject() {
    return bySubject;
  }

  private Future<Map<Clock, Integer>> daysLeft(Reading reading, Collection<Clock> clocks) {
    var today = reading.moment().day();
    var places =
        clocks.stream()
            .filter(
                clock ->
                    clock.state() == Clock.State.RUNNING && clock.unit() == Clock.Unit.WORKING_DAYS)
            .map(Clock::jurisdictionCode)
            .distinct()
            .toList();
    Future<Map<String, WorkDays>> found =
        places.isEmpty()
            ? Future.succeededFuture(Map.of())
            : calendars.find(reading.reads(), reading.moment().at(), places);
    return found.map(
        days ->
            each(
                clocks,
                clock ->
                    switch (clock.state()) {
                      case RUNNING ->
                          new Counting(
                                  days.getOrDefault(clock.jurisdictionCode(), WorkDays.UNKNOWN))
                              .left(clock, today);
                      case PAUSED -> clock.leftWhenPaused();
                      case MET, STOPPED -> null;
                    }));
  }

  private static <V> Map<Clock, V> each(
      Collection<Clock> clocks, Function<Clock, @Nullable V> value) {
    var found = new HashMap<Clock, V>();
    for (var clock : clocks) {
      var of = value.apply(clock);
      if (of != null) {
        found.put(clock, of);
      }
    }
    return found;
  }

  private static @Nullable Text provisionalNote(Clock clock) {
    if (!clock.isProvisional()) {
      return null;
    }
    var years = clock.unknownYears().stream().map(String::valueOf).toList();
    return new Text(
        "%s年的工作日历尚未公布，其中的日期暂按周一至周五计算。".formatted(String.join("、", years)),
        "zh",
        Map.of(
            "en",
            "No calendar of %s is published yet; its days are taken for Monday to Friday until then."
                .formatted(years.stream().collect(Collectors.joining(" and ")))));
  }

  @Override
  public void wire(Wiring wiring) {
    var clock = wiring.type(Clock.class);
    clock
        .identified(Clock.PREFIX, Clock::id, byId)
        .computed("subjectId", Clock::subject)
        .loaded("subject", wiring.anyNode("subjectsOfClocks"), Clock::subject)
        .computed("ruleName", Clock::rule)
        .loaded("jurisdiction", jurisdictions.jurisdictions(), Clock::jurisdictionCode)
        .loaded("standing", standings, source -> source)
        .loaded("daysLeft", daysLeft, source -> source)
        .computed("isProvisional", Clock::isProvisional)
        .localized("provisionalNote", ClockResolver::provisionalNote)
        .loaded("steps", steps, Clock::id);
    jurisdictions.rule(clock, "rule", Clock::ruleSetCode, Clock::ruleSetVersion, Clock::rule);
    wiring.type("ClockStep", Clock.Step.class);
    wiring.connection("Clock", list);
    wiring
        .query()
        .found("clock", byId, arguments -> requireNonNull(arguments.id("id", Clock.PREFIX)))
        .answered("clocks", list::page);
    wiring
        .type("WorkCalendarPublishPayload", WorkCalendarPublish.Payload.class)
        .loaded("workCalendar", jurisdictions.calendars(), WorkCalendarPublish.Payload::calendar);
    wiring.mutation().mutated("workCalendarPublish", publish::run);
  }
}
