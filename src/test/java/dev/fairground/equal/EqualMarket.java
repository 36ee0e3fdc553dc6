package dev.fairground.equal;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The small market with the rules of the law in Hunan, a hundred holders, and grants that are rows
 * of the test's own. Organization 4 is the data authority of Hunan, 5 that of the nation.
 */
final class EqualMarket {
  static final UUID OPERATOR = org(1);
  static final UUID HUNAN = org(4);
  static final UUID NATION = org(5);
  static final UUID BEIJING = org(7);

  final Asking asking;
  final Database database;

  EqualMarket(Database database, Asking asking) {
    this.database = database;
    this.asking = asking;
  }

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static UUID holder(int n) {
    return UUID.fromString("00000000-0000-4000-8000-000000001%03d".formatted(n));
  }

  static UUID product(int n) {
    return UUID.fromString("00000000-0000-4000-b000-0000000000" + n);
  }

  static String productId(int n) {
    return "dp_0000000000004000b0000000000000" + n;
  }

  void open() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'::timestamptz
          from generate_series(4, 7) as n
        union all
        select ('00000000-0000-4000-8000-000000001' || lpad(n::text, 3, '0'))::uuid, 'holder-' || n, '2024-01-01Z'::timestamptz
          from generate_series(0, 99) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, 'Name of ' || code, 'zh', 'ENTERPRISE', true
          from organization
         where code like 'holder-%' or code in ('org-4', 'org-5', 'org-6', 'org-7')
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'DATA_AUTHORITY', '430000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '000000', '2024-01-01'),
               ($3, 'DATA_AUTHORITY', '110000', '2024-01-01')
        """,
        HUNAN,
        NATION,
        BEIJING);
  }

  /** A policy that publishes every factor and asks for payment within thirty days. */
  void policy(int product) {
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        values ($1, $2, 1, gen_random_uuid(), '-', 'zh', '-', '{}', repeat('0', 64), '2024-01-01Z', '-', true)
        """,
        OPERATOR,
        product(product));
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               difference_factors, terms_number, payment_days, published_by, demonstration)
        values ($1, $2, 1, gen_random_uuid(), '2024-01-01Z', '2024-01-01', '2024-01-01', 'FIRST',
                '{SCALE,TERM,CREDIT,DELIVERY_COST,SECURITY_LEVEL,TRADE_STAGE,STATUTORY_DISCOUNT,KEY_SCENARIO,SMALL_FIRM,NEW_USER_TRIAL}',
                1, 30, '-', true)
        """,
        OPERATOR,
        product(product));
  }

  static Instant noon(String day) {
    return LocalDate.parse(day).atTime(LocalTime.of(4, 0)).toInstant(ZoneOffset.UTC);
  }

  static Write write(String day) {
    return Write.ofServer(Moment.present(noon(day)), "test");
  }

  Asking at(String day) {
    return asking.at(noon(day));
  }

  Asking authority(String day) {
    return at(day).as(Role.DATA_AUTHORITY, HUNAN);
  }

  /** A grant for a holder on a day at a price, for a year and 500 calls, by no tariff. */
  static JsonObject grant(int product, int holder, String day, String price) {
    return new JsonObject()
        .put("id", UUID.randomUUID().toString())
        .put("product_id", product(product).toString())
        .put("holder_id", holder(holder).toString())
        .put("day", day)
        .put("unit_price", price)
        .put("quantity", 500)
        .put("volume_band", "UP_TO_1000")
        .put("term_band", "UP_TO_1_YEAR")
        .put("scenario_class", "INDUSTRY")
        .put("purpose_class", "INDUSTRY")
        .put("decision_days", 5)
        .put("discount_percent", 0)
        .put("deviations", new JsonArray())
        .put("clauses", new JsonArray());
  }

  /** With a reason for its price. */
  static JsonObject because(JsonObject grant, String factor, String justification) {
    grant
        .getJsonArray("deviations")
        .add(
            new JsonObject()
                .put("field", "UNIT_PRICE")
                .put("standard", "1")
                .put("granted", grant.getString("unit_price"))
                .put("factor", factor)
                .put("justification", justification));
    return grant;
  }

  static UUID id(JsonObject grant) {
    return UUID.fromString(grant.getString("id"));
  }

  private static final String GIVE =
      """
      with asked as (
        select *, row_number() over () as n
          from jsonb_to_recordset($1) as a
               (id uuid, product_id uuid, holder_id uuid, day date, unit_price numeric, quantity numeric, volume_band text,
                term_band text, scenario_class text, purpose_class text, decision_days integer, discount_percent numeric,
                payment_days integer, small_or_micro boolean, state text, deviations jsonb, clauses jsonb)
      ), placed as (
        select a.*, p.operator_id, v.authorization_grant_id, g.institution_id, v.version as product_version
          from asked a
          join product p on p.id = a.product_id
          join product_version v on v.product_id = p.id and v.valid_to = 'infinity'
          join authorization_grant_version g on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
      ), request as (
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
               ends_on, unit, quantity, policy_version, terms_number, submitted_at, submitted_on, submitted_by,
               demonstration)
        select operator_id, id, id::text, product_id, product_version, authorization_grant_id, institution_id, '430000',
               holder_id, scenario_class, purpose_class, '-', day, (day + interval '1 year')::date - 1, 'PER_CALL', quantity,
               0, 0, day, day, '-', true
          from placed
      ), decision as (
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on)
        select operator_id, id, id, 'OPERATOR', 'APPROVED', operator_id, '-', day, day from placed
      ), given as (
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
               policy_version, terms_number, free_of_charge, unit, currency, unit_price, discount_percent, quantity,
               volume_band, term_band, delivery, payment_days, small_or_micro, starts_on, ends_on, decided_on,
               decision_days, created_at, demonstration)
        select operator_id, id, id::text, id, id, product_id, product_version, authorization_grant_id, institution_id,
               '430000', holder_id, scenario_class, purpose_class, 1, 1, false, 'PER_CALL', 'CNY', unit_price,
               discount_percent, quantity, volume_band, term_band, 'API', coalesce(payment_days, 30), small_or_micro, day,
               (day + interval '1 year')::date - 1, day, decision_days, (day + time '12:00') at time zone 'Asia/Shanghai',
               true
          from placed
         order by day, n
      ), version as (
        insert into access_grant_version (operator_id, grant_id, version, valid_from, state, end_kind, ends_on)
        select operator_id, id, 1, day, coalesce(state, 'ACTIVE'), case state when 'ENDED' then 'AGREED' end, day + 364
          from placed
      ), deviation as (
        insert into access_grant_deviation (operator_id, grant_id, position, field, standard, granted, factor,
               justification, evidence)
        select p.operator_id, p.id, d.n, d.v ->> 'field', d.v ->> 'standard', d.v ->> 'granted', d.v ->> 'factor',
               d.v ->> 'justification', d.v ->> 'evidence'
          from placed p cross join lateral jsonb_array_elements(p.deviations) with ordinality as d (v, n)
      )
      insert into access_grant_clause (operator_id, grant_id, position, kind, text)
      select p.operator_id, p.id, c.n, 'OTHER', c.v #>> '{}'
        from placed p cross join lateral jsonb_array_elements(p.clauses) with ordinality as c (v, n)
      """;

  /** Writes grants in one transaction, with their requests and decisions. */
  void give(JsonObject... grants) {
    asking.change(GIVE, new JsonArray(List.of(grants)));
  }

  /** The same within a transaction. */
  io.vertx.core.Future<?> give(SqlConnection transaction, JsonObject... grants) {
    return database.rows(transaction, GIVE, Tuple.of(new JsonArray(List.of(grants))));
  }

  static final String SHOWN =
      """
      { since until minimumCohort whole unlisted
        cohorts { ...c } pools { ...c } }
      fragment c on TermsCohort { productVersion scenarioClass unit volumeBand termBand size
        lowestPrice { amount currency } highestPrice { amount }
        prices { unitPrice { amount } grants } decisionDays { minimum median maximum decisions }
        deviations { field standard granted factor grants } unjustified { field grants } }
      """;

  /** What somebody is shown of a product's terms for industry. */
  static JsonObject shown(Asking who, int product, String more) {
    var parts = SHOWN.split("fragment", 2);
    return who.data(
            "{ equalTerms(productId: \"%s\", purpose: INDUSTRY %s) %s } fragment %s"
                .formatted(productId(product), more, parts[0], parts[1]))
        .getJsonObject("equalTerms");
  }

  /** Prices and how many have them, of all that is shown. */
  static List<String> prices(JsonObject shown, String list) {
    return shown.getJsonArray(list).stream()
        .map(JsonObject.class::cast)
        .map(
            cohort ->
                cohort.getInteger("size")
                    + cohort.getJsonArray("prices").stream()
                        .map(JsonObject.class::cast)
                        .map(
                            price ->
                                " "
                                    + price.getJsonObject("unitPrice").getString("amount")
                                    + "x"
                                    + price.getInteger("grants"))
                        .reduce("", String::concat))
        .toList();
  }
}
