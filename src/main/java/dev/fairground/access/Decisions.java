package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over decisions. */
final class Decisions {
  private static final String SELECT =
      """
      select d.id, d.request_id, d.level, d.outcome, d.decided_by_id, d.decided_at, d.decided_on, d.due_on, d.on_time,
             d.working_days, d.policy_version, d.text
        from access_decision d
      """;

  private final Database database;

  Decisions(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- accessDecisionsById\n"
          + SELECT
          + " join access_request p on p.operator_id = d.operator_id and p.id = d.request_id"
          + " where d.id = any($4) and "
          + RequestAccess.VISIBLE;

  /** Those that the caller may see. */
  Future<List<AccessDecision>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        RequestAccess.of(reading.viewer(), reading.moment().day()).tuple().addValue(Rows.ids(ids)),
        Decisions::decision);
  }

  private static final String OF_REQUESTS =
      "-- decisionsOfAccessRequests\n"
          + SELECT
          + " where d.request_id = any($1) order by d.request_id, d.decided_at, d.id";

  /** Who sees a request sees them. */
  Future<List<AccessDecision>> ofRequests(Reading reading, Collection<UUID> requests) {
    return database.list(
        reading.reads(), OF_REQUESTS, Tuple.of((Object) Rows.ids(requests)), Decisions::decision);
  }

  private static final String REASONS =
      """
      -- reasonsOfAccessDecisions
      select r.decision_id, r.position, r.code, r.document, r.clause, r.explanation, r.curable_by
        from access_decision_reason r
       where r.decision_id = any($1)
       order by r.decision_id, r.position
      """;

  Future<List<AccessDecision.Reason>> reasons(Reading reading, Collection<UUID> decisions) {
    return database.list(
        reading.reads(),
        REASONS,
        Tuple.of((Object) Rows.ids(decisions)),
        row ->
            new AccessDecision.Reason(
                row.getUUID(0),
                row.getInteger(1),
                Rows.value(row, 2, RefusalReasonCode.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)));
  }

  private static final String INSERT =
      """
      -- insertAccessDecision
      insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
             decided_on, due_on, on_time, working_days, policy_version, text)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  Future<Void> insert(
      SqlConnection transaction, Write write, UUID operator, AccessDecision decision) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.from(
                Arrays.asList(
                    operator,
                    decision.id(),
                    decision.requestId(),
                    decision.level().name(),
                    decision.outcome().name(),
                    decision.decidedById(),
                    write.actor().subject(),
                    decision.decidedAt(),
                    decision.decidedOn(),
                    decision.dueOn(),
                    decision.onTime(),
                    decision.workingDays(),
                    decision.policyVersion(),
                    decision.text())))
        .mapEmpty();
  }

  private static final String INSERT_REASONS =
      """
      -- insertAccessDecisionReasons
      insert into access_decision_reason (operator_id, decision_id, position, code, document, clause, explanation,
             curable_by)
      select $1, $2, n.place, n.code, n.document, n.clause, n.explanation, n.curable_by
        from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
             with ordinality as n (code, document, clause, explanation, curable_by, place)
      """;

  Future<Void> insertReasons(
      SqlConnection transaction, UUID operator, UUID decision, List<RefusalForm.Given> reasons) {
    return database
        .rows(
            transaction,
            INSERT_REASONS,
            Tuple.from(
                Arrays.asList(
                    operator,
                    decision,
                    reasons.stream().map(one -> one.code().name()).toArray(String[]::new),
                    reasons.stream().map(RefusalForm.Given::document).toArray(String[]::new),
                    reasons.stream().map(RefusalForm.Given::clause).toArray(String[]::new),
                    reasons.stream().map(RefusalForm.Given::explanation).toArray(String[]::new),
                    reasons.stream().map(RefusalForm.Given::curableBy).toArray(String[]::new))))
        .mapEmpty();
  }

  private static AccessDecision decision(Row row) {
    return new AccessDecision(
        row.getUUID(0),
        row.getUUID(1),
        Rows.value(row, 2, Level.class),
        Rows.value(row, 3, AccessDecision.Outcome.class),
        row.getUUID(4),
        row.getOffsetDateTime(5),
        row.getLocalDate(6),
        row.getLocalDate(7),
        row.getBoolean(8),
        row.getInteger(9),
        row.getInteger(10),
        row.getString(11));
  }
}
