package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.AccessRequest.State;
import dev.fairground.graphql.Write;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over requests for access. */
final class AccessRequests {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, operator_id, number, product_id, product_version, authorization_grant_id, institution_id, jurisdiction_code,
          applicant_id, scenario_id, scenario_class, purpose_class, use_statement, starts_on, ends_on,
          unit, unit_text, quantity, policy_version, terms_number, renews_grant_id, eligibility, submitted_at,
          submitted_on, demonstration, version, state, level, due_on, noticed, extended, held, supplement_due_on,
          escalation_due_on, review_until, review_code
          """);

  private static final One<AccessRequest> ONE =
      new One<>(
          "accessRequestsById",
          "access_request_now",
          "p",
          false,
          COLUMNS,
          AccessRequests::request,
          new Join("applicant", "applicant_id", OrganizationRepository.ONE),
          new Join("operator", "operator_id", OrganizationRepository.ONE));

  static final PageSelect<AccessRequest> LIST = PageSelect.of("accessRequests", ONE);

  private final Database database;

  AccessRequests(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- accessRequestsById\nselect "
          + COLUMNS.all("p")
          + " from access_request_now p where p.id = any($4) and "
          + RequestAccess.VISIBLE;

  /** Those that the caller may see. */
  Future<List<AccessRequest>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        RequestAccess.of(reading.viewer(), reading.moment().day()).tuple().addValue(Rows.ids(ids)),
        AccessRequests::request);
  }

  private static final String LOCK =
      "-- lockAccessRequest\nselect p.id from access_request p where p.id = $4 and "
          + RequestAccess.VISIBLE
          + " for no key update of p";

  private static final String LOCKED =
      "-- accessRequestLocked\nselect "
          + COLUMNS.all("p")
          + " from access_request_now p where p.id = $1";

  /** One that the caller may see, which nobody else changes until the transaction ends. */
  Future<@Nullable AccessRequest> findForUpdate(SqlConnection transaction, Write write, UUID id) {
    return database
        .first(
            transaction,
            LOCK,
            RequestAccess.of(write.viewer(), write.moment().day()).tuple().addValue(id),
            row -> row.getUUID(0))
        .compose(
            found ->
                found == null
                    ? Future.<@Nullable AccessRequest>succeededFuture()
                    : find(transaction, found));
  }

  /** One as it is now, whoever may see it. */
  Future<@Nullable AccessRequest> find(SqlConnection transaction, UUID id) {
    return database.first(transaction, LOCKED, Tuple.of(id), AccessRequests::request);
  }

  private static final String INSERT =
      """
      -- insertAccessRequest
      insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
             institution_id, jurisdiction_code, applicant_id, scenario_id, scenario_class, purpose_class, use_statement,
             starts_on, ends_on, unit, unit_text, quantity, policy_version, terms_number, renews_grant_id, eligibility,
             submitted_at, submitted_on, submitted_by, demonstration)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
              $24, $25, $26)
      """;

  /** What was handed in; where it stands is written by {@link #next}. */
  Future<Void> insert(SqlConnection transaction, Write write, AccessRequest of) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.from(
                Arrays.asList(
                    of.operatorId(),
                    of.id(),
                    of.number(),
                    of.productId(),
                    of.productVersion(),
                    of.authorizationGrantId(),
                    of.institutionId(),
                    of.jurisdictionCode(),
                    of.applicantId(),
                    of.scenarioId(),
                    of.scenarioClass(),
                    of.purposeClass(),
                    of.useStatement(),
                    of.startsOn(),
                    of.endsOn(),
                    of.unit(),
                    of.unitText(),
                    of.quantity(),
                    of.policyVersion(),
                    of.termsNumber(),
                    of.renewsGrantId(),
                    of.eligibility(),
                    of.submittedAt(),
                    of.submittedOn(),
                    write.actor().subject(),
                    of.demonstration())))
        .mapEmpty();
  }

  // Two changes of one moment are told apart: a version is never empty.
  private static final String CLOSE =
      """
      -- closeAccessRequestVersion
      update access_request_version v
         set valid_to = greatest($3, v.valid_from + interval '1 microsecond')
       where v.operator_id = $1 and v.request_id = $2 and v.valid_to = 'infinity'
      returning v.version, v.valid_to
      """;

  private static final String NEXT =
      """
      -- insertAccessRequestVersion
      insert into access_request_version (operator_id, request_id, version, valid_from, state, level, due_on, noticed,
             extended, held, supplement_due_on, escalation_due_on, review_until, review_code)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private record Closed(int version, OffsetDateTime at) {}

  /** Writes where a request stands from now on, as its next version or its first. */
  Future<AccessRequest> next(
      SqlConnection transaction, Write write, UUID operator, UUID request, Standing standing) {
    return database
        .first(
            transaction,
            CLOSE,
            Tuple.of(operator, request, now(write)),
            row -> new Closed(row.getInteger(0), row.getOffsetDateTime(1)))
        .compose(
            closed ->
                database.rows(
                    transaction,
                    NEXT,
                    Tuple.from(
                        Arrays.asList(
                            operator,
                            request,
                            closed == null ? 1 : closed.version() + 1,
                            closed == null ? now(write) : closed.at(),
                            standing.state().name(),
                            standing.level().name(),
                            standing.lastDay(),
                            standing.noticed(),
                            standing.extended(),
                            standing.held(),
                            standing.supplementDueOn(),
                            standing.escalationDueOn(),
                            standing.reviewUntil(),
                            standing.reviewCode()))))
        .compose(written -> find(transaction, request))
        .map(Objects::requireNonNull);
  }

  static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }

  static AccessRequest request(Row row) {
    return new AccessRequest(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        row.getUUID(3),
        Rows.number(row, 4),
        row.getUUID(5),
        row.getUUID(6),
        row.getString(7),
        row.getUUID(8),
        row.getUUID(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getLocalDate(13),
        row.getLocalDate(14),
        row.getString(15),
        row.getString(16),
        row.getBigDecimal(17),
        Rows.number(row, 18),
        Rows.number(row, 19),
        row.getUUID(20),
        row.getString(21),
        row.getOffsetDateTime(22),
        row.getLocalDate(23),
        Rows.truth(row, 24),
        Rows.number(row, 25),
        Rows.value(row, 26, State.class),
        Rows.value(row, 27, Level.class),
        row.getLocalDate(28),
        Rows.truth(row, 29),
        Rows.truth(row, 30),
        Rows.truth(row, 31),
        row.getLocalDate(32),
        row.getLocalDate(33),
        row.getLocalDate(34),
        row.getString(35));
  }
}
