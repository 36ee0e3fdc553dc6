package dev.fairground.draft;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market, with authorizations that do not end soon: that of operator 1 covers resource 1
 * as a whole and of resource 2 the items wind and rain; it allows scenario 1 and rules scenario 2
 * out. Organization 3 is the data authority, organization 4 an institution of another authorization
 * of operator 1, and organization 5 nobody.
 */
public final class DraftMarket {
  public static final UUID INSTITUTION = org(0);
  public static final UUID OPERATOR = org(1);
  public static final UUID OTHER_OPERATOR = org(2);
  public static final UUID AUTHORITY = org(3);
  public static final UUID OTHER_INSTITUTION = org(4);
  public static final String GRANT = "ag_0000000000004000a000000000000001";
  public static final String GRANT_OF_OTHER = "ag_0000000000004000a000000000000002";
  public static final String SECOND_GRANT = "ag_0000000000004000a000000000000003";
  public static final String WHOLE = "res_00000000000040009000000000000001";
  public static final String PARTLY = "res_00000000000040009000000000000002";
  public static final String OUTSIDE = "res_00000000000040009000000000000003";
  public static final String ALLOWED = "sce_0000000000004000c000000000000001";
  public static final String PROHIBITED = "sce_0000000000004000c000000000000002";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private DraftMarket() {}

  public static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  public static String id(String prefix, UUID id) {
    return dev.fairground.kernel.Ids.write(prefix, id);
  }

  public static void into(Asking asking) {
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
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1, 'DATA_AUTHORITY', '000000', '2024-01-01')",
        AUTHORITY);
    asking.change(
        "insert into data_resource (id, code, created_at) values ('00000000-0000-4000-9000-000000000003', 'res-3', '2024-01-01Z')");
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select id, 1, created_at, code, code, 'zh', 'test', true from data_resource where code = 'res-3'
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
        select id, 1, created_at, code, code, 'zh', '000000', 'INDUSTRY', true from scenario
        """);
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        values ('00000000-0000-4000-a000-000000000003', 'grant-3', $1, $2, '2024-01-01Z')
        """,
        OTHER_INSTITUTION,
        OPERATOR);
    asking.change("update authorized_resource set valid_to = '2024-02-01Z'");
    asking.change("update authorization_grant_version set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, case number when 'grant-3' then 1 else 2 end,
               case number when 'grant-3' then '2024-01-01Z'::timestamptz else '2024-02-01Z' end, number, institution_id,
               operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE', '2024-01-01', '2099-12-31', true
          from authorization_grant
        """);
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, data_items, valid_from)
        select g.grant_id, g.version, r.id, case r.code when 'res-2' then '{wind,rain}'::text[] end, g.valid_from
          from authorization_grant_version g cross join data_resource r
         where g.valid_to = 'infinity' and r.code <> 'res-3'
        """);
    asking.change(
        """
        insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
        select g.grant_id, g.version, s.id, s.code = 'sce-1', g.valid_from
          from authorization_grant_version g cross join scenario s
         where g.valid_to = 'infinity'
        """);
    // Their products use all of resource 2, which the authorizations do not cover any more.
    asking.change("update product_resource set valid_to = '2024-02-01Z'");
    asking.change("update product_version set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, capability_kind, published_at, demonstration)
        select operator_id, product_id, 2, valid_to, kind, code, status, title, locale, authorization_grant_id, form, tier,
               purpose_class, capability_kind, published_at, demonstration
          from product_version
        """);
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        select v.operator_id, v.product_id, 2, r.id, v.valid_from
          from product_version v cross join data_resource r where v.version = 2 and r.code = 'res-1'
        """);
    for (var operator : List.of(OPERATOR, OTHER_OPERATOR)) {
      asking.change(
          "select publish_edition($1, '2024-02-02Z', null, 'List', 'en', null, true)", operator);
    }
  }

  /** What the jurisdiction wants confirmed before it is published. */
  public static void consent(Asking asking, String value) {
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        select gen_random_uuid(), '000000', coalesce(max(version), 0) + 1, '规则', 'rules', '2024-01-01', '2024-01-01Z'
          from rule_set
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        select id, 'consentBeforeListing', $1, 'CHOICE', '上架前同意', 'consent before listing', 'a test', 'PROPOSAL'
          from rule_set order by version desc limit 1
        """,
        value);
  }

  public static Asking operator(Asking asking) {
    return asking.as(Role.OPERATOR, OPERATOR);
  }

  public static Asking institution(Asking asking) {
    return asking.as(Role.IMPLEMENTING_INSTITUTION, INSTITUTION);
  }

  /** The content of an entry that lacks nothing. */
  public static Map<String, Object> content() {
    var content = new HashMap<String, Object>();
    content.put("title", List.of(Map.of("locale", "zh", "value", "气象查询")));
    content.put("authorization", GRANT);
    content.put("resources", List.of(Map.of("resource", WHOLE)));
    content.put("scenarios", List.of(Map.of("scenario", ALLOWED)));
    content.put("form", "API");
    content.put("purposeClass", "INDUSTRY");
    return content;
  }

  public static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  public static String code() {
    return "new-" + NUMBER.incrementAndGet();
  }

  public static final String ERRORS =
      """
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on StateTransitionError { from allowed }
         ... on OutsideScopeError { authorization { number } offending { id } }
         ... on NotInForceError { authorization { number } state } }
      """;

  public static final String DRAFT = " productDraft { id version status allowedActions }" + ERRORS;

  public static String mutation(String name, String selection) {
    var type = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    return "mutation ($input: "
        + type
        + "Input!) { "
        + name
        + "(input: $input) { "
        + selection
        + " } }";
  }

  /** A new draft of operator 1. */
  public static JsonObject create(Asking asking, Map<String, Object> content) {
    return done(operator(asking)
            .mutate(
                mutation("productDraftCreate", DRAFT),
                Map.of(
                    "operatorId",
                    id("org", OPERATOR),
                    "code",
                    code(),
                    "kind",
                    "DATA_PRODUCT",
                    "content",
                    content,
                    "idempotencyKey",
                    key())))
        .getJsonObject("productDraft");
  }

  /** A draft of a published product. */
  public static JsonObject draftOf(Asking asking, String productId, Map<String, Object> content) {
    return done(operator(asking)
            .mutate(
                mutation("productDraftCreate", DRAFT),
                Map.of("productId", productId, "content", content, "idempotencyKey", key())))
        .getJsonObject("productDraft");
  }

  public static JsonObject step(Asking as, String mutation, JsonObject draft, Object... more) {
    var input = new HashMap<String, Object>();
    input.put("id", draft.getString("id"));
    input.put("expectedVersion", draft.getInteger("version"));
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return as.mutate(mutation(mutation, DRAFT), input);
  }

  /** Brings a new draft to the state that both reviews are passed. */
  public static JsonObject reviewed(Asking asking, JsonObject draft) {
    return reviewed(asking, draft, INSTITUTION);
  }

  public static JsonObject reviewed(Asking asking, JsonObject draft, UUID reviewer) {
    var now =
        done(step(operator(asking), "productDraftSubmit", draft)).getJsonObject("productDraft");
    for (var kind : List.of("SECURITY", "BUSINESS_NORM")) {
      now =
          done(step(
                  asking.as(Role.IMPLEMENTING_INSTITUTION, reviewer),
                  "productDraftReview",
                  now,
                  "kind",
                  kind,
                  "passed",
                  true))
              .getJsonObject("productDraft");
    }
    return now;
  }

  public static JsonObject publish(Asking as, Object... members) {
    var input = new HashMap<String, Object>();
    input.put("operatorId", id("org", OPERATOR));
    input.put("idempotencyKey", key());
    for (int i = 0; i < members.length; i += 2) {
      input.put((String) members[i], members[i + 1]);
    }
    var document =
        mutation(
            "productListPublish",
            "productList { id number listingCount digest } changeCount changes(first: 100) { kind code fields productId title { value } }"
                + ERRORS);
    // Who waits for its turn too long repeats the call with its key, as a client does.
    for (int attempt = 0; attempt < 20; attempt++) {
      var answer = as.answer(document, Map.of("input", input));
      if (!answer.encode().contains("SERVICE_UNAVAILABLE")) {
        if (answer.containsKey("errors")) {
          throw new AssertionError(answer.encodePrettily());
        }
        return answer.getJsonObject("data").getJsonObject("productListPublish");
      }
    }
    throw new AssertionError("the database never answered");
  }

  public static JsonObject done(JsonObject payload) {
    if (!payload.getJsonArray("userErrors").isEmpty()) {
      throw new AssertionError(payload.encodePrettily());
    }
    return payload;
  }

  public static JsonArray errors(JsonObject payload) {
    return payload.getJsonArray("userErrors");
  }

  public static List<String> codes(JsonObject payload) {
    return errors(payload).stream().map(error -> ((JsonObject) error).getString("code")).toList();
  }
}
