package dev.fairground.clock;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.WorkCalendar;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code workCalendarPublish}. */
record WorkCalendarPublish(
    Mutations mutations, CalendarRepository calendars, Recount recount, EventLog events) {

  /**
   * What became of it.
   *
   * @param calendar its id; null where nothing was published
   * @param recounted clocks whose last day, or whose being provisional, is another
   */
  record Payload(@Nullable String calendar, int recounted, List<UserError> userErrors) {
    static Payload refused(List<UserError> errors) {
      return new Payload(null, 0, errors);
    }
  }

  Future<Payload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var calendar = requireNonNull(input.string("calendar"));
    int year = requireNonNull(input.integer("year"));
    return mutations.once(
        new Attempt<>("workCalendarPublish", write, input, Payload::refused),
        transaction ->
            calendars
                .lock(transaction)
                .compose(locked -> calendars.ground(transaction, write, calendar, year))
                .compose(
                    ground -> {
                      var errors = errors(input, ground);
                      return ground == null || ground.authority() == null || !errors.isEmpty()
                          ? Future.succeededFuture(Verdict.rejected(errors))
                          : publish(
                              transaction,
                              write,
                              input,
                              calendar,
                              year,
                              ground.version() + 1,
                              ground.authority());
                    }),
        (transaction, made) -> Future.succeededFuture(new Payload(made, 0, List.of())));
  }

  private static List<? extends UserError> errors(
      Arguments input, CalendarRepository.@Nullable Ground ground) {
    if (ground == null) {
      return List.of(InputError.notFound(input, "calendar"));
    }
    if (ground.authority() == null) {
      return List.of(
          InputError.at(
              input,
              "calendar",
              UserErrorCode.FORBIDDEN,
              "The data authority of the nation, or of whichever place is the highest that counts by it, publishes a"
                  + " calendar; these credentials are for none."));
    }
    if (requireNonNull(input.integer("expectedVersion")) != ground.version()) {
      return List.of(VersionConflictError.of(input, ground.version()));
    }
    return CalendarDecision.errors(input);
  }

  private Future<Verdict<Payload>> publish(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String calendar,
      int year,
      int version,
      UUID authority) {
    return calendars
        .publish(transaction, write, calendar, year, version, input)
        .compose(
            done ->
                recount.year(
                    transaction, write, calendar, year, requireNonNull(input.string("source"))))
        .compose(
            recounted ->
                events
                    .append(
                        transaction,
                        write,
                        List.of(
                            new NewEvent(
                                EventType.CALENDAR_CHANGED,
                                WorkCalendar.globalId(calendar),
                                version,
                                authority,
                                true,
                                List.of("years", "days"))))
                    .map(
                        told ->
                            Verdict.accepted(
                                new Payload(calendar, recounted, List.of()), calendar)));
  }
}
