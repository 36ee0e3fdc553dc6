package dev.fairground.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market with the rules that are shipped. Organization 0 is the institution of both
 * authorizations; operator 1 works in the nation, whose data authority is organization 3; operator
 * 2 in Henan, whose data authority is the institution itself. Organizations 5 and 6 apply, 7 has to
 * do with none of it. Scenario 1 is of industry, 2 of welfare, 3 is prohibited for product 11.
 * Products 11, 12 and 21 cost 2 yuan for a call up to 1,000 and 1.50 from there on. Product 12 has
 * an access policy.
 */
final class AccessMarket {
  static final UUID INSTITUTION = org(0);
  static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final UUID AUTHORITY = org(3);
  static final UUID APPLICANT = org(5);
  static final UUID COMPETITOR = org(6);
  static final UUID STRANGER = org(7);
  static final String PRODUCT = product(11);
  static final String OF_OTHER = product(21);
  static final String INDUSTRY = scenario(1);
  static final String WELFARE = scenario(2);
  static final String PROHIBITED = scenario(3);

  /** A Monday; a decision is due ten working days later. */
  static final String MONDAY = "2026-03-02";

  static final String DUE = "2026-03-16";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private AccessMarket() {}

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static String product(int n) {
    return "dp_0000000000004000b0000000000000" + n;
  }

  static String scenario(int n) {
    return "sce_0000000000004000c00000000000000" + n;
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  static Instant noon(String day) {
    return LocalDate.parse(day).atTime(12, 0).atZone(Moment.ZONE).toInstant();
  }

  static void into(Database database, Asking asking) throws Exception {
    new ReferenceData(database)
        .load()
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 7) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', case code when 'org-3' then 'ORGAN' else 'ENTERPRISE' end, true
          from organization where code >= 'org-3'
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'DATA_AUTHORITY', '000000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '410000', '2024-01-01'),
               ($2, 'IMPLEMENTING_INSTITUTION', '000000', '2024-01-01')
        """,
        AUTHORITY,
        INSTITUTION);
    asking.change("update authorization_grant_version set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 2, '2024-02-01Z', number, institution_id, operator_id,
               case number when 'grant-1' then '000000' else '410000' end, '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2099-12-31', true
          from authorization_grant
        """);
    asking.change("update authorized_resource set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
        select g.id, 2, r.id, '2024-02-01Z' from authorization_grant g cross join data_resource r
        """);
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-c000-00000000000' || n)::uuid, 'sce-' || n, '2024-01-01Z'
          from generate_series(1, 3) as n
        """);
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code,
               class_code, purpose_class, demonstration)
        select id, 1, created_at, code, code, 'zh', '000000', case code when 'sce-1' then 'farming' end,
               case code when 'sce-2' then 'PUBLIC_WELFARE' else 'INDUSTRY' end, true
          from scenario
        """);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select v.operator_id, v.product_id, v.version, s.id, s.code <> 'sce-3', v.valid_from
          from product_version v cross join scenario s
        """);
    prices(asking);
    policy(asking);
  }

  /** Products 11, 12 and 21 by calls. */
  private static void prices(Asking asking) {
    asking.change(
        """
        insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, currency,
               purpose_classes, free_of_charge, trial, effective_on, demonstration)
        select operator_id, id, ('00000000-0000-4000-e000-0000000000' || right(id::text, 2))::uuid, 1, '2024-01-01Z',
               '查询', 'query', 1, 'PER_CALL', 'CNY', '{INDUSTRY}', false, false, '2024-01-01', true
          from product where right(id::text, 2) in ('11', '12', '21')
        """);
    asking.change(
        """
        insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
        select t.operator_id, t.product_id, t.id, 1, s.from_quantity, s.price
          from tariff t cross join (values (0, 2), (1000, 1.5)) as s (from_quantity, price)
        """);
    asking.change(
        """
        insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency,
               trial, effective_on, document, demonstration)
        select gen_random_uuid(), 1, '2024-01-01Z', id, institution_id, 'query', 'PER_CALL', 'CNY', false, '2024-01-01',
               'a test', true
          from authorization_grant
        """);
    asking.change(
        "insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price) select id, 1, 0, 3 from price_ceiling");
  }

  /** Product 12 has a policy: decided within three days, differing for scale and small firms. */
  private static void policy(Asking asking) {
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        select operator_id, id, 1, gen_random_uuid(), 'terms', 'en', 'terms', '{}', repeat('0', 64), '2026-02-10Z',
               'test', true
          from product where id = '00000000-0000-4000-b000-000000000012'
        """);
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               decision_days, terms_number, difference_factors, payment_days, published_by, demonstration)
        select operator_id, id, 1, gen_random_uuid(), '2026-02-10Z', '2026-02-10', '2026-02-10', 'FIRST', 3, 1,
               '{SCALE,CREDIT}', 30, 'test', true
          from product where id = '00000000-0000-4000-b000-000000000012'
        """);
  }

  static Asking applicant(Asking asking, String day) {
    return asking.at(noon(day)).as(Role.DEVELOPER, APPLICANT);
  }

  static Asking operator(Asking asking, String day) {
    return asking.at(noon(day)).as(Role.OPERATOR, OPERATOR);
  }

  static Asking institution(Asking asking, String day) {
    return asking.at(noon(day)).as(Role.IMPLEMENTING_INSTITUTION, INSTITUTION);
  }

  static Asking authority(Asking asking, String day) {
    return asking.at(noon(day)).as(Role.DATA_AUTHORITY, AUTHORITY);
  }

  static final String ERRORS =
      """
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on StateTransitionError { from allowed }
         ... on UnequalTermsError { comparison { unjustified { field usual granted lack } } } }
      """;

  static final String REQUEST =
      """
       accessRequest { id number version state level dueOn overdue paused held noticed extended supplementDueOn
         escalationDueOn reviewUntil reviewedBy reviewJurisdiction { code } policyVersion termsNumber scenarioClass
         purposeClass allowedActions decision { id outcome onTime workingDays dueOn reasons { code explanation curableBy } }
         review { outcome level decidedBy { id } text } }
      """;

  /** Runs a mutation with members of its input in pairs. */
  static JsonObject run(Asking as, String mutation, Object... members) {
    var input = new HashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      input.put((String) members[i], members[i + 1]);
    }
    var type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1) + "Input";
    return as.mutate(
        "mutation ($input: %s!) { %s(input: $input) { %s %s } }"
            .formatted(type, mutation, REQUEST, ERRORS),
        input);
  }

  /** A request of industry for product 11, as a map to be changed. */
  static Map<String, Object> asked(String day) {
    var input = new HashMap<String, Object>();
    input.put("applicantId", id(APPLICANT));
    input.put("productId", PRODUCT);
    input.put("scenarioId", INDUSTRY);
    input.put("useStatement", "to tell farmers when to sow");
    input.put("startsOn", day);
    input.put("endsOn", LocalDate.parse(day).plusMonths(6).toString());
    input.put("unit", "PER_CALL");
    input.put("quantity", "1000");
    input.put("idempotencyKey", key());
    return input;
  }

  static JsonObject submit(Asking as, Map<String, Object> input) {
    return as.mutate(
        "mutation ($input: AccessRequestSubmitInput!) { accessRequestSubmit(input: $input) { %s %s } }"
            .formatted(REQUEST, ERRORS),
        input);
  }

  /** The request of a payload without errors. */
  static JsonObject done(JsonObject payload) {
    assertThat(payload.getJsonArray("userErrors")).as(payload.encodePrettily()).isEmpty();
    return payload.getJsonObject("accessRequest");
  }

  static JsonObject submitted(Asking asking, String day) {
    return done(submit(applicant(asking, day), asked(day)));
  }

  /** A step with a request as it was answered last. */
  static JsonObject step(Asking as, String mutation, JsonObject request, Object... members) {
    var all = new Object[members.length + 4];
    all[0] = "id";
    all[1] = request.getString("id");
    all[2] = "expectedVersion";
    all[3] = request.getInteger("version");
    System.arraycopy(members, 0, all, 4, members.length);
    return run(as, mutation, all);
  }

  static Map<String, Object> refusal(String... codes) {
    return Map.of(
        "refuse",
        Map.of(
            "reasons",
            List.of(codes).stream()
                .map(
                    code ->
                        Map.of(
                            "code",
                            code,
                            "explanation",
                            "as the contract says",
                            "curableBy",
                            "another scenario"))
                .toList()));
  }

  static JsonObject refused(Asking asking, String day, JsonObject request) {
    return done(
        step(
            operator(asking, day),
            "accessRequestDecide",
            request,
            "decision",
            refusal("OUTSIDE_AUTHORIZED_SCOPE")));
  }

  static Map<String, Object> approval() {
    return Map.of("approve", Map.of());
  }

  static JsonObject decide(Asking as, JsonObject request, Map<String, ?> decision) {
    return decide(as, "accessRequestDecide", request, decision, false);
  }

  static JsonObject decide(
      Asking as, String mutation, JsonObject request, Map<String, ?> decision, boolean trial) {
    var type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1) + "Input";
    return as.mutate(
        "mutation ($input: %s!) { %s(input: $input) { %s decision { outcome onTime workingDays } grant { id number state unitPrice { amount } discountPercent freeOfCharge quantity deviations { field standard granted factor } } comparison { size unjustified { field } } %s } }"
            .formatted(type, mutation, REQUEST, ERRORS),
        Map.of(
            "id",
            request.getString("id"),
            "expectedVersion",
            request.getInteger("version"),
            "decision",
            decision,
            "validateOnly",
            trial));
  }

  static JsonObject approved(Asking asking, String day, JsonObject request) {
    var payload = decide(operator(asking, day), request, approval());
    done(payload);
    return payload;
  }

  static List<String> rules(JsonObject payload) {
    return payload.getJsonArray("userErrors").stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getString("code") + " " + error.getString("rule"))
        .toList();
  }

  static JsonArray nodes(Asking as, String field, String more) {
    return as.data(
            "{ %s(first: 100%s) { nodes { id number state level dueOn overdue } } }"
                .formatted(field, more))
        .getJsonObject(field)
        .getJsonArray("nodes");
  }
}
