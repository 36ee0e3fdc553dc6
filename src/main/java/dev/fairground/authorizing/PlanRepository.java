package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationRepository;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over plans and the decisions on them. */
final class PlanRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, institution_id, jurisdiction_code, version, state, state_reason, content, decision_number, decided_on,
          filing_number, filed_on, filed_with_id, selection_method, selection_basis, fair_competition_review,
          selection_opened_on, revises_grant_id, grant_id, created_at, created_by, updated_at, updated_by, demonstration
          """);

  private static final One<AuthorizationPlan> ONE =
      new One<>(
          "authorizationPlansById",
          "authorization_plan",
          "p",
          false,
          COLUMNS,
          PlanRepository::plan,
          new Join("institution", "institution_id", OrganizationRepository.ONE),
          new Join("authorization", "grant_id", AuthorizationRepository.ONE));

  static final PageSelect<AuthorizationPlan> LIST = PageSelect.of("authorizationPlans", ONE);

  private final Database database;

  PlanRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- authorizationPlansById\nselect "
          + COLUMNS.all("p")
          + " from authorization_plan p where p.id = any($5) and "
          + PlanAccess.VISIBLE;

  /** Those that the caller may see. */
  Future<List<AuthorizationPlan>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        PlanAccess.of(reading.viewer(), reading.moment().day()).tuple().addValue(Rows.ids(ids)),
        PlanRepository::plan);
  }

  private static final String FOR_UPDATE =
      "-- authorizationPlanForUpdate\nselect "
          + COLUMNS.all("p")
          + " from authorization_plan p where p.id = $5 and "
          + PlanAccess.VISIBLE
          + " for update of p";

  /** One that the caller may see, which nobody else changes until the transaction ends. */
  Future<@Nullable AuthorizationPlan> findForUpdate(
      SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        FOR_UPDATE,
        PlanAccess.of(write.viewer(), write.moment().day()).tuple().addValue(id),
        PlanRepository::plan);
  }

  private static final String FILED_FOR =
      "-- planThatBinds\nselect "
          + COLUMNS.all("p")
          + """
             from authorization_plan p
            where p.revises_grant_id = $1 and (p.state = 'PLAN_FILED' or p.state = 'CONCLUDED')
               or p.grant_id = $1 and p.revises_grant_id is null
            order by p.state = 'PLAN_FILED' desc, p.updated_at desc, p.id
            limit 1
              for update of p
            """;

  /**
   * The plan that an authorization is held to: the change of it that was filed last, else the one
   * that it came from; null where it came from none.
   */
  Future<@Nullable AuthorizationPlan> findBinding(SqlConnection transaction, UUID grantId) {
    return database.first(transaction, FILED_FOR, Tuple.of(grantId), PlanRepository::plan);
  }

  private static final String INSERT =
      """
      -- insertAuthorizationPlan
      insert into authorization_plan as p (id, institution_id, jurisdiction_code, state, content, revises_grant_id, created_at,
             created_by, updated_at, updated_by, demonstration)
      values ($1, $2, $3, 'PLAN_DRAFT', $4, $5, $6, $7, $6, $7, $8)
      returning\s"""
          + COLUMNS.all("p");

  Future<AuthorizationPlan> insert(
      SqlConnection transaction, Write write, PlanStart start, JsonObject content) {
    return database
        .first(
            transaction,
            INSERT,
            Tuple.of(UUID.randomUUID(), start.institutionId(), start.jurisdictionCode())
                .addValue(content)
                .addValue(start.revisesId())
                .addValue(now(write))
                .addValue(write.actor().name())
                .addValue(start.demonstration()),
            PlanRepository::plan)
        .map(Objects::requireNonNull);
  }

  // What a step changes, by the names of the columns; the rest stays.
  private static final String SAVE =
      """
      -- saveAuthorizationPlan
      update authorization_plan as p
         set version = p.version + 1, updated_at = $2, updated_by = $3, state = n.state, state_reason = n.state_reason,
             content = n.content, decision_number = n.decision_number, decision_record = n.decision_record,
             decided_on = n.decided_on, approved_by = n.approved_by, filing_number = n.filing_number,
             filed_on = n.filed_on, filed_with_id = n.filed_with_id, selection_method = n.selection_method,
             selection_basis = n.selection_basis, fair_competition_review = n.fair_competition_review,
             selection_opened_on = n.selection_opened_on, grant_id = n.grant_id
        from authorization_plan as b
       cross join lateral jsonb_populate_record(null::authorization_plan, to_jsonb(b) || $4::jsonb) as n
       where p.id = $1 and b.id = p.id
      returning\s"""
          + COLUMNS.all("p");

  /** Writes what a step changes, by the names of the columns. */
  Future<AuthorizationPlan> save(
      SqlConnection transaction, Write write, UUID id, JsonObject changes) {
    return database
        .first(
            transaction,
            SAVE,
            Tuple.of(id, now(write), write.actor().name(), changes),
            PlanRepository::plan)
        .map(Objects::requireNonNull);
  }

  private static final String DECIDE =
      """
      -- decideAuthorizationPlan
      insert into authorization_plan_decision (plan_id, number, content, decided_on, decision_record, approved_by, recorded_at,
             recorded_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  /** Keeps what was decided on, word for word. */
  Future<Void> decide(
      SqlConnection transaction, Write write, AuthorizationPlan plan, PlanDecision decision) {
    return database
        .rows(
            transaction,
            DECIDE,
            Tuple.of(plan.id(), decision.number(), plan.content())
                .addValue(decision.decidedOn())
                .addValue(decision.decisionRecord())
                .addValue(decision.approvedBy())
                .addValue(now(write))
                .addValue(write.actor().name()))
        .mapEmpty();
  }

  private static final String DECISIONS =
      """
      -- decisionsOnAuthorizationPlans
      select d.plan_id, d.number, d.decided_on, d.decision_record, d.approved_by, d.recorded_at, d.recorded_by
        from unnest($1::uuid[]) as parent (id)
       cross join lateral (
         select plan_id, number, decided_on, decision_record, approved_by, recorded_at, recorded_by
           from authorization_plan_decision
          where plan_id = parent.id
          order by number desc
          limit 50) as d
       order by d.plan_id, d.number desc
      """;

  Future<List<PlanDecision>> findDecisions(Reading reading, Collection<UUID> plans) {
    return database.list(
        reading.reads(),
        DECISIONS,
        Tuple.of(Rows.ids(plans)),
        row ->
            new PlanDecision(
                row.getUUID(0),
                Rows.number(row, 1),
                row.getLocalDate(2),
                row.getString(3),
                row.getString(4),
                row.getOffsetDateTime(5),
                row.getString(6)));
  }

  private static final String SUPERVISED =
      """
      -- jurisdictionsSupervised
      select r.jurisdiction_code, r.organization_id
        from organization_role r
       where r.role = 'DATA_AUTHORITY' and r.organization_id = any($1) and r.jurisdiction_code = any($2)
         and r.starts_on <= $3 and (r.ends_on is null or r.ends_on >= $3)
       order by r.jurisdiction_code, r.organization_id
      """;

  /** A data authority that the caller acts for, in a jurisdiction. */
  record Supervised(String jurisdictionCode, UUID authorityId) {}

  private static Tuple supervising(Viewer viewer, Collection<String> codes, LocalDate day) {
    return Tuple.of(
        viewer.rights().organizations(Scope.AUTHORIZATION_SUPERVISE),
        codes.toArray(String[]::new),
        day);
  }

  private static Supervised supervised(Row row) {
    return new Supervised(row.getString(0), row.getUUID(1));
  }

  Future<List<Supervised>> supervised(Reading reading, Collection<String> codes) {
    return database.list(
        reading.reads(),
        SUPERVISED,
        supervising(reading.viewer(), codes, reading.moment().day()),
        PlanRepository::supervised);
  }

  Future<List<Supervised>> supervised(SqlConnection transaction, Write write, String code) {
    return database.list(
        transaction,
        SUPERVISED,
        supervising(write.viewer(), List.of(code), write.moment().day()),
        PlanRepository::supervised);
  }

  private static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }

  private static AuthorizationPlan plan(Row row) {
    return new AuthorizationPlan(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        Rows.number(row, 3),
        Rows.value(row, 4, PlanState.class),
        row.getString(5),
        Objects.requireNonNull((JsonObject) row.getValue(6)),
        Rows.number(row, 7),
        row.getLocalDate(8),
        row.getString(9),
        row.getLocalDate(10),
        row.getUUID(11),
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getLocalDate(15),
        row.getUUID(16),
        row.getUUID(17),
        row.getOffsetDateTime(18),
        row.getString(19),
        row.getOffsetDateTime(20),
        row.getString(21),
        Rows.truth(row, 22));
  }
}
