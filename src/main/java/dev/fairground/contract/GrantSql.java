package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.contract.AccessGrant.Suspension;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Rows;
import io.vertx.sqlclient.Row;

/**
 * The columns of {@code access_grant g} and {@code access_grant_version v}, and how they are read.
 */
final class GrantSql {
  static final Columns COLUMNS =
      Columns.of(
          """
          id, operator_id, number, request_id, decision_id, product_id, product_version, authorization_grant_id,
          institution_id, jurisdiction_code, holder_id, scenario_id, scenario_class, purpose_class, policy_version,
          terms_number, tariff_id, tariff_version, free_of_charge, unit, unit_text, currency, unit_price,
          discount_percent, quantity, volume_band, term_band, delivery, payment_days, deposit, minimum_quantity,
          starts_on, ends_on, decided_on, decision_days, affiliate, small_or_micro, created_at, demonstration,
          v.version, v.valid_from, v.state, v.state_reason, v.suspended_by, v.suspended_for, v.correction_due_on,
          v.end_kind, v.end_planned, v.ends_on, v.ended_on, v.sign_by, v.signed_by_operator_on, v.signed_by_holder_on,
          v.end_proposed_by, v.end_proposed_on, v.end_proposed_reason, v.replacement_product_id, v.step, v.changed_by
          """);

  /** Where the columns of a version begin. */
  private static final int VERSION = 39;

  static final String FROM =
      "access_grant g join access_grant_version v on v.operator_id = g.operator_id and v.grant_id = g.id";

  private GrantSql() {}

  static AccessGrant grant(Row row) {
    return new AccessGrant(
        row.getUUID(1),
        row.getUUID(0),
        row.getString(2),
        row.getUUID(3),
        row.getUUID(4),
        row.getUUID(5),
        Rows.number(row, 6),
        row.getUUID(7),
        row.getUUID(8),
        row.getString(9),
        row.getUUID(10),
        row.getUUID(11),
        row.getString(12),
        row.getString(13),
        Rows.number(row, 14),
        Rows.number(row, 15),
        row.getUUID(16),
        row.getInteger(17),
        Rows.truth(row, 18),
        row.getString(19),
        row.getString(20),
        row.getString(21),
        row.getBigDecimal(22),
        row.getBigDecimal(23),
        row.getBigDecimal(24),
        row.getString(25),
        row.getString(26),
        row.getString(27),
        row.getInteger(28),
        row.getBigDecimal(29),
        row.getBigDecimal(30),
        row.getLocalDate(31),
        row.getLocalDate(32),
        row.getLocalDate(33),
        row.getInteger(34),
        row.getBoolean(35),
        row.getBoolean(36),
        row.getOffsetDateTime(37),
        Rows.truth(row, 38),
        stand(row, VERSION));
  }

  /** A version, whose columns begin at {@code at}. */
  static Stand stand(Row row, int at) {
    return new Stand(
        Rows.number(row, at),
        row.getOffsetDateTime(at + 1),
        Rows.value(row, at + 2, State.class),
        row.getString(at + 3),
        Rows.valueOrNull(row, at + 4, Party.class),
        Rows.valueOrNull(row, at + 5, Suspension.class),
        row.getLocalDate(at + 6),
        Rows.valueOrNull(row, at + 7, EndKind.class),
        Rows.valueOrNull(row, at + 8, EndKind.class),
        row.getLocalDate(at + 9),
        row.getLocalDate(at + 10),
        row.getLocalDate(at + 11),
        row.getLocalDate(at + 12),
        row.getLocalDate(at + 13),
        Rows.valueOrNull(row, at + 14, Party.class),
        row.getLocalDate(at + 15),
        row.getString(at + 16),
        row.getUUID(at + 17),
        Rows.valueOrNull(row, at + 18, Step.class),
        Rows.valueOrNull(row, at + 19, Party.class));
  }
}
