package dev.fairground.check;

import dev.fairground.Asking;
import dev.fairground.draft.DraftMarket;
import dev.fairground.equal.Bands;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Policies, requests and access grants to a product of operator 1, as other features write them.
 */
final class AccessRows {
  static final UUID HOLDER = DraftMarket.org(5);
  static final UUID SCENARIO = UUID.fromString("00000000-0000-4000-c000-000000000001");
  static final UUID PROHIBITED = UUID.fromString("00000000-0000-4000-c000-000000000002");
  private static final UUID AUTHORIZATION = UUID.fromString("00000000-0000-4000-a000-000000000001");

  private final Asking asking;

  AccessRows(Asking asking) {
    this.asking = asking;
  }

  static UUID id(int kind, int number) {
    return new UUID(0x4000L, ((long) kind << 32) | number);
  }

  static UUID request(int number) {
    return id(1, number);
  }

  static UUID grant(int number) {
    return id(2, number);
  }

  static UUID decision(int number) {
    return id(3, number);
  }

  void policy(int version, LocalDate shown, LocalDate effective, String change, String terms) {
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        values ($1, $2, $3, $4, '条款', 'zh', $5, '{}', repeat('0', 64), $6::date, 'test', true)
        """,
        DraftMarket.OPERATOR,
        CheckMarket.PRODUCT_ID,
        version,
        id(4, version),
        terms,
        shown);
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               difference_factors, terms_number, published_by, demonstration)
        values ($1, $2, $3, $4, $5::date, $5, $6, $7, '{SCALE,CREDIT}', $3, 'test', true)
        """,
        DraftMarket.OPERATOR,
        CheckMarket.PRODUCT_ID,
        version,
        id(5, version),
        shown,
        effective,
        change);
    asking.change(
        """
        insert into access_policy_reason (operator_id, product_id, policy_version, position, code)
        select $1, $2, $3, n, code
          from unnest(case $3::integer when 1 then '{CLASSIFICATION,CAPACITY_EXHAUSTED}'::text[]
                              else '{CLASSIFICATION,CAPACITY_EXHAUSTED,BAD_CREDIT}' end) with ordinality as c (code, n)
        """,
        DraftMarket.OPERATOR,
        CheckMarket.PRODUCT_ID,
        version);
  }

  void request(int number, UUID applicant, int policy, String state, LocalDate on, LocalDate due) {
    request(number, applicant, policy, state, on, due, SCENARIO, null);
  }

  void request(
      int number,
      UUID applicant,
      int policy,
      String state,
      LocalDate on,
      LocalDate due,
      UUID scenario,
      @Nullable UUID renews) {
    asking.change(
        """
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_id, scenario_class, purpose_class, use_statement,
               starts_on, ends_on, unit, quantity, policy_version, terms_number, renews_grant_id, submitted_at,
               submitted_on, submitted_by, demonstration)
        values ($1, $2, 'AR-' || $3, $4, 2, $5, $6, '000000', $7, $8, 'weather', 'INDUSTRY', 'to test', $9,
                $9::date + 364, 'PER_CALL', 1000, $10, $10, $11, $9::date, $9, 'test', true)
        """,
        DraftMarket.OPERATOR,
        request(number),
        String.valueOf(number),
        CheckMarket.PRODUCT_ID,
        AUTHORIZATION,
        DraftMarket.INSTITUTION,
        applicant,
        scenario,
        on,
        policy,
        renews);
    asking.change(
        """
        insert into access_request_version (operator_id, request_id, version, valid_from, state, due_on)
        values ($1, $2, 1, $3::date, $4, $5)
        """,
        DraftMarket.OPERATOR,
        request(number),
        on,
        state,
        due);
  }

  void decided(int number, String outcome, LocalDate on, boolean onTime) {
    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on, on_time, working_days)
        values ($1, $2, $3, 'OPERATOR', $4, $1, 'test', $5::date, $5, $6, 5)
        """,
        DraftMarket.OPERATOR,
        decision(number),
        request(number),
        outcome,
        on,
        onTime);
  }

  void reason(int number, String code, String explanation) {
    asking.change(
        """
        insert into access_decision_reason (operator_id, decision_id, position, code, explanation)
        values ($1, $2, 1, $3, $4)
        """,
        DraftMarket.OPERATOR,
        decision(number),
        code,
        explanation);
  }

  /**
   * A request that was approved, and the grant that followed, active from its first day on. Those
   * of the same tens are like each other.
   */
  void granted(int number, UUID holder, LocalDate on, String price) {
    request(number, holder, 1, "GRANTED", on.minusDays(7), LocalDate.of(9999, 12, 31));
    decided(number, "APPROVED", on, true);
    asking.change(
        """
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_id, scenario_class,
               purpose_class, policy_version, terms_number, free_of_charge, unit, unit_text, currency, unit_price, quantity,
               volume_band, term_band, payment_days, starts_on, ends_on, decided_on, decision_days, small_or_micro,
               created_at, demonstration)
        values ($1, $2, 'ACG-' || $3, $4, $5, $6, 2, $7, $8, '000000', $9, $10, 'weather', 'INDUSTRY', 1, 1, false,
                'PER_CALL', 'kind ' || $3::integer / 10, 'CNY', $11, 1000, $13, $14, 30, $12, $12::date + 364, $12, 5, false, $12::date, true)
        """,
        DraftMarket.OPERATOR,
        grant(number),
        String.valueOf(number),
        request(number),
        decision(number),
        CheckMarket.PRODUCT_ID,
        AUTHORIZATION,
        DraftMarket.INSTITUTION,
        holder,
        SCENARIO,
        new BigDecimal(price),
        on,
        Bands.volume(BigDecimal.valueOf(1000)),
        Bands.term(on, on.plusDays(364)));
    version(number, 1, "ACTIVE", null, on, on.plusDays(364));
  }

  void version(
      int number,
      int version,
      String state,
      @Nullable String endKind,
      LocalDate from,
      LocalDate endsOn) {
    asking.change(
        "update access_grant_version set valid_to = $2::date where grant_id = $1 and valid_to = 'infinity'",
        grant(number),
        from);
    asking.change(
        """
        insert into access_grant_version (operator_id, grant_id, version, valid_from, state, end_kind, suspended_by, ends_on)
        values ($1, $2, $3, $4::date, $5, $6, case $5 when 'SUSPENDED' then 'OPERATOR' end, $7)
        """,
        DraftMarket.OPERATOR,
        grant(number),
        version,
        from,
        state,
        endKind,
        endsOn);
  }

  void clause(int number, String kind, String text, @Nullable String reason) {
    asking.change(
        """
        insert into access_grant_clause (operator_id, grant_id, position, kind, text, reason)
        select $1, $2, count(*) + 1, $3, $4, $5 from access_grant_clause where grant_id = $2
        """,
        DraftMarket.OPERATOR,
        grant(number),
        kind,
        text,
        reason);
  }

  void used(int number, LocalDate month, int outsideTerm) {
    asking.change(
        """
        insert into usage_month (operator_id, grant_id, month, records, quantity, billed, currency, outside_term)
        values ($1, $2, $3, 1, 10, 1, 'CNY', $4)
        """,
        DraftMarket.OPERATOR,
        grant(number),
        month,
        outsideTerm);
  }
}
