package dev.fairground.contract;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agreements of grants: written out when a grant is given, and kept word for word. */
final class Agreements {
  private final Database database;

  Agreements(Database database) {
    this.database = database;
  }

  private static final String GROUND =
      """
      (select t.digest
         from standard_terms t
        where t.operator_id = %1$s and t.product_id = %2$s and t.number = %4$s),
      (select p.region_code
         from product_version p
        where p.operator_id = %1$s and p.product_id = %2$s and p.version = %3$s),
      array(
        select s.scenario_id
          from product_scenario s
         where s.operator_id = %1$s and s.product_id = %2$s and s.product_version = %3$s and not s.allowed
         order by s.scenario_id)
      """;

  private static final String OF_NEW =
      "-- groundOfAgreement\nselect "
          + GROUND.formatted("$1::uuid", "$2::uuid", "$3::integer", "$4::integer");

  /** Writes out the agreement of a grant that is about to be given. */
  Future<Agreement> of(SqlConnection transaction, UUID id, String number, NewGrant grant) {
    return database
        .first(
            transaction,
            OF_NEW,
            Tuple.of(
                grant.operatorId(), grant.productId(), grant.productVersion(), grant.termsNumber()),
            row -> ground(row, 0))
        .map(
            ground ->
                Agreement.of(id, GrantOdrl.of(id, number, grant, Objects.requireNonNull(ground))));
  }

  // What was agreed when it was given; of a grant without it, what its rows say.
  private static final String OF_GRANTS =
      "-- agreementsOfAccessGrants\nselect "
          + GrantSql.COLUMNS.all("g")
          + ", g.agreement, "
          + GROUND.formatted("g.operator_id", "g.product_id", "g.product_version", "g.terms_number")
          + """
            , (select jsonb_agg(to_jsonb(d) order by d.position)
                 from access_grant_deviation d
                where d.operator_id = g.operator_id and d.grant_id = g.id),
              (select jsonb_agg(to_jsonb(c) order by c.position)
                 from access_grant_clause c
                where c.operator_id = g.operator_id and c.grant_id = g.id)
             from\s"""
          + GrantSql.FROM
          + " where g.id = any($1) and v.valid_to = 'infinity'";

  private static final int AFTER = 59;

  /** The agreement of one that is there. */
  Future<Agreement> of(SqlConnection transaction, UUID id) {
    return database
        .first(transaction, OF_GRANTS, Tuple.of(new UUID[] {id}), Agreements::agreement)
        .map(Objects::requireNonNull);
  }

  /** Those of grants that the reader was shown. */
  Future<List<Agreement>> find(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), OF_GRANTS, Tuple.of(Rows.ids(ids)), Agreements::agreement);
  }

  private static Agreement agreement(Row row) {
    var grant = GrantSql.grant(row);
    var kept = row.getString(AFTER);
    return kept != null
        ? Agreement.of(grant.id(), kept)
        : Agreement.of(
            grant.id(),
            GrantOdrl.of(
                grant.id(),
                grant.number(),
                terms(grant, objects(row.getValue(AFTER + 4)), objects(row.getValue(AFTER + 5))),
                ground(row, AFTER + 1)));
  }

  private static GrantOdrl.Ground ground(Row row, int at) {
    return new GrantOdrl.Ground(
        row.getString(at),
        row.getString(at + 1),
        Arrays.asList(Objects.requireNonNull(row.getArrayOfUUIDs(at + 2))));
  }

  private static List<JsonObject> objects(@Nullable Object array) {
    var objects = new ArrayList<JsonObject>();
    if (array instanceof JsonArray rows) {
      for (int i = 0; i < rows.size(); i++) {
        objects.add(rows.getJsonObject(i));
      }
    }
    return objects;
  }

  private static NewGrant terms(
      AccessGrant of, List<JsonObject> deviations, List<JsonObject> clauses) {
    return new NewGrant(
        of.operatorId(),
        of.requestId(),
        of.decisionId(),
        of.productId(),
        of.productVersion(),
        of.authorizationId(),
        of.institutionId(),
        of.jurisdictionCode(),
        of.holderId(),
        of.scenarioId(),
        of.scenarioClass(),
        of.purposeClass(),
        of.policyVersion(),
        of.termsNumber(),
        of.tariffId(),
        of.tariffVersion(),
        of.freeOfCharge(),
        of.unit(),
        of.unitText(),
        of.currency(),
        of.unitPrice(),
        of.discountPercent(),
        of.quantity(),
        of.volumeBand(),
        of.termBand(),
        of.delivery(),
        of.paymentDays(),
        of.deposit(),
        of.minimumQuantity(),
        of.startsOn(),
        of.agreedEndsOn(),
        of.decidedOn(),
        of.decisionDays(),
        of.affiliate(),
        of.smallOrMicro(),
        of.demonstration(),
        deviations.stream()
            .map(
                one ->
                    new NewGrant.Deviation(
                        one.getString("field"),
                        one.getString("standard"),
                        one.getString("granted"),
                        one.getString("factor"),
                        one.getString("justification"),
                        one.getString("evidence")))
            .toList(),
        clauses.stream()
            .map(
                one ->
                    new NewGrant.Clause(
                        one.getString("kind"), one.getString("text"), one.getString("reason")))
            .toList());
  }
}
