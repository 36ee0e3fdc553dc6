package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over sweeps and their parts. */
final class SweepRepository {
  private final Database database;

  SweepRepository(Database database) {
    this.database = database;
  }

  // The one server that adds the day divides it, and writes down which days went by without.
  private static final String BEGIN =
      """
      -- beginCheckSweep
      with begun as (
        insert into check_sweep (day, state, begun_at)
        select $1, 'RUNNING', $2
         where not exists (select 1 from check_sweep s where s.day >= $1)
            on conflict do nothing
        returning day
      ), given_up as (
        update check_sweep s set state = 'GIVEN_UP'
          from begun
         where s.day < begun.day and s.state = 'RUNNING'
      ), missed as (
        insert into check_sweep (day, state)
        select d::date, 'MISSED'
          from begun
         cross join lateral generate_series(
                 greatest((select max(s.day) from check_sweep s where s.day < begun.day) + 1, begun.day - 366),
                 begun.day - 1, interval '1 day') as d
         where exists (select 1 from check_sweep s where s.day < begun.day)
            on conflict do nothing
      )
      insert into check_sweep_part (day, part, subject_kind, first_id, last_id)
      select begun.day, 0, 'MARKET', '00000000-0000-0000-0000-000000000000'::uuid,
             'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid from begun
       union all
      select begun.day, 1, 'AUTHORIZATION', '00000000-0000-0000-0000-000000000000'::uuid,
             'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid from begun
       union all
      select begun.day, 2, 'OPERATOR', '00000000-0000-0000-0000-000000000000'::uuid,
             'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid from begun
       union all
      select begun.day, 3 + n, 'PRODUCT', (lpad(to_hex(n * 8), 2, '0') || repeat('0', 30))::uuid,
             (lpad(to_hex(n * 8 + 7), 2, '0') || repeat('f', 30))::uuid
        from begun cross join generate_series(0, 31) as n
       union all
      select begun.day, 35, 'ACCESS_REQUEST', '00000000-0000-0000-0000-000000000000'::uuid,
             'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid from begun
       union all
      select begun.day, 36 + n, 'ACCESS_GRANT', (to_hex(n * 2) || repeat('0', 31))::uuid,
             (to_hex(n * 2 + 1) || repeat('f', 31))::uuid
        from begun cross join generate_series(0, 7) as n
      """;

  /** Begins the day's sweep unless it has begun, or a later one has. */
  Future<Void> begin(SqlConnection transaction, Moment moment) {
    return database
        .rows(transaction, BEGIN, Tuple.of(moment.day(), moment.now().atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  /**
   * A part that somebody holds.
   *
   * @param behind the last subject that was checked; null before the first
   */
  record Part(
      LocalDate day,
      int number,
      Check.Subject kind,
      UUID firstId,
      UUID lastId,
      @Nullable UUID behind) {}

  private static final String CLAIM =
      """
      -- claimCheckSweepPart
      update check_sweep_part p
         set holder = $1, held_until = $3
        from (select c.day, c.part
                from check_sweep_part c
                join check_sweep s on s.day = c.day and s.state = 'RUNNING'
               where not c.done and (c.held_until is null or c.held_until < $2)
               order by c.day desc, c.part
               limit 1
                 for update of c skip locked) as free
       where p.day = free.day and p.part = free.part
      returning p.day, p.part, p.subject_kind, p.first_id, p.last_id, p.behind
      """;

  /** A part that nobody holds; null where there is none. */
  Future<@Nullable Part> claim(
      SqlConnection transaction, UUID holder, Moment moment, Duration held) {
    var now = moment.now().atOffset(ZoneOffset.UTC);
    return database.first(
        transaction, CLAIM, Tuple.of(holder, now, now.plus(held)), SweepRepository::part);
  }

  private static final String HOLD =
      """
      -- holdCheckSweepPart
      update check_sweep_part p
         set held_until = $4
       where p.day = $1 and p.part = $2 and p.holder = $3 and not p.done
         and exists (select 1 from check_sweep s where s.day = p.day and s.state = 'RUNNING')
      returning p.day, p.part, p.subject_kind, p.first_id, p.last_id, p.behind
      """;

  /** The part as it now stands; null where another server took it over. */
  Future<@Nullable Part> hold(
      SqlConnection transaction, Part part, UUID holder, OffsetDateTime until) {
    return database.first(
        transaction,
        HOLD,
        Tuple.of(part.day(), part.number(), holder, until),
        SweepRepository::part);
  }

  private static final String SUBJECTS =
      """
      -- subjectsOf%1$sSweep
      select x.id
        from (%2$s) as x
       order by x.id
       limit $4
      """;

  private static final String PRODUCTS =
      SUBJECTS.formatted(
          "Product",
          """
          select v.product_id as id
            from product_version v
           where v.product_id > $1 and v.product_id between $2 and $3 and v.valid_to = 'infinity'
             and v.status = 'PUBLISHED'
          """);

  private static final String GRANTS =
      SUBJECTS.formatted(
          "Authorization",
          """
          select g.grant_id as id
            from authorization_grant_version g
           where g.grant_id > $1 and g.grant_id between $2 and $3 and g.valid_to = 'infinity'
             and g.state in ('ACTIVE', 'SUSPENDED', 'EXITING')
          """);

  private static final String OPERATORS =
      SUBJECTS.formatted(
          "Operator",
          """
          select distinct g.operator_id as id
            from authorization_grant g
           where g.operator_id > $1 and g.operator_id between $2 and $3
          """);

  private static final String REQUESTS =
      SUBJECTS.formatted(
          "Request",
          """
          select v.request_id as id
            from access_request_version v
           where v.request_id > $1 and v.request_id between $2 and $3 and v.valid_to = 'infinity'
             and v.state in ('SUBMITTED', 'INCOMPLETE', 'UNDER_REVIEW')
          """);

  // What ended is looked at for a while longer: the use of its last months is still to be reported.
  private static final String ACCESS =
      SUBJECTS.formatted(
          "Access",
          """
          select v.grant_id as id
            from access_grant_version v
           where v.grant_id > $1 and v.grant_id between $2 and $3 and v.valid_to = 'infinity'
             and (v.state <> 'ENDED' or v.ends_on > $5::date - 400)
          """);

  /** The next subjects of a part, in the order of their ids. */
  Future<List<UUID>> subjects(SqlConnection transaction, Part part, int most) {
    var statement =
        switch (part.kind()) {
          case PRODUCT -> PRODUCTS;
          case AUTHORIZATION -> GRANTS;
          case OPERATOR -> OPERATORS;
          case ACCESS_REQUEST -> REQUESTS;
          case ACCESS_GRANT -> ACCESS;
          case MARKET -> null;
        };
    if (statement == null) {
      return Future.succeededFuture(part.behind() == null ? List.of(Subject.MARKET) : List.of());
    }
    var behind = part.behind();
    var arguments =
        Tuple.of(behind == null ? Subject.MARKET : behind, part.firstId(), part.lastId(), most);
    if (part.kind() == Check.Subject.ACCESS_GRANT) {
      arguments.addLocalDate(part.day());
    }
    return database.list(transaction, statement, arguments, row -> row.getUUID(0));
  }

  private static final String ADVANCE =
      """
      -- advanceCheckSweepPart
      with advanced as (
        update check_sweep_part p
           set behind = coalesce($3, p.behind), checked = p.checked + $4, changed = p.changed + $5,
               suspended = p.suspended + $6, done = $7
         where p.day = $1 and p.part = $2
      )
      update check_sweep s
         set state = 'DONE', ended_at = $8
       where s.day = $1 and $7 and s.state = 'RUNNING'
         and not exists (
               select 1 from check_sweep_part o where o.day = $1 and not o.done and o.part <> $2)
      """;

  /** What a batch came to. */
  record Progress(@Nullable UUID last, int checked, int changed, int suspended, boolean done) {}

  // Two servers that end the last two parts at once would each see the other's open: they take
  // turns by the row of the day.
  private static final String TURN =
      "-- turnOfCheckSweep\nselect s.day from check_sweep s where s.day = $1 for update";

  Future<Void> advance(SqlConnection transaction, Part part, Progress progress, Moment moment) {
    var turn =
        progress.done()
            ? database.rows(transaction, TURN, Tuple.of(part.day())).mapEmpty()
            : Future.<Void>succeededFuture();
    return turn.compose(
            taken ->
                database.rows(
                    transaction,
                    ADVANCE,
                    Tuple.of(
                            part.day(),
                            part.number(),
                            progress.last(),
                            (long) progress.checked(),
                            (long) progress.changed(),
                            (long) progress.suspended())
                        .addValue(progress.done())
                        .addValue(moment.now().atOffset(ZoneOffset.UTC))))
        .mapEmpty();
  }

  private static Part part(Row row) {
    return new Part(
        row.getLocalDate(0),
        row.getInteger(1),
        Rows.value(row, 2, Check.Subject.class),
        row.getUUID(3),
        row.getUUID(4),
        row.getUUID(5));
  }
}
