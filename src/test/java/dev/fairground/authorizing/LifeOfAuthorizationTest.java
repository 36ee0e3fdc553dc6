package dev.fairground.authorizing;

import static dev.fairground.authorizing.AuthorizingMarket.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the plan to the agreement. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifeOfAuthorizationTest {
  private final Asking asking;

  LifeOfAuthorizationTest(Database database, MeterRegistry metrics) {
    asking = new Asking(database, metrics);
  }

  @BeforeAll
  void market() {
    AuthorizingMarket.into(asking);
  }

  private JsonObject end(JsonObject grant, String kind) {
    return done(
        step(
            institution(asking),
            "authorizationEnd",
            grant,
            "kind",
            kind,
            "reason",
            "the test is over"));
  }

  @Test
  void from_the_plan_to_the_agreement_each_step_leads_to_the_next() {
    var plan = plan(asking, "000000", content());
    assertThat(plan.getString("state")).isEqualTo("PLAN_DRAFT");
    assertThat(plan.getJsonArray("missing")).isEmpty();
    assertThat(plan.getJsonArray("allowedActions")).containsExactly("UPDATE", "DECIDE", "WITHDRAW");
    var decided = decided(asking, plan);
    assertThat(decided.getString("state")).isEqualTo("PLAN_APPROVED");
    var filed = filed(asking, decided);
    assertThat(filed.getString("state")).isEqualTo("PLAN_FILED");
    var selecting = selecting(asking, filed);
    assertThat(selecting.getJsonArray("allowedActions"))
        .containsExactly("ANNOUNCE_CANDIDATE", "WITHDRAW");
    var candidate =
        done(announce(asking, selecting, NEWCOMER, "number", "weather-1"))
            .getJsonObject("authorization");
    assertThat(candidate.getString("state")).isEqualTo("CANDIDATE_PUBLICITY");
    assertThat(candidate.getJsonArray("allowedActions")).containsExactly("SIGN", "END");
    var signed = done(sign(asking, candidate)).getJsonObject("authorization");
    assertThat(signed.getString("state")).isEqualTo("AGREED");
    var active =
        done(step(authority(asking), "authorizationFile", signed, "filingNumber", "filing 12"))
            .getJsonObject("authorization");
    assertThat(active.getString("state")).isEqualTo("ACTIVE");
    // Each step is looked at by the checks of authorizations, and what they say is kept.
    assertThat(
            asking.rows(
                "select distinct r ->> 'check' from check_run, jsonb_array_elements(results) as r where subject = '%s' order by 1"
                    .formatted(active.getString("id"))))
        .hasSize(2);

    var told =
        asking
            .data(
                """
                { authorization(number: "weather-1") {
                    title { value } filingNumber bidders fairCompetitionReview decisionRecord agreement { breach }
                    disclosure { object { code } content scope { mode } term { startsOn endsOn } exitTerms selectionMethod
                      publicity { startsOn } exclusive filedOn }
                    resources { nodes { dataItems resource { code } } } scenarios { nodes { allowed scenario { code } } }
                    history { version state resourceCount } } }
                """)
            .getJsonObject("authorization");
    var disclosure = told.getJsonObject("disclosure");
    assertThat(disclosure.getJsonObject("object").getString("code")).isEqualTo("org-5");
    assertThat(disclosure.getString("content")).isEqualTo("气象授权");
    assertThat(disclosure.getJsonObject("scope").getString("mode")).isEqualTo("BY_SCENARIO");
    assertThat(disclosure.getJsonObject("term").getString("endsOn")).isEqualTo("2030-12-31");
    assertThat(told.getJsonObject("resources").encode()).contains("[\"wind\"]").contains("res-1");
    assertThat(told.getJsonArray("history").encode())
        .isEqualTo(
            "[{\"version\":3,\"state\":\"ACTIVE\",\"resourceCount\":1},{\"version\":2,\"state\":\"AGREED\",\"resourceCount\":1},{\"version\":1,\"state\":\"CANDIDATE_PUBLICITY\",\"resourceCount\":1}]");
    // The items of the agreement are for its parties.
    assertThat(told.getJsonObject("agreement")).isNull();
    var agreed = "{ authorization(number: \"weather-1\") { agreement { breach other } } }";
    for (var party :
        List.of(institution(asking), authority(asking), asking.as(Role.OPERATOR, NEWCOMER))) {
      assertThat(party.data(agreed).encode()).contains("as agreed: breach");
    }
    assertThat(asking.as(Role.OPERATOR, OPERATOR).data(agreed).encode())
        .doesNotContain("as agreed");
    // Who is authorized is an operator from then on.
    assertThat(asking.data("{ operators(first: 50) { nodes { code } } }").encode())
        .contains("org-5");
    end(active, "AGREED");
  }

  @Test
  void a_plan_is_hidden_from_all_but_its_institution_until_it_is_decided_on() {
    var plan = plan(asking, "000000", content());
    var byId = "{ authorizationPlan(id: \"%s\") { state } }".formatted(plan.getString("id"));
    var byNode = "{ node(id: \"%s\") { id } }".formatted(plan.getString("id"));
    var all = "{ authorizationPlans(first: 100) { totalCount nodes { id } } }";
    var operator = asking.as(Role.OPERATOR, OPERATOR);
    var other = asking.as(Role.IMPLEMENTING_INSTITUTION, OTHER_INSTITUTION);

    assertThat(authority(asking).data(byId).getJsonObject("authorizationPlan")).isNull();
    assertThat(other.data(byId).getJsonObject("authorizationPlan")).isNull();
    assertThat(other.data(all).encode()).doesNotContain(plan.getString("id"));
    assertThat(other.data(byNode).getJsonObject("node")).isNull();
    assertThat(operator.data(byNode).getJsonObject("node")).isNull();
    assertThat(asking.data(byNode).getJsonObject("node")).isNull();
    assertThat(asking.errors(byId).encode()).contains("UNAUTHENTICATED");
    assertThat(codes(step(other, "authorizationPlanDecide", plan, "decisionRecord", "x")))
        .containsExactly("NOT_FOUND");
    assertThat(codes(step(authority(asking), "authorizationPlanFile", plan, "filingNumber", "x")))
        .containsExactly("NOT_FOUND");
    assertThat(asking.data("{ authorizations(first: 100) { nodes { title { value } } } }").encode())
        .doesNotContain("PLAN");

    decided(asking, plan);
    assertThat(authority(asking).data(byId).encode()).contains("PLAN_APPROVED");
    assertThat(other.data(byId).getJsonObject("authorizationPlan")).isNull();
    assertThat(asking.as(Role.AUDITOR, org(6)).data(all).encode()).contains(plan.getString("id"));
  }

  @Test
  void an_incomplete_plan_is_not_decided_on_and_every_missing_item_is_told() {
    var content = content();
    content.remove("need");
    content.remove("products");
    content.put("mode", "OTHER");
    var plan = plan(asking, "000000", content);
    assertThat(plan.getJsonArray("missing")).containsExactly("need", "products", "modeText");

    var refused =
        step(
            institution(asking),
            "authorizationPlanDecide",
            plan,
            "decisionRecord",
            " ",
            "decidedOn",
            "2999-01-01");
    assertThat(codes(refused))
        .containsExactly("REQUIRED", "INVALID", "REQUIRED", "REQUIRED", "REQUIRED");
  }

  @Test
  void a_change_of_a_decided_plan_needs_a_new_decision_and_the_first_one_is_kept() {
    var filed = filed(asking, decided(asking, plan(asking, "000000", content())));
    var changed =
        done(step(
                institution(asking),
                "authorizationPlanUpdate",
                filed,
                "content",
                Map.of("need", "everybody asks for it")))
            .getJsonObject("authorizationPlan");
    assertThat(changed.getString("state")).isEqualTo("PLAN_DRAFT");
    decided(asking, changed);

    var told =
        institution(asking)
            .data(
                "{ authorizationPlan(id: \"%s\") { need filedOn decisions { number decisionRecord } } }"
                    .formatted(filed.getString("id")))
            .getJsonObject("authorizationPlan");
    assertThat(told.getJsonArray("decisions").encode())
        .startsWith("[{\"number\":2,")
        .contains("{\"number\":1,");
    assertThat(
            asking.rows(
                "select content ->> 'need' from authorization_plan_decision where plan_id = '%s' order by number"
                    .formatted(dev.fairground.kernel.Ids.uuid(filed.getString("id")))))
        .containsExactly("farmers ask for it", "everybody asks for it");
  }

  @Test
  void a_data_authority_returns_a_plan_with_reasons() {
    var decided = decided(asking, plan(asking, "000000", content()));
    assertThat(codes(step(authority(asking), "authorizationPlanFile", decided, "accepted", false)))
        .containsExactly("REASON_REQUIRED");
    var returned =
        done(step(
                authority(asking),
                "authorizationPlanFile",
                decided,
                "accepted",
                false,
                "reason",
                "no security plan"))
            .getJsonObject("authorizationPlan");
    assertThat(returned.getString("state")).isEqualTo("PLAN_DRAFT");
    assertThat(returned.getString("stateReason")).isEqualTo("no security plan");
  }

  @Test
  void a_scope_that_names_what_there_is_not_is_refused_by_names() {
    var content = content();
    content.put(
        "resources",
        List.of(
            Map.of("resource", WEATHER, "dataItems", List.of("wind", "snow")),
            Map.of("resource", "res_00000000000040009000000000009999")));
    content.put("scenarios", List.of(Map.of("scenario", "sce_0000000000004000c000000000009999")));
    var refused =
        run(
            institution(asking),
            "authorizationPlanCreate",
            "institutionId",
            id(INSTITUTION),
            "jurisdictionCode",
            "000000",
            "content",
            content,
            "idempotencyKey",
            key());

    assertThat(refused.getJsonArray("userErrors").encode())
        .contains("UnknownScopeError")
        .contains("\"unknown\":[\"" + WEATHER + " snow\",\"res_00000000000040009000000000009999\"]")
        .contains("\"unknown\":[\"sce_0000000000004000c000000000009999\"]");
  }

  @Test
  void an_agreement_lies_within_its_plan() {
    var candidate = candidate(asking, content(), NEWCOMER);
    var refused =
        sign(
            asking,
            candidate,
            "resources",
            List.of(
                Map.of("resource", WEATHER, "dataItems", List.of("wind", "rain")),
                Map.of("resource", SUN)),
            "scenarios",
            List.of(Map.of("scenario", FARMING), Map.of("scenario", BANKING)),
            "endsOn",
            "2031-12-31",
            "termReason",
            "it takes long");
    assertThat(refused.getJsonArray("userErrors").encode())
        .contains("\"offending\":[\"" + WEATHER + " rain\",\"" + SUN + "\",\"" + BANKING + "\"]")
        .contains("\"offending\":[]");
    assertThat(codes(refused)).containsExactly("OUTSIDE_SCOPE", "OUTSIDE_SCOPE");
    end(candidate, "NOT_CONCLUDED");
  }

  @Test
  void a_term_has_an_order_and_a_limit_in_principle() {
    var content = content();
    content.put("endsOn", "2031-12-31");
    var candidate = candidate(asking, content, NEWCOMER);

    assertThat(error(sign(asking, candidate)).getString("rule")).isEqualTo("authTermMaxYears");
    assertThat(codes(sign(asking, candidate))).containsExactly("REASON_REQUIRED");
    assertThat(
            error(sign(asking, candidate, "startsOn", "2027-01-01", "endsOn", "2026-01-01"))
                .getString("rule"))
        .isEqualTo("termInOrder");
    var signed = done(sign(asking, candidate, "termReason", "a plant is built"));
    end(signed.getJsonObject("authorization"), "NOT_CONCLUDED");
  }

  @Test
  void a_term_that_is_over_is_not_signed() {
    var content = content();
    content.put("startsOn", "2020-01-01");
    content.put("endsOn", "2021-12-31");

    var refused = sign(asking, candidate(asking, content, NEWCOMER));

    assertThat(codes(refused)).containsExactly("INVALID");
    assertThat(error(refused).getJsonArray("path").encode()).contains("endsOn");
  }

  @Test
  void where_a_term_must_not_be_longer_no_reason_helps() {
    var content = content();
    content.put("endsOn", "2029-01-01");
    var candidate =
        done(announce(asking, selecting(asking, "410000", content), NEWCOMER))
            .getJsonObject("authorization");
    var refused = sign(asking, candidate, "termReason", "a plant is built");

    assertThat(refused.getJsonArray("userErrors").encode())
        .contains("candidatePublicityWd")
        .contains("must not be longer than 3 years");
    end(candidate, "NOT_CONCLUDED");
  }

  @Test
  void a_candidate_is_public_for_the_days_of_the_rules_before_anything_is_signed() {
    var content = content();
    content.put("endsOn", "2028-12-31");
    var candidate =
        done(announce(asking, selecting(asking, "410000", content), NEWCOMER))
            .getJsonObject("authorization");
    var refused = sign(asking, candidate);

    assertThat(codes(refused)).containsExactly("INVALID");
    assertThat(error(refused).getString("rule")).isEqualTo("candidatePublicityWd");
    assertThat(
            asking
                .data(
                    "{ authorization(id: \"%s\") { clocks { ruleName standing } } }"
                        .formatted(candidate.getString("id")))
                .encode())
        .contains("{\"ruleName\":\"candidatePublicityWd\",\"standing\":\"MET\"}");
    var publicity =
        asking
            .data(
                "{ authorization(id: \"%s\") { publicity { startsOn endsOn } } }"
                    .formatted(candidate.getString("id")))
            .getJsonObject("authorization")
            .getJsonObject("publicity");
    assertThat(LocalDate.parse(publicity.getString("endsOn")))
        .isAfterOrEqualTo(LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3));
    end(candidate, "NOT_CONCLUDED");
  }

  @Test
  void who_authorizes_or_supervises_does_not_operate_and_kinds_are_held_to_the_rules() {
    var plan = selecting(asking, "410000", content());

    assertThat(error(announce(asking, plan, AUTHORITY)).getString("rule"))
        .isEqualTo("separationOfRoles");
    assertThat(error(announce(asking, plan, INSTITUTION)).getString("rule"))
        .isEqualTo("separationOfRoles");
    assertThat(error(announce(asking, plan, OTHER_INSTITUTION)).getString("rule"))
        .isEqualTo("operatorKinds");
    assertThat(announce(asking, plan, org(6)).getJsonArray("userErrors").encode())
        .contains("operatorKinds")
        .contains("operatorMayBePublicInstitution");
    assertThat(codes(announce(asking, plan, NEWCOMER, "exclusive", true)))
        .containsExactly("REASON_REQUIRED");
    assertThat(codes(announce(asking, plan, NEWCOMER, "number", "grant-1")))
        .containsExactly("ALREADY_EXISTS");
  }

  @Test
  void the_same_scope_is_not_given_twice_for_the_same_days() {
    var first = active(asking, content(), NEWCOMER);
    var candidate = candidate(asking, content(), NEWCOMER);

    var refused = error(sign(asking, candidate));
    assertThat(refused.getString("__typename")).isEqualTo("OverlappingAuthorizationError");
    assertThat(refused.getJsonArray("authorizations").encode())
        .contains(read(asking, first.getString("id")).getString("number"));
    var elsewhere = content();
    elsewhere.put("resources", List.of(Map.of("resource", WEATHER, "dataItems", List.of("rain"))));
    var other = candidate(asking, elsewhere, NEWCOMER);
    end(done(sign(asking, other)).getJsonObject("authorization"), "NOT_CONCLUDED");
    end(first, "AGREED");
    end(done(sign(asking, candidate)).getJsonObject("authorization"), "NOT_CONCLUDED");
  }

  @Test
  void a_change_is_planned_of_an_authorization_whose_title_is_in_one_language() {
    var content = content();
    content.put("title", List.of(Map.of("locale", "zh", "value", "气象授权")));
    content.put("resources", List.of(Map.of("resource", AuthorizingMarket.SUN)));
    var grant = active(asking, content, NEWCOMER);

    var plan =
        done(run(
                institution(asking),
                "authorizationPlanCreate",
                "revises",
                grant.getString("id"),
                "idempotencyKey",
                key()))
            .getJsonObject("authorizationPlan");

    assertThat(plan.getJsonArray("missing")).isEmpty();
    end(grant, "AGREED");
  }

  @Test
  void among_many_authorizations_of_the_same_data_the_one_for_the_same_scenario_is_found() {
    // Number zz comes behind more than twenty that are for other scenarios.
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-c000-0000000001' || lpad(n::text, 2, '0'))::uuid, 'many-' || n, '2024-01-01Z'
          from generate_series(1, 25) as n
        """);
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select ('00000000-0000-4000-a000-0000000001' || lpad(n::text, 2, '0'))::uuid,
               case n when 25 then 'zz' else 'many-' || n end, $1, $2, '2024-01-01Z'
          from generate_series(1, 25) as n
        """,
        AuthorizingMarket.INSTITUTION,
        AuthorizingMarket.org(6));
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '-', 'zh', 'BY_SCENARIO', 'ACTIVE',
               '2026-01-01', '2099-12-31', true
          from authorization_grant where operator_id = $1
        """,
        AuthorizingMarket.org(6));
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
        select id, 1, '00000000-0000-4000-9000-000000000001', created_at
          from authorization_grant where operator_id = $1
        """,
        AuthorizingMarket.org(6));
    asking.change(
        """
        insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
        select g.id, 1, s.id, true, g.created_at
          from authorization_grant g
          join scenario s on s.code = case g.number when 'zz' then 'sce-1' else g.number end
         where g.operator_id = $1
        """,
        AuthorizingMarket.org(6));

    var refused = error(sign(asking, candidate(asking, content(), AuthorizingMarket.org(6))));

    assertThat(refused.getString("__typename")).isEqualTo("OverlappingAuthorizationError");
    assertThat(refused.getJsonArray("authorizations").encode()).contains("zz");
  }

  @Test
  void a_candidate_without_an_agreement_makes_way_for_the_next() {
    var plan = selecting(asking, "000000", content());
    var candidate = done(announce(asking, plan, NEWCOMER)).getJsonObject("authorization");
    end(candidate, "NOT_CONCLUDED");

    var again =
        institution(asking)
            .data(
                "{ authorizationPlan(id: \"%s\") { id version state } }"
                    .formatted(plan.getString("id")))
            .getJsonObject("authorizationPlan");
    assertThat(again.getString("state")).isEqualTo("SELECTING");
    var next = done(announce(asking, again, OPERATOR)).getJsonObject("authorization");
    end(next, "NOT_CONCLUDED");
  }

  @Test
  void a_key_announces_one_candidate_and_a_trial_none() {
    var plan = selecting(asking, "000000", content());
    var number = number();
    assertThat(codes(announce(asking, plan, NEWCOMER, "validateOnly", true, "number", number)))
        .isEmpty();
    var first = done(announce(asking, plan, NEWCOMER, "number", number, "idempotencyKey", number));
    var again = done(announce(asking, plan, NEWCOMER, "number", number, "idempotencyKey", number));

    assertThat(again.getJsonObject("authorization"))
        .isEqualTo(first.getJsonObject("authorization"));
    end(first.getJsonObject("authorization"), "NOT_CONCLUDED");
  }

  @Test
  void strangers_take_no_step() {
    var candidate = candidate(asking, content(), NEWCOMER);
    var other = asking.as(Role.IMPLEMENTING_INSTITUTION, OTHER_INSTITUTION);
    assertThat(
            codes(
                step(
                    other,
                    "authorizationSign",
                    candidate,
                    "agreementNumber",
                    "1",
                    "decisionRecord",
                    "1",
                    "agreement",
                    agreement())))
        .containsExactly("FORBIDDEN");
    assertThat(
            codes(
                step(
                    asking.as(Role.DATA_AUTHORITY, OTHER_INSTITUTION),
                    "authorizationFile",
                    candidate,
                    "filingNumber",
                    "1")))
        .containsExactly("FORBIDDEN");
    end(candidate, "NOT_CONCLUDED");
  }

  @Test
  void everybody_hears_of_authorizations_and_only_the_institution_of_plans() {
    var plan = selecting(asking, "000000", content());
    var candidate = done(announce(asking, plan, NEWCOMER)).getJsonObject("authorization");
    var heard =
        "select distinct open::text || ' ' || organization_id from event_outbox where subject = '%s' union select distinct open::text || ' ' || organization_id from event where subject = '%s'";

    assertThat(asking.rows(heard.formatted(plan.getString("id"), plan.getString("id"))))
        .containsExactly("false " + INSTITUTION);
    assertThat(asking.rows(heard.formatted(candidate.getString("id"), candidate.getString("id"))))
        .containsExactly("true " + NEWCOMER);
    end(candidate, "NOT_CONCLUDED");
  }

  @Test
  void what_authorizations_tell_costs_the_same_however_many_there_are() {
    var query =
        "{ authorizations(first: %d) { nodes { allowedActions suspending agreement { breach } disclosure { object { code } } history { version } } } }";
    var as = institution(asking);

    assertThat(as.statements(query.formatted(20))).isEqualTo(as.statements(query.formatted(2)));
  }

  @Test
  void of_two_who_change_a_plan_at_once_the_second_is_told_so() throws Exception {
    var plan = plan(asking, "000000", content());
    var outcomes =
        java.util.stream.Stream.of("one", "other")
            .map(
                need ->
                    java.util.concurrent.CompletableFuture.supplyAsync(
                        () ->
                            codes(
                                step(
                                    institution(asking),
                                    "authorizationPlanUpdate",
                                    plan,
                                    "content",
                                    Map.of("need", need)))))
            .toList();

    assertThat(outcomes.get(0).get()).isNotEqualTo(outcomes.get(1).get());
  }
}
