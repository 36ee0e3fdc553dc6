package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes access grants: their terms once, their state version by version. */
final class GrantWriter {
  private final Database database;

  GrantWriter(Database database) {
    this.database = database;
  }

  private static final String GRANT =
      """
      -- insertAccessGrant
      insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
             authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_id, scenario_class,
             purpose_class, policy_version, terms_number, tariff_id, tariff_version, free_of_charge, unit, unit_text,
             currency, unit_price, discount_percent, quantity, volume_band, term_band, delivery, payment_days, deposit,
             minimum_quantity, starts_on, ends_on, decided_on, decision_days, affiliate, small_or_micro, created_at,
             demonstration, agreement)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
              $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)
      """;

  private static final String FIRST =
      """
      -- firstVersionOfAccessGrant
      insert into access_grant_version (operator_id, grant_id, version, valid_from, state, ends_on, sign_by, step,
             changed_by, changed_by_subject)
      values ($1, $2, 1, $3, 'AWAITING_SIGNATURE', $4, $5, 'GIVEN', 'OPERATOR', $6)
      """;

  /** Writes a grant that waits for its signatures. */
  Future<Void> insert(
      SqlConnection transaction,
      Write write,
      Agreement agreement,
      String number,
      NewGrant of,
      @Nullable LocalDate signBy) {
    var now = now(write);
    var id = agreement.grantId();
    return database
        .rows(
            transaction,
            GRANT,
            Tuple.of(of.operatorId(), id, number, of.requestId(), of.decisionId(), of.productId())
                .addValue(of.productVersion())
                .addValue(of.authorizationId())
                .addValue(of.institutionId())
                .addValue(of.jurisdictionCode())
                .addValue(of.holderId())
                .addValue(of.scenarioId())
                .addValue(of.scenarioClass())
                .addValue(of.purposeClass())
                .addValue(of.policyVersion())
                .addValue(of.termsNumber())
                .addValue(of.tariffId())
                .addValue(of.tariffVersion())
                .addValue(of.freeOfCharge())
                .addValue(of.unit())
                .addValue(of.unitText())
                .addValue(of.currency())
                .addValue(of.unitPrice())
                .addValue(of.discountPercent())
                .addValue(of.quantity())
                .addValue(of.volumeBand())
                .addValue(of.termBand())
                .addValue(of.delivery())
                .addValue(of.paymentDays())
                .addValue(of.deposit())
                .addValue(of.minimumQuantity())
                .addValue(of.startsOn())
                .addValue(of.endsOn())
                .addValue(of.decidedOn())
                .addValue(of.decisionDays())
                .addValue(of.affiliate())
                .addValue(of.smallOrMicro())
                .addValue(now)
                .addValue(of.demonstration())
                .addValue(agreement.text()))
        .compose(
            done ->
                database.rows(
                    transaction,
                    FIRST,
                    Tuple.of(of.operatorId(), id, now, of.endsOn(), signBy)
                        .addValue(write.actor().subject())))
        .compose(done -> deviations(transaction, id, of))
        .compose(done -> clauses(transaction, id, of));
  }

  private static final String DEVIATIONS =
      """
      -- insertDeviationsOfAccessGrant
      insert into access_grant_deviation (operator_id, grant_id, position, field, standard, granted, factor,
             justification, evidence)
      select $1, $2, d.place, d.row ->> 'field', d.row ->> 'standard', d.row ->> 'granted', d.row ->> 'factor',
             d.row ->> 'justification', d.row ->> 'evidence'
        from jsonb_array_elements($3::jsonb) with ordinality as d (row, place)
      """;

  private Future<Void> deviations(SqlConnection transaction, UUID id, NewGrant of) {
    if (of.deviations().isEmpty()) {
      return Future.succeededFuture();
    }
    var rows = new JsonArray();
    of.deviations()
        .forEach(
            one ->
                rows.add(
                    new JsonObject()
                        .put("field", one.field())
                        .put("standard", one.standard())
                        .put("granted", one.granted())
                        .put("factor", one.factor())
                        .put("justification", one.justification())
                        .put("evidence", one.evidence())));
    return database.rows(transaction, DEVIATIONS, Tuple.of(of.operatorId(), id, rows)).mapEmpty();
  }

  private static final String CLAUSES =
      """
      -- insertClausesOfAccessGrant
      insert into access_grant_clause (operator_id, grant_id, position, kind, text, reason)
      select $1, $2, c.place, c.row ->> 'kind', c.row ->> 'text', c.row ->> 'reason'
        from jsonb_array_elements($3::jsonb) with ordinality as c (row, place)
      """;

  private Future<Void> clauses(SqlConnection transaction, UUID id, NewGrant of) {
    if (of.clauses().isEmpty()) {
      return Future.succeededFuture();
    }
    var rows = new JsonArray();
    of.clauses()
        .forEach(
            one ->
                rows.add(
                    new JsonObject()
                        .put("kind", one.kind())
                        .put("text", one.text())
                        .put("reason", one.reason())));
    return database.rows(transaction, CLAUSES, Tuple.of(of.operatorId(), id, rows)).mapEmpty();
  }

  private static final String CLOSE =
      """
      -- closeAccessGrantVersion
      update access_grant_version v
         set valid_to = greatest($3::timestamptz, v.valid_from + interval '1 microsecond')
       where v.operator_id = $1 and v.grant_id = $2 and v.valid_to = 'infinity'
      returning v.valid_to
      """;

  private static final String NEXT =
      """
      -- nextAccessGrantVersion
      insert into access_grant_version (operator_id, grant_id, version, valid_from, state, state_reason, suspended_by,
             suspended_for, correction_due_on, end_kind, end_planned, ends_on, ended_on, sign_by,
             signed_by_operator_on, signed_by_holder_on, end_proposed_by, end_proposed_on, end_proposed_reason,
             replacement_product_id, step, changed_by, changed_by_subject)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
      """;

  /**
   * Writes the next version of a grant that is locked. The version number and the moment of {@code
   * stand} are not read: they follow from the one before.
   */
  Future<Void> next(SqlConnection transaction, Write write, AccessGrant grant, Stand stand) {
    return database
        .first(
            transaction,
            CLOSE,
            Tuple.of(grant.operatorId(), grant.id(), now(write)),
            row -> row.getOffsetDateTime(0))
        .compose(
            moment ->
                database.rows(
                    transaction,
                    NEXT,
                    Tuple.of(grant.operatorId(), grant.id(), grant.version() + 1, moment)
                        .addValue(stand.state().name())
                        .addValue(stand.stateReason())
                        .addValue(name(stand.suspendedBy()))
                        .addValue(name(stand.suspendedFor()))
                        .addValue(stand.correctionDueOn())
                        .addValue(name(stand.endKind()))
                        .addValue(name(stand.plannedEnd()))
                        .addValue(stand.endsOn())
                        .addValue(stand.endedOn())
                        .addValue(stand.signBy())
                        .addValue(stand.signedByOperatorOn())
                        .addValue(stand.signedByHolderOn())
                        .addValue(name(stand.endProposedBy()))
                        .addValue(stand.endProposedOn())
                        .addValue(stand.endProposedReason())
                        .addValue(stand.replacementProductId())
                        .addValue(name(stand.step()))
                        .addValue(name(stand.changedBy()))
                        .addValue(write.actor().subject())))
        .mapEmpty();
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }
}
