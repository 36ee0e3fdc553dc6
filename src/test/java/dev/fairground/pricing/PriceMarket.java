package dev.fairground.pricing;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market with authorizations that do not end soon. Organization 3 is the price authority
 * of the nation, 4 its data authority, 5 a price authority of elsewhere; product 2 of operator 1 is
 * for scenario 1 of industry and scenario 2 of welfare, product 3 for welfare.
 */
final class PriceMarket {
  static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), Moment.ZONE);
  static final UUID INSTITUTION = org(0);
  static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final UUID PRICE_AUTHORITY = org(3);
  static final UUID DATA_AUTHORITY = org(4);
  static final UUID ELSEWHERE = org(5);
  static final String GRANT = "ag_0000000000004000a000000000000001";
  static final String PRODUCT = product(11);
  static final String FOR_BOTH = product(12);
  static final String FOR_WELFARE = "sc_0000000000004000b000000000000013";
  static final String OF_OTHER = product(21);
  static final String INDUSTRY = "sce_0000000000004000c000000000000001";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private PriceMarket() {}

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static String product(int n) {
    return "dp_0000000000004000b0000000000000" + n;
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  static void into(Asking asking) {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 5) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', 'ORGAN', true from organization where code in ('org-3', 'org-4', 'org-5')
        """);
    asking.change(
        "insert into jurisdiction (code, parent_code, level, name, name_en, time_zone) values ('110000', '000000', 'PROVINCE', '-', '-', 'Asia/Shanghai')");
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'PRICE_AUTHORITY', '000000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '000000', '2024-01-01'),
               ($3, 'PRICE_AUTHORITY', '110000', '2024-01-01')
        """,
        PRICE_AUTHORITY,
        DATA_AUTHORITY,
        ELSEWHERE);
    asking.change("update authorization_grant_version set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 2, '2024-02-01Z', number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2099-12-31', true
          from authorization_grant
        """);
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-c000-00000000000' || n)::uuid, 'sce-' || n, '2024-01-01Z' from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code,
               purpose_class, demonstration)
        select id, 1, created_at, code, code, 'zh', '000000',
               case code when 'sce-1' then 'INDUSTRY' else 'PUBLIC_WELFARE' end, true
          from scenario
        """);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select v.operator_id, v.product_id, v.version, s.id, true, v.valid_from
          from product_version v cross join scenario s
         where v.valid_to = 'infinity'
           and (v.product_id = '00000000-0000-4000-b000-000000000012'
                or v.product_id = '00000000-0000-4000-b000-000000000013' and s.code = 'sce-2')
        """);
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values (gen_random_uuid(), '000000', 1, '规则', 'rules', '2024-01-01', '2024-01-01Z')
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        select s.id, p.name, p.value, p.unit, '-', '-', 'a test', 'PROPOSAL'
          from rule_set s
         cross join (values ('priceCorrectionWd', '10', 'WORKING_DAYS'), ('revenueCapMaxYears', '3', 'YEARS'),
                            ('profitMarginPoints', '6', 'PERCENT')) as p (name, value, unit)
        """);
  }

  static Asking operator(Asking asking) {
    return asking.as(Role.OPERATOR, OPERATOR);
  }

  static Asking institution(Asking asking) {
    return asking.as(Role.IMPLEMENTING_INSTITUTION, INSTITUTION);
  }

  static Asking priceAuthority(Asking asking) {
    return asking.as(Role.PRICE_AUTHORITY, PRICE_AUTHORITY);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  /** A class of items that no other test has. */
  static String itemClass() {
    return "class-" + NUMBER.incrementAndGet();
  }

  static final String ERRORS =
      """
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on PriceStepsError { fault step }
         ... on PriceOverlapError { overlapping { id } }
         ... on CheckFailedError { evidence }
         ... on StateTransitionError { from } }
      """;

  static final String PLAN =
      " product { id } pricePlan { version effectiveOn note } changes { kind item term { startsOn endsOn } tariff { id version } }"
          + ERRORS;

  static final String FINDINGS =
      """
      { reason fromQuantity price { amount currency } ceilingPrice { amount } excess { amount } term { startsOn endsOn }
        correctionDueOn tariff { id item } priceCeiling { id } }
      """;

  static final String CEILING =
      " priceCeiling { id version term { startsOn endsOn } } replaced { id version term { startsOn endsOn } }"
          + " tariffsNowAboveCount tariffsNowAbove "
          + FINDINGS
          + " tariffsNowWithoutCeilingCount tariffsNowWithoutCeiling "
          + FINDINGS
          + ERRORS;

  static String mutation(String name, String selection) {
    var type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return "mutation ($input: %sInput!) { %s(input: $input) { %s } }"
        .formatted(type, name, selection);
  }

  static List<Map<String, Object>> tiers(String... steps) {
    var tiers = new java.util.ArrayList<Map<String, Object>>();
    for (int i = 0; i < steps.length; i += 2) {
      tiers.add(Map.of("fromQuantity", steps[i], "unitPrice", steps[i + 1]));
    }
    return tiers;
  }

  static Map<String, Object> with(Map<String, Object> members, Object... more) {
    var all = new HashMap<>(members);
    for (int i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  /** An item for industry, counted by calls. */
  static Map<String, Object> item(String itemClass, String... steps) {
    return Map.of(
        "item",
        "查询 " + itemClass,
        "itemClass",
        itemClass,
        "unit",
        "PER_CALL",
        "purposeClasses",
        List.of("INDUSTRY"),
        "tiers",
        tiers(steps));
  }

  static Map<String, Object> plan(
      Asking asking, String product, LocalDate from, List<Map<String, Object>> items) {
    var now =
        asking
            .data("{ product(id: \"%s\") { pricePlan { version } } }".formatted(product))
            .getJsonObject("product")
            .getJsonObject("pricePlan");
    return Map.of(
        "productId",
        product,
        "effectiveOn",
        from.toString(),
        "items",
        items,
        "expectedVersion",
        now == null ? 0 : now.getInteger("version"),
        "idempotencyKey",
        key());
  }

  /** Sets a plan as the operator of the product. */
  static JsonObject set(
      Asking asking, String product, LocalDate from, List<Map<String, Object>> items) {
    return operator(asking).mutate(mutation("tariffSet", PLAN), plan(asking, product, from, items));
  }

  /** A ceiling of calls for all scenarios, from a day on. */
  static Map<String, Object> ceiling(String itemClass, LocalDate from, String... steps) {
    return Map.of(
        "authorizationId",
        GRANT,
        "itemClass",
        itemClass,
        "unit",
        "PER_CALL",
        "tiers",
        tiers(steps),
        "effectiveOn",
        from.toString(),
        "document",
        "收费标准 1 号",
        "idempotencyKey",
        key());
  }

  static JsonObject setCeiling(Asking asking, Map<String, Object> input) {
    return institution(asking).mutate(mutation("priceCeilingSet", CEILING), input);
  }

  static JsonObject done(JsonObject payload) {
    if (!payload.getJsonArray("userErrors").isEmpty()) {
      throw new AssertionError(payload.encodePrettily());
    }
    return payload;
  }

  static JsonArray errors(JsonObject payload) {
    return payload.getJsonArray("userErrors");
  }

  static JsonObject error(JsonObject payload) {
    if (errors(payload).size() != 1) {
      throw new AssertionError("not one error: " + payload.encodePrettily());
    }
    return errors(payload).getJsonObject(0);
  }
}
