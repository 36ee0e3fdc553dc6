package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.Suspension;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL over what belongs to grants that the reader was shown: one statement for many of them. */
final class GrantDetails {
  private final Database database;

  GrantDetails(Database database) {
    this.database = database;
  }

  private <T> Future<List<T>> list(
      Reading reading, String sql, Collection<UUID> ids, Function<Row, T> mapping) {
    return database.list(reading.reads(), sql, Tuple.of(Rows.ids(ids)), mapping);
  }

  /** In what a grant differs from the standard terms. */
  record Deviation(UUID grantId, NewGrant.Deviation deviation) {}

  private static final String DEVIATIONS =
      """
      -- deviationsOfAccessGrants
      select d.grant_id, d.field, d.standard, d.granted, d.factor, d.justification, d.evidence
        from access_grant g
        join access_grant_deviation d on d.operator_id = g.operator_id and d.grant_id = g.id
       where g.id = any($1)
       order by d.grant_id, d.position
      """;

  Future<List<Deviation>> deviations(Reading reading, Collection<UUID> ids) {
    return list(
        reading,
        DEVIATIONS,
        ids,
        row ->
            new Deviation(
                row.getUUID(0),
                new NewGrant.Deviation(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6))));
  }

  /** What was agreed beyond the standard terms. */
  record Clause(UUID grantId, NewGrant.Clause clause) {}

  private static final String CLAUSES =
      """
      -- clausesOfAccessGrants
      select c.grant_id, c.kind, c.text, c.reason
        from access_grant g
        join access_grant_clause c on c.operator_id = g.operator_id and c.grant_id = g.id
       where g.id = any($1)
       order by c.grant_id, c.position
      """;

  Future<List<Clause>> clauses(Reading reading, Collection<UUID> ids) {
    return list(
        reading,
        CLAUSES,
        ids,
        row ->
            new Clause(
                row.getUUID(0),
                new NewGrant.Clause(row.getString(1), row.getString(2), row.getString(3))));
  }

  /** That one side has signed. */
  record Signature(
      UUID grantId,
      Party side,
      String agreementDigest,
      String agreementNumber,
      @Nullable String signatory,
      LocalDate signedOn,
      OffsetDateTime signedAt) {}

  private static final String SIGNATURES =
      """
      -- signaturesOfAccessGrants
      select s.grant_id, s.side, s.agreement_digest, s.agreement_number, s.signatory, s.signed_on, s.signed_at
        from access_grant g
        join access_grant_signature s on s.operator_id = g.operator_id and s.grant_id = g.id
       where g.id = any($1)
       order by s.grant_id, s.signed_at, s.side
      """;

  Future<List<Signature>> signatures(Reading reading, Collection<UUID> ids) {
    return list(
        reading,
        SIGNATURES,
        ids,
        row ->
            new Signature(
                row.getUUID(0),
                Rows.value(row, 1, Party.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLocalDate(5),
                row.getOffsetDateTime(6)));
  }

  /** One version of a grant's state. */
  record Version(UUID grantId, Stand stand) {}

  private static final String STAND =
      """
      v.version, v.valid_from, v.state, v.state_reason, v.suspended_by, v.suspended_for, v.correction_due_on, v.end_kind,
      v.end_planned, v.ends_on, v.ended_on, v.sign_by, v.signed_by_operator_on, v.signed_by_holder_on,
      v.end_proposed_by, v.end_proposed_on, v.end_proposed_reason, v.replacement_product_id, v.step, v.changed_by
      """;

  private static final String HISTORY =
      "-- historyOfAccessGrants\nselect g.id, "
          + STAND
          + """
              from access_grant g
             cross join lateral (
               select *
                 from access_grant_version w
                where w.operator_id = g.operator_id and w.grant_id = g.id
                order by w.version
                limit 200
             ) as v
             where g.id = any($1)
             order by g.id, v.version
            """;

  Future<List<Version>> history(Reading reading, Collection<UUID> ids) {
    return list(reading, HISTORY, ids, row -> new Version(row.getUUID(0), GrantSql.stand(row, 1)));
  }

  /** Why a grant is suspended. */
  record Suspended(
      Party by,
      @Nullable Suspension ground,
      @Nullable String reason,
      @Nullable LocalDate correctBy,
      OffsetDateTime since,
      boolean uncorrected) {}

  // Versions that were made while it was suspended say other things than why.
  private static final String SUSPENSIONS =
      "-- suspensionsOfAccessGrants\nselect g.id, "
          + STAND
          + """
              from access_grant g
             cross join lateral (
               select *
                 from access_grant_version w
                where w.operator_id = g.operator_id and w.grant_id = g.id and w.state = 'SUSPENDED'
                order by (w.step = 'SUSPENDED') desc nulls last, w.version desc
                limit 1
             ) as v
             where g.id = any($1)
            """;

  /** Of grants that are suspended. */
  Future<Map<UUID, Suspended>> suspensions(Reading reading, Collection<UUID> ids) {
    var today = reading.moment().day();
    return list(
            reading, SUSPENSIONS, ids, row -> new Version(row.getUUID(0), GrantSql.stand(row, 1)))
        .map(
            versions -> {
              var found = new HashMap<UUID, Suspended>();
              for (var version : versions) {
                var stand = version.stand();
                found.put(
                    version.grantId(),
                    new Suspended(
                        Objects.requireNonNull(stand.suspendedBy()),
                        stand.suspendedFor(),
                        stand.stateReason(),
                        stand.correctionDueOn(),
                        stand.validFrom(),
                        GrantRules.isUncorrected(stand, today)));
              }
              return found;
            });
  }

  private static final String STANDINGS =
      """
      -- standingsOfAccessGrants
      select g.id, p.status, p.status_reason, a.state
        from access_grant g
        join product_version p
          on p.operator_id = g.operator_id and p.product_id = g.product_id and p.valid_to = 'infinity'
        join authorization_grant_version a on a.grant_id = g.authorization_grant_id and a.valid_to = 'infinity'
       where g.id = any($1)
      """;

  /** What grants rest on, as it is now. */
  private record Ground(
      UUID grantId, String status, @Nullable String reason, String authorizationState) {}

  Future<Map<AccessGrant, GrantStanding>> standings(
      Reading reading, Collection<AccessGrant> grants) {
    return list(
            reading,
            STANDINGS,
            grants.stream().map(AccessGrant::id).distinct().toList(),
            row -> new Ground(row.getUUID(0), row.getString(1), row.getString(2), row.getString(3)))
        .map(
            grounds -> {
              var byId = new HashMap<UUID, Ground>();
              grounds.forEach(ground -> byId.put(ground.grantId(), ground));
              var today = reading.moment().day();
              var found = new HashMap<AccessGrant, GrantStanding>();
              for (var grant : grants) {
                var ground = byId.get(grant.id());
                if (ground != null) {
                  found.put(
                      grant,
                      GrantStanding.of(
                          grant,
                          today,
                          ground.status(),
                          ground.reason(),
                          ground.authorizationState()));
                }
              }
              return found;
            });
  }
}
