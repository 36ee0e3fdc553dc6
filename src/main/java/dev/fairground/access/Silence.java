package dev.fairground.access;

import dev.fairground.access.AccessDesk.Outcome;
import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.AccessRequest.State;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps that requests take because nobody took one. */
final class Silence {
  private final Database database;
  private final AccessRequests requests;
  private final AccessDesk desk;
  private final Clocks clocks;

  Silence(Database database) {
    this.database = database;
    this.requests = new AccessRequests(database);
    this.desk = new AccessDesk(database);
    this.clocks = new Clocks(database);
  }

  /** What comes with time, in the order in which it is looked for. */
  enum Kind {
    /** A calendar that was published since made a clock longer: the request follows it. */
    FOLLOW(
        """
        v.state in ('SUBMITTED', 'UNDER_REVIEW')
        and exists (select 1 from clock c
                     where c.subject = global_id('acr', v.request_id) and c.state = 'RUNNING' and c.due_on > v.due_on
                       and c.rule = case v.state when 'SUBMITTED' then 'accessDecisionWd' else 'accessReviewWd' end)
        """),
    /** The days to supplement are over: the operator decides on what there is. */
    RESUME("v.state = 'INCOMPLETE' and v.supplement_due_on < $1"),
    /** The product or its authorization is suspended: the clock waits. */
    HOLD(
        """
        v.state = 'SUBMITTED' and not v.held
        and exists (select 1
                      from access_request r
                      join product_version p
                        on p.operator_id = r.operator_id and p.product_id = r.product_id and p.valid_to = 'infinity'
                      join authorization_grant_version g
                        on g.grant_id = r.authorization_grant_id and g.valid_to = 'infinity'
                     where r.operator_id = v.operator_id and r.id = v.request_id
                       and (p.status = 'SUSPENDED' or g.state = 'SUSPENDED'))
        """),
    /** It is offered again, or gone for good: the clock goes on. */
    RELEASE(
        """
        v.state = 'SUBMITTED' and v.held
        and not exists (select 1
                          from access_request r
                          join product_version p
                            on p.operator_id = r.operator_id and p.product_id = r.product_id and p.valid_to = 'infinity'
                          join authorization_grant_version g
                            on g.grant_id = r.authorization_grant_id and g.valid_to = 'infinity'
                         where r.operator_id = v.operator_id and r.id = v.request_id
                           and (p.status = 'SUSPENDED' or g.state = 'SUSPENDED'))
        """),
    /** The decision is overdue: the institution is told. */
    TO_INSTITUTION("v.state = 'SUBMITTED' and v.level = 'OPERATOR' and v.due_on < $1"),
    /** It is still not there, or the review is not: the data authority is told. */
    TO_AUTHORITY(
        """
        (v.state = 'SUBMITTED' and v.level = 'INSTITUTION' and v.due_on < $1 and v.escalation_due_on < $1
         or v.state = 'UNDER_REVIEW' and v.level = 'INSTITUTION' and v.due_on < $1)
        """);

    private final String sql;

    Kind(String condition) {
      this.sql =
          """
          -- nextAccessRequest%s
          select r.id
            from access_request_version v
            join access_request r on r.operator_id = v.operator_id and r.id = v.request_id
           where v.valid_to = 'infinity' and v.state in ('SUBMITTED', 'INCOMPLETE', 'UNDER_REVIEW')
             and (v.due_on, v.request_id) > ($2, $3) and $1::date is not null
             and %s
           order by v.due_on, v.request_id
           limit 1
             for no key update of r skip locked
          """
              .formatted(name(), condition);
    }
  }

  /** The next one behind a place in the order of what is due, locked; null where there is none. */
  Future<@Nullable AccessRequest> next(
      SqlConnection transaction, Write write, Kind kind, LocalDate afterDay, UUID after) {
    return database
        .first(
            transaction,
            kind.sql,
            Tuple.of(write.moment().day(), afterDay, after),
            row -> row.getUUID(0))
        .compose(
            found ->
                found == null
                    ? Future.<@Nullable AccessRequest>succeededFuture()
                    : requests.find(transaction, found));
  }

  /** Takes the step, if it is still to be taken. */
  Future<Void> take(SqlConnection transaction, Write write, Kind kind, AccessRequest of) {
    return decide(transaction, write, kind, of)
        .compose(
            verdict ->
                verdict instanceof Verdict.Accepted<Outcome> accepted
                    ? desk.settle(transaction, write, of, accepted.payload()).mapEmpty()
                    : Future.succeededFuture());
  }

  private Future<Verdict<Outcome>> decide(
      SqlConnection transaction, Write write, Kind kind, AccessRequest of) {
    var today = write.moment().day();
    return switch (kind) {
      case FOLLOW -> follow(transaction, of);
      case RESUME ->
          of.state() != State.INCOMPLETE
              ? nothing()
              : clocks
                  .stop(transaction, write, of.globalId(), AccessRequest.SUPPLEMENT)
                  .compose(
                      stopped ->
                          clocks.resumed(transaction, write, of.globalId(), AccessRequest.DECISION))
                  .compose(
                      due ->
                          Outcome.of(
                              Standing.of(of).in(State.SUBMITTED, due),
                              Happened.of(AccessRequestStep.Kind.RESUMED, null, null).due(due)));
      case HOLD ->
          of.state() != State.SUBMITTED || of.held()
              ? nothing()
              : clocks
                  .pause(
                      transaction,
                      write,
                      of.globalId(),
                      AccessRequest.DECISION,
                      "The product or its authorization is suspended.")
                  .compose(
                      paused ->
                          Outcome.of(
                              Standing.of(of).held(true, null),
                              Happened.of(AccessRequestStep.Kind.HELD, null, null)));
      case RELEASE ->
          of.state() != State.SUBMITTED || !of.held()
              ? nothing()
              : clocks
                  .resumed(transaction, write, of.globalId(), AccessRequest.DECISION)
                  .compose(
                      due ->
                          Outcome.of(
                              Standing.of(of).held(false, due),
                              Happened.of(AccessRequestStep.Kind.RESUMED, null, null).due(due)));
      case TO_INSTITUTION ->
          of.level() != Level.OPERATOR || !of.isOverdue(today)
              ? nothing()
              : clocks
                  .start(
                      transaction,
                      write,
                      new Clocks.Start(
                          of.globalId(),
                          AccessRequest.ESCALATION,
                          of.jurisdictionCode(),
                          of.institutionId(),
                          of.applicantId(),
                          of.lastDay()))
                  .compose(until -> escalated(of, Level.INSTITUTION, until));
      case TO_AUTHORITY ->
          of.level() != Level.INSTITUTION || !of.isOverdue(today)
              ? nothing()
              : escalated(of, Level.AUTHORITY, of.escalationDueOn());
    };
  }

  private static Future<Verdict<Outcome>> nothing() {
    return Future.succeededFuture(Verdict.rejected(List.of()));
  }

  private static Future<Verdict<Outcome>> escalated(
      AccessRequest of, Level to, @Nullable LocalDate until) {
    return Outcome.of(
        Standing.of(of).escalated(to, until),
        Happened.of(AccessRequestStep.Kind.ESCALATED, null, null).at(to).due(of.dueOn()));
  }

  private static final String LAST_DAY =
      """
      -- lastDayOfAccessRequest
      select c.due_on
        from clock c
       where c.subject = $1 and c.rule = $2 and c.state = 'RUNNING'
      """;

  private Future<Verdict<Outcome>> follow(SqlConnection transaction, AccessRequest of) {
    return database
        .first(
            transaction,
            LAST_DAY,
            Tuple.of(
                of.globalId(),
                of.state() == State.SUBMITTED ? AccessRequest.DECISION : AccessRequest.REVIEW),
            row -> row.getLocalDate(0))
        .compose(
            due ->
                due == null || !due.isAfter(of.lastDay())
                    ? nothing()
                    : Outcome.of(
                        Standing.of(of).in(of.state(), due),
                        Happened.of(AccessRequestStep.Kind.RECOUNTED, null, null)
                            .due(Objects.requireNonNull(due))));
  }
}
