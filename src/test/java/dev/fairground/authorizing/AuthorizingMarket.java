package dev.fairground.authorizing;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The small market, with what authorizations are planned of. Organization 0 is an implementing
 * institution, organization 3 the data authority, organization 4 another institution, organization
 * 5 an enterprise that operates nothing yet. Resource 1 has the data items wind and rain, resource
 * 2 has sun; there are scenarios 1 and 2. National rules let a term be 5 years and ask for 6
 * months' notice; jurisdiction 410000 lets it be 3 and no longer, makes candidates public for 3
 * working days and wants enterprises to operate.
 */
final class AuthorizingMarket {
  static final UUID INSTITUTION = org(0);
  static final UUID OPERATOR = org(1);
  static final UUID AUTHORITY = org(3);
  static final UUID OTHER_INSTITUTION = org(4);
  static final UUID NEWCOMER = org(5);
  static final String GRANT = "ag_0000000000004000a000000000000001";
  static final String WEATHER = "res_00000000000040009000000000000001";
  static final String SUN = "res_00000000000040009000000000000002";
  static final String FARMING = "sce_0000000000004000c000000000000001";
  static final String BANKING = "sce_0000000000004000c000000000000002";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private AuthorizingMarket() {}

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  static void into(Asking asking) {
    SmallMarket.into(asking);
    asking.change(
        "insert into jurisdiction (code, parent_code, level, name, name_en, time_zone) values ('410000', '000000', 'PROVINCE', '河南', 'Henan', 'Asia/Shanghai')");
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 6) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', case code when 'org-5' then 'ENTERPRISE' when 'org-6' then 'PUBLIC_INSTITUTION' else 'ORGAN' end, true
          from organization where code in ('org-3', 'org-4', 'org-5', 'org-6')
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid,
               case n when 3 then 'DATA_AUTHORITY' else 'IMPLEMENTING_INSTITUTION' end, j.code, '2024-01-01'
          from unnest(array[0, 3, 4]) as n cross join jurisdiction j
        """);
    asking.change(
        """
        insert into data_item (resource_id, resource_version, name, position)
        select r.id, 1, i.name, i.position
          from data_resource r
          join (values ('res-1', 'wind', 1), ('res-1', 'rain', 2), ('res-2', 'sun', 1)) as i (code, name, position)
            on i.code = r.code
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
        select id, 1, created_at, code, case code when 'sce-1' then 'farming' else 'banking' end, 'en', '000000',
               'INDUSTRY', true
          from scenario
        """);
    rules(
        asking,
        "000000",
        Map.of(
            "authTermMaxYears",
            "5:YEARS",
            "exitNoticeMonths",
            "6:MONTHS",
            "agreementFilingWd",
            "10:WORKING_DAYS",
            "reselectMonths",
            "3:MONTHS"));
    rules(
        asking,
        "410000",
        Map.of(
            "authTermMaxYears",
            "3:YEARS",
            "authTermStrict",
            "true:BOOLEAN",
            "candidatePublicityWd",
            "3:WORKING_DAYS",
            "operatorKinds",
            "ENTERPRISE:CHOICE",
            "operatorMayBePublicInstitution",
            "false:BOOLEAN"));
    // Their terms end long after today.
    asking.change("update authorized_resource set valid_to = '2024-02-01Z'");
    asking.change("update authorization_grant_version set valid_to = '2024-02-01Z'");
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select grant_id, 2, valid_to, number, institution_id, operator_id, jurisdiction_code, title, locale, mode, state,
               starts_on, '2099-12-31', true
          from authorization_grant_version
        """);
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
        select g.grant_id, 2, r.id, g.valid_from
          from authorization_grant_version g cross join data_resource r where g.version = 2
        """);
    for (int operator = 1; operator <= 2; operator++) {
      asking.change(
          "select publish_edition($1, '2024-02-02Z', null, 'List', 'en', null, true)",
          org(operator));
    }
  }

  private static void rules(Asking asking, String jurisdiction, Map<String, String> rules) {
    var set = UUID.randomUUID();
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ($1, $2, 1, '规则', 'rules', '2024-01-01', '2024-01-01Z')
        """,
        set,
        jurisdiction);
    rules.forEach(
        (name, value) ->
            asking.change(
                """
                insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
                values ($1, $2, $3, $4, $2, $2, 'a test', 'PROPOSAL')
                """,
                set,
                name,
                value.split(":")[0],
                value.split(":")[1]));
  }

  static Asking institution(Asking asking) {
    return asking.as(Role.IMPLEMENTING_INSTITUTION, INSTITUTION);
  }

  static Asking authority(Asking asking) {
    return asking.as(Role.DATA_AUTHORITY, AUTHORITY);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  static String number() {
    return "number-" + NUMBER.incrementAndGet();
  }

  private static final String ERRORS =
      """
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on StateTransitionError { from allowed }
         ... on UnknownScopeError { unknown }
         ... on BeyondPlanError { offending plan { id } }
         ... on OverlappingAuthorizationError { authorizations { number } } }
      """;

  private static final String PLAN =
      " authorizationPlan { id version state stateReason missing allowedActions authorization { id } }"
          + ERRORS;

  private static final String AUTHORIZATION =
      " authorization { id version state stateReason allowedActions newAccessUntil }"
          + " affectedCount affectedLater affectedProducts { code outside product { status statusReason } }"
          + " resumableCount resumableProducts { code }"
          + ERRORS;

  /** Runs a mutation with members of its input in pairs. */
  static JsonObject run(Asking as, String mutation, Object... members) {
    var input = new HashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      input.put((String) members[i], members[i + 1]);
    }
    var type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1);
    var selection =
        mutation.contains("Plan") || mutation.contains("Selection") ? PLAN : AUTHORIZATION;
    var document =
        "mutation ($input: %sInput!) { %s(input: $input) {%s} }"
            .formatted(type, mutation, selection);
    // Who waits for its turn too long on a busy machine repeats the call, as a client does.
    for (int attempt = 0; attempt < 20; attempt++) {
      var answer = as.answer(document, Map.of("input", input));
      if (!answer.encode().contains("SERVICE_UNAVAILABLE")) {
        if (answer.containsKey("errors")) {
          throw new AssertionError(answer.encodePrettily());
        }
        return answer.getJsonObject("data").getJsonObject(mutation);
      }
    }
    throw new AssertionError("the database never answered");
  }

  /** A step with an object of an earlier answer. */
  static JsonObject step(Asking as, String mutation, JsonObject object, Object... members) {
    var all = new java.util.ArrayList<>(List.of(members));
    all.add("id");
    all.add(object.getString("id"));
    all.add("expectedVersion");
    all.add(object.getInteger("version"));
    return run(as, mutation, all.toArray());
  }

  static JsonObject done(JsonObject payload) {
    if (!payload.getJsonArray("userErrors").isEmpty()) {
      throw new AssertionError(payload.encodePrettily());
    }
    return payload;
  }

  static List<String> codes(JsonObject payload) {
    return payload.getJsonArray("userErrors").stream()
        .map(error -> ((JsonObject) error).getString("code"))
        .toList();
  }

  static JsonObject error(JsonObject payload) {
    return payload.getJsonArray("userErrors").getJsonObject(0);
  }

  /** The twelve items, over the wind of resource 1 for farming. */
  static Map<String, Object> content() {
    var content = new HashMap<String, Object>();
    content.put(
        "title",
        List.of(
            Map.of("locale", "zh", "value", "气象授权"), Map.of("locale", "en", "value", "Weather")));
    content.put("need", "farmers ask for it");
    content.put("operatorConditions", Map.of("funds", "a million", "security", "grade 3"));
    content.put("mode", "BY_SCENARIO");
    content.put("resources", List.of(Map.of("resource", WEATHER, "dataItems", List.of("wind"))));
    content.put("scenarios", List.of(Map.of("scenario", FARMING)));
    content.put("updateFrequency", "daily");
    content.put("quality", "checked");
    content.put("startsOn", "2026-01-01");
    content.put("endsOn", "2030-12-31");
    content.put("evaluation", "yearly");
    content.put("exitTerms", "users keep what they have until their contracts end");
    content.put(
        "products",
        List.of(
            Map.of("title", "frost warnings", "class", "GOVERNANCE_AND_WELFARE"),
            Map.of("title", "yield forecasts", "class", "INDUSTRY_AND_SECTOR", "form", "API")));
    content.put("accounting", "separate accounts");
    content.put("security", "as the law says");
    content.put("duties", "as agreed");
    content.put("supervision", "by the authority");
    return content;
  }

  static Map<String, Object> agreement() {
    var items = new HashMap<String, Object>();
    AgreementForm.ITEMS.forEach(item -> items.put(item, "as agreed: " + item));
    return items;
  }

  static JsonObject plan(Asking asking, String jurisdiction, Map<String, Object> content) {
    return done(run(
            institution(asking),
            "authorizationPlanCreate",
            "institutionId",
            id(INSTITUTION),
            "jurisdictionCode",
            jurisdiction,
            "content",
            content,
            "idempotencyKey",
            key()))
        .getJsonObject("authorizationPlan");
  }

  static JsonObject decided(Asking asking, JsonObject plan) {
    return done(step(
            institution(asking),
            "authorizationPlanDecide",
            plan,
            "decisionRecord",
            "minutes 7",
            "approvedBy",
            "the government"))
        .getJsonObject("authorizationPlan");
  }

  static JsonObject filed(Asking asking, JsonObject plan) {
    return done(step(
            authority(asking), "authorizationPlanFile", plan, "filingNumber", "filing " + number()))
        .getJsonObject("authorizationPlan");
  }

  static JsonObject selecting(Asking asking, JsonObject filed) {
    return done(step(
            institution(asking),
            "authorizationSelectionOpen",
            filed,
            "method",
            "OPEN_TENDER",
            "fairCompetitionReview",
            "review 3"))
        .getJsonObject("authorizationPlan");
  }

  /** A plan for which an operator is selected. */
  static JsonObject selecting(Asking asking, String jurisdiction, Map<String, Object> content) {
    return selecting(asking, filed(asking, decided(asking, plan(asking, jurisdiction, content))));
  }

  static JsonObject announce(Asking asking, JsonObject plan, UUID operator, Object... more) {
    var members =
        new java.util.ArrayList<Object>(
            List.of(
                "operatorId",
                id(operator),
                "number",
                number(),
                "bidders",
                3,
                "idempotencyKey",
                key()));
    members.addAll(List.of(more));
    return step(institution(asking), "authorizationCandidateAnnounce", plan, members.toArray());
  }

  /** A candidate of the national jurisdiction, where no publicity is waited for. */
  static JsonObject candidate(Asking asking, Map<String, Object> content, UUID operator) {
    return done(announce(asking, selecting(asking, "000000", content), operator))
        .getJsonObject("authorization");
  }

  static JsonObject sign(Asking asking, JsonObject candidate, Object... more) {
    var members =
        new java.util.ArrayList<Object>(
            List.of(
                "agreementNumber",
                number(),
                "decisionRecord",
                "minutes 9",
                "agreement",
                agreement()));
    members.addAll(List.of(more));
    return step(institution(asking), "authorizationSign", candidate, members.toArray());
  }

  /** An authorization in use. */
  static JsonObject active(Asking asking, Map<String, Object> content, UUID operator) {
    var signed = done(sign(asking, candidate(asking, content, operator)));
    return done(step(
            authority(asking),
            "authorizationFile",
            signed.getJsonObject("authorization"),
            "filingNumber",
            "filed"))
        .getJsonObject("authorization");
  }

  /** An authorization as everybody reads it. */
  static JsonObject read(Asking asking, String id) {
    return asking
        .data(
            "{ authorization(id: \"%s\") { id number version state stateReason newAccessUntil endKind allowedActions } }"
                .formatted(id))
        .getJsonObject("authorization");
  }
}
