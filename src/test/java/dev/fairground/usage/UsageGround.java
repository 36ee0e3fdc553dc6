package dev.fairground.usage;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market with grants of the test's own, on 15 June 2026: organization 3 to 6 hold them, 7
 * is the data authority of the nation, 8 that of elsewhere, 9 a stranger. Scenario 1 is theirs.
 */
public final class UsageGround {
  public static final Instant NOW = Instant.parse("2026-06-15T04:00:00.123456Z");
  static final UUID INSTITUTION = org(0);
  public static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final UUID HOLDER = org(3);
  static final UUID AUTHORITY = org(7);
  static final UUID ELSEWHERE = org(8);
  static final UUID STRANGER = org(9);
  static final HeadKey KEY = HeadKey.of(new byte[32]);
  static final String SCENARIO = "sce_0000000000004000c000000000000001";
  static final String OTHER_SCENARIO = "sce_0000000000004000c000000000000002";
  static final String RESOURCE = "res_00000000000040009000000000000001";
  static final String OTHER_RESOURCE = "res_00000000000040009000000000000003";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Asking asking;
  final Database database;

  public UsageGround(Database database, Asking asking) {
    this.database = database;
    this.asking = asking.at(NOW);
  }

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static UUID product(int n) {
    return UUID.fromString("00000000-0000-4000-b000-0000000000" + n);
  }

  public static String id(UUID grant) {
    return Ids.write("acg", grant);
  }

  public UsageGround into() {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 9) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', 'ENTERPRISE', true from organization where code >= 'org-3'
        """);
    asking.change(
        "insert into jurisdiction (code, parent_code, level, name, name_en, time_zone) values ('430000', '000000', 'PROVINCE', '-', '-', 'Asia/Shanghai'), ('110000', '000000', 'PROVINCE', '-', '-', 'Asia/Shanghai') on conflict do nothing");
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'DATA_AUTHORITY', '000000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '110000', '2024-01-01')
        """,
        AUTHORITY,
        ELSEWHERE);
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-c000-00000000000' || n)::uuid, 'sce-' || n, '2024-01-01Z' from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code,
               purpose_class, demonstration)
        select id, 1, created_at, code, code, 'zh', '000000', 'INDUSTRY', true from scenario
        """);
    asking.change(
        "insert into data_resource (id, code, created_at) values ('00000000-0000-4000-9000-000000000003', 'res-3', '2024-01-01Z')");
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select id, 1, created_at, code, code, 'zh', 'test', true from data_resource where code = 'res-3'
        """);
    return this;
  }

  /** A grant of product 11, from February 2026 to August 2026, 1,000 calls for 0.08 each. */
  public UUID grant() {
    return grant(11, HOLDER, "ACTIVE");
  }

  UUID grant(int product, UUID holder, String state) {
    var grant = UUID.randomUUID();
    asking.change(
        """
        with asked as (
          insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
                 institution_id, jurisdiction_code, applicant_id, scenario_id, scenario_class, purpose_class, use_statement,
                 starts_on, ends_on, unit, quantity, policy_version, terms_number, submitted_at, submitted_on, submitted_by,
                 demonstration)
          values ($1, $2::uuid, $2::uuid::text, $3, 1, $4, $5, '430000', $6, '00000000-0000-4000-c000-000000000001',
                  'INDUSTRY', 'INDUSTRY', 'to try it', '2026-02-01', '2026-08-31', 'PER_CALL', 1000, 0, 0, '2026-01-10Z',
                  '2026-01-10', 'somebody', true)
          returning *
        ), decided as (
          insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
                 decided_on)
          select a.operator_id, a.id, a.id, 'OPERATOR', 'APPROVED', a.operator_id, 'somebody', '2026-01-20Z', '2026-01-20'
            from asked a
          returning id
        ), given as (
          insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
                 authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_id, scenario_class,
                 purpose_class, policy_version, terms_number, free_of_charge, unit, currency, unit_price, quantity,
                 volume_band, term_band, starts_on, ends_on, decided_on, created_at, demonstration)
          select a.operator_id, a.id, a.number, a.id, d.id, a.product_id, 1, a.authorization_grant_id, a.institution_id,
                 a.jurisdiction_code, a.applicant_id, a.scenario_id, a.scenario_class, a.purpose_class, 0, 0, false, a.unit,
                 'CNY', 0.08, a.quantity, '1000', '12', a.starts_on, a.ends_on, '2026-01-20', '2026-01-20Z', true
            from asked a cross join decided d
          returning *
        )
        insert into access_grant_version (operator_id, grant_id, version, valid_from, valid_to, state, ends_on)
        select g.operator_id, g.id, 1, timestamptz '2026-01-20Z',
               case when $7 = 'ACTIVE' then timestamptz '2026-01-25Z' else 'infinity' end,
               'AWAITING_SIGNATURE', g.ends_on
          from given g
        union all
        select g.operator_id, g.id, 2, timestamptz '2026-01-25Z', timestamptz 'infinity', $7, g.ends_on from given g where $7 = 'ACTIVE'
        """,
        org(product / 10),
        grant,
        product(product),
        UUID.fromString("00000000-0000-4000-a000-00000000000" + product / 10),
        INSTITUTION,
        holder,
        state);
    return grant;
  }

  /** Another version of a grant's state. */
  void state(UUID grant, String from, String state, String endsOn) {
    asking.change(
        """
        with closed as (
          update access_grant_version set valid_to = $2::text::timestamptz
           where grant_id = $1 and valid_to = 'infinity'
          returning *
        )
        insert into access_grant_version (operator_id, grant_id, version, valid_from, state, suspended_by, end_kind, ends_on)
        select c.operator_id, c.grant_id, c.version + 1, c.valid_to, $3,
               case when $3 = 'SUSPENDED' then 'OPERATOR' end, case when $3 = 'ENDED' then 'AGREED' end, $4::text::date
          from closed c
        """,
        grant,
        from,
        state,
        endsOn);
  }

  Asking operator() {
    return asking.as(Role.OPERATOR, OPERATOR);
  }

  public Asking holder() {
    return asking.as(Role.DEVELOPER, HOLDER);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  public static final String REPORT =
      """
      mutation ($input: UsageReportInput!) { usageReport(input: $input) {
        usageBatch { id recordCount grantCount records { nodes { id number grant { id } digest previousDigest findings } } }
        userErrors { __typename code message path rule } } }
      """;

  static final String COUNTED =
      """
      mutation ($input: UsageReportInput!) { usageReport(input: $input) {
        usageBatch { recordCount } userErrors { message path } } }
      """;

  /** A record of 10 calls in a month, with other members. */
  public static Map<String, Object> use(UUID grant, String month, Object... more) {
    var first = LocalDate.parse(month + "-01");
    var record = new HashMap<String, Object>();
    record.put("grantId", id(grant));
    record.put("startsOn", first.toString());
    record.put("endsOn", first.plusMonths(1).minusDays(1).toString());
    record.put("quantity", "10");
    for (int i = 0; i < more.length; i += 2) {
      record.put((String) more[i], more[i + 1]);
    }
    return record;
  }

  @SafeVarargs
  static Map<String, Object> input(Map<String, Object>... records) {
    return input(Arrays.asList(records));
  }

  public static Map<String, Object> input(List<Map<String, Object>> records) {
    return new HashMap<>(
        Map.of(
            "operatorId", Ids.write("org", OPERATOR), "records", records, "idempotencyKey", key()));
  }

  @SafeVarargs
  final JsonObject report(Map<String, Object>... records) {
    return operator().mutate(REPORT, input(records));
  }

  /** One that was accepted. */
  @SafeVarargs
  final JsonObject reported(Map<String, Object>... records) {
    var payload = report(records);
    if (!payload.getJsonArray("userErrors").isEmpty()) {
      throw new AssertionError(payload.encodePrettily());
    }
    return payload.getJsonObject("usageBatch");
  }

  static List<JsonObject> nodes(JsonObject batch) {
    return objects(batch.getJsonObject("records").getJsonArray("nodes"));
  }

  static List<JsonObject> objects(io.vertx.core.json.JsonArray array) {
    var objects = new ArrayList<JsonObject>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(array.getJsonObject(i));
    }
    return objects;
  }

  /** Gives all records their places, and signs. */
  public void sequence() {
    sequence(KEY);
  }

  void sequence(HeadKey key) {
    sequence(key, 7);
  }

  /** By so many records a step. */
  public void sequence(int most) {
    sequence(KEY, most);
  }

  private void sequence(HeadKey key, int most) {
    try {
      new UsageSequencer(database, key, InstantSource.fixed(NOW), most, 1_000)
          .drain()
          .await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
