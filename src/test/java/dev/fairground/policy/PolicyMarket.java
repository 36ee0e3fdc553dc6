package dev.fairground.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market with rules: ten working days for decisions, seven days of notice. Scenario 1 is
 * of industry, 2 of welfare. Each test has products of its own.
 */
final class PolicyMarket {
  static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), Moment.ZONE);
  static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final String OF_OTHER = product(21);
  static final String SCENARIO = "sce_0000000000004000c000000000000001";

  private static final AtomicInteger NUMBER = new AtomicInteger(100);

  private PolicyMarket() {}

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static String product(int n) {
    return "dp_0000000000004000b0000000000000" + n;
  }

  static Asking operator(Asking asking) {
    return asking.as(Role.OPERATOR, OPERATOR);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  static void into(Asking asking) {
    SmallMarket.into(asking);
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
        select v.operator_id, v.product_id, v.version, s.id, s.code = 'sce-1', v.valid_from
          from product_version v cross join scenario s
         where v.valid_to = 'infinity'
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
         cross join (values ('accessDecisionWd', '10', 'WORKING_DAYS'), ('ruleChangeNoticeDays', '7', 'DAYS'))
               as p (name, value, unit)
        """);
  }

  /** Another product of operator 1, as product 1 is. */
  static String another(Asking asking) {
    var number = NUMBER.incrementAndGet();
    var id = UUID.fromString("00000000-0000-4000-b000-000000000" + number);
    asking.change(
        "insert into product (operator_id, id, kind, code, created_at) values ($1, $2, 'DATA_PRODUCT', $3, '2024-01-01Z')",
        OPERATOR,
        id,
        "more-" + number);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select v.operator_id, $1, 1, v.valid_from, v.kind, $2, v.status, v.title, v.locale, v.authorization_grant_id,
               v.form, v.tier, v.purpose_class, v.published_at, true
          from product_version v
         where v.product_id = '00000000-0000-4000-b000-000000000011'
        """,
        id,
        "more-" + number);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select operator_id, $1, 1, scenario_id, allowed, valid_from
          from product_scenario
         where product_id = '00000000-0000-4000-b000-000000000011'
        """,
        id);
    return "dp_0000000000004000b000000000000" + number;
  }

  static final String SET =
      """
      mutation Set($input: AccessPolicySetInput!) {
        accessPolicySet(input: $input) {
          outcomes {
            product { id } version published effectiveOn change
            differences { part code direction before after }
            accessPolicy { id version terms { number } }
          }
          userErrors {
            __typename code message path rule
            ... on VersionConflictError { currentVersion }
            ... on StateTransitionError { from }
            ... on AccessPolicyNoticeError {
              earliestOn noticeDays product { id } differences { part code direction }
            }
          }
        }
      }
      """;

  static Map<String, Object> text(String value) {
    return Map.of("locale", "zh", "value", value);
  }

  /** A policy that asks for nothing, from today on. */
  static Map<String, Object> input(String product, int version) {
    var input = new HashMap<String, Object>();
    input.put("products", List.of(Map.of("productId", product, "expectedVersion", version)));
    input.put("effectiveOn", TODAY.toString());
    input.put("conditions", List.of());
    input.put("reasons", List.of());
    input.put("differenceFactors", List.of());
    input.put("idempotencyKey", key());
    return input;
  }

  static Map<String, Object> with(Map<String, Object> input, Object... members) {
    var changed = new HashMap<>(input);
    for (int i = 0; i < members.length; i += 2) {
      changed.put((String) members[i], members[i + 1]);
    }
    return changed;
  }

  static Map<String, Object> condition(String code, String rule, String... values) {
    var condition = new HashMap<String, Object>();
    condition.put("code", code);
    condition.put("text", List.of(text("条件 " + code)));
    condition.put("reason", "理由");
    if (!rule.isEmpty()) {
      condition.put("rule", rule);
      condition.put("values", Arrays.asList(values));
    }
    return condition;
  }

  static Map<String, Object> terms(String title, String text) {
    return Map.of("title", List.of(text(title)), "text", List.of(text(text)));
  }

  static JsonObject set(Asking asking, Map<String, Object> input) {
    return operator(asking).mutate(SET, input);
  }

  /** The outcome of a change of one product that nothing stood against. */
  static JsonObject done(Asking asking, Map<String, Object> input) {
    var payload = set(asking, input);
    assertThat(payload.getJsonArray("userErrors")).as(payload.encodePrettily()).isEmpty();
    return payload.getJsonArray("outcomes").getJsonObject(0);
  }

  static JsonArray errors(Asking asking, Map<String, Object> input) {
    var payload = set(asking, input);
    assertThat(payload.getJsonArray("outcomes")).isEmpty();
    assertThat(payload.getJsonArray("userErrors")).isNotEmpty();
    return payload.getJsonArray("userErrors");
  }

  static JsonObject error(Asking asking, Map<String, Object> input) {
    var errors = errors(asking, input);
    assertThat(errors).as(errors.encodePrettily()).hasSize(1);
    return errors.getJsonObject(0);
  }
}
