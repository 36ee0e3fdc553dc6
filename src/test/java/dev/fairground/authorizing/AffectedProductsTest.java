package dev.fairground.authorizing;

import static dev.fairground.authorizing.AuthorizingMarket.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a change of an authorization brings about for the products that rest on it. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AffectedProductsTest {
  private final Asking asking;
  private final OfferedProducts offered;

  AffectedProductsTest(Database database, MeterRegistry metrics) {
    this.asking = new Asking(database, metrics);
    this.offered = new OfferedProducts(asking);
  }

  @BeforeAll
  void market() {
    AuthorizingMarket.into(asking);
  }

  /**
   * An operator of its own, with an authorization of wind, rain and sun for farming and banking.
   */
  private record Ground(UUID operator, JsonObject grant) {
    String id() {
      return grant.getString("id");
    }
  }

  private Ground ground() {
    var operator = UUID.randomUUID();
    var code = "operator-" + operators++;
    asking.change(
        "insert into organization (id, code, created_at) values ($1, $2, '2024-01-01Z')",
        operator,
        code);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        values ($1, 1, '2024-01-01Z', $2, $2, 'zh', 'ENTERPRISE', true)
        """,
        operator,
        code);
    var content = content();
    content.put(
        "resources",
        List.of(
            Map.of("resource", WEATHER, "dataItems", List.of("wind", "rain")),
            Map.of("resource", SUN)));
    content.put("scenarios", List.of(Map.of("scenario", FARMING), Map.of("scenario", BANKING)));
    return new Ground(operator, active(asking, content, operator));
  }

  /** A published product. */
  private UUID product(Ground ground, String code, String resource, String items, String scenario) {
    var id = UUID.randomUUID();
    asking.change(
        "insert into product (operator_id, id, kind, code, created_at) values ($1, $2, 'DATA_PRODUCT', $3, '2024-01-01Z')",
        ground.operator(),
        id,
        code);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        values ($1, $2, 1, '2024-01-01Z', 'DATA_PRODUCT', $3, 'PUBLISHED', $3, 'zh', $4, 'API', 'BASE', 'INDUSTRY',
                '2024-01-01Z', true)
        """,
        ground.operator(),
        id,
        code,
        dev.fairground.kernel.Ids.uuid(ground.id()));
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
        values ($1, $2, 1, $3, string_to_array(nullif($4, ''), ' '), '2024-01-01Z')
        """,
        ground.operator(),
        id,
        dev.fairground.kernel.Ids.uuid(resource),
        items);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        values ($1, $2, 1, $3, true, '2024-01-01Z')
        """,
        ground.operator(),
        id,
        dev.fairground.kernel.Ids.uuid(scenario));
    return id;
  }

  private void list(Ground ground) {
    asking.change(
        "select publish_edition($1, '2024-02-02Z', null, 'List', 'en', null, true)",
        ground.operator());
  }

  private List<String> statuses(Ground ground) {
    return asking.rows(
        "select code || ' ' || status from product_version where operator_id = '%s' and valid_to = 'infinity' order by code"
            .formatted(ground.operator()));
  }

  private String reason(UUID product) {
    return asking
        .rows(
            "select status_reason from product_version where product_id = '%s' and valid_to = 'infinity'"
                .formatted(product))
        .getFirst();
  }

  private static List<String> affected(JsonObject payload, String member) {
    return payload.getJsonArray(member).stream()
        .map(one -> ((JsonObject) one).getString("code"))
        .toList();
  }

  @Test
  void a_smaller_scope_suspends_exactly_what_falls_outside_and_says_what() {
    var ground = offered.ground();
    var wind = offered.product(ground, "a-wind", WEATHER, "wind", FARMING);
    var rain = offered.product(ground, "b-rain", WEATHER, "rain wind", FARMING);
    var whole = offered.product(ground, "c-sun", SUN, "", FARMING);
    var bank = offered.product(ground, "d-bank", WEATHER, "wind", BANKING);
    offered.list(ground);
    asking.change("delete from check_due");
    var amended =
        done(
            step(
                institution(asking),
                "authorizationAmend",
                ground.grant(),
                "reason",
                "rain was wrong",
                "resources",
                List.of(
                    Map.of("resource", WEATHER, "dataItems", List.of("wind")),
                    Map.of("resource", SUN, "dataItems", List.of("sun"))),
                "scenarios",
                List.of(
                    Map.of("scenario", FARMING), Map.of("scenario", BANKING, "allowed", false))));

    assertThat(amended.getInteger("affectedCount")).isEqualTo(3);
    assertThat(amended.getJsonArray("affectedProducts").encode())
        .contains("\"outside\":[\"" + WEATHER + " rain\"]")
        .contains("\"outside\":[\"" + SUN + "\"]")
        .contains("\"outside\":[\"" + BANKING + "\"]")
        .contains("\"status\":\"SUSPENDED\"");
    assertThat(offered.statuses(ground))
        .containsExactly(
            "a-wind PUBLISHED", "b-rain SUSPENDED", "c-sun SUSPENDED", "d-bank SUSPENDED");
    assertThat(reason(rain))
        .startsWith("Outside of authorization number-")
        .contains("res-1 (rain)");
    assertThat(reason(whole)).contains("res-2");
    assertThat(reason(bank)).contains("banking");
    assertThat(asking.rows("select product_id::text from check_due where cause = 'SCOPE_CHANGE'"))
        .containsExactly(wind.toString());

    // What was taken out comes back within the plan, and products only by their operator.
    var wider =
        done(
            step(
                institution(asking),
                "authorizationAmend",
                amended.getJsonObject("authorization"),
                "reason",
                "rain is right again",
                "resources",
                List.of(
                    Map.of("resource", WEATHER, "dataItems", List.of("wind", "rain")),
                    Map.of("resource", SUN, "dataItems", List.of("sun")))));
    assertThat(wider.getInteger("affectedCount")).isZero();
    assertThat(affected(wider, "resumableProducts")).containsExactly("b-rain");
    assertThat(offered.statuses(ground)).contains("b-rain SUSPENDED");
  }

  @Test
  void a_trial_tells_what_would_fall_outside_and_changes_nothing() {
    var ground = offered.ground();
    offered.product(ground, "wind", WEATHER, "wind", FARMING);
    offered.list(ground);
    var tried =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident",
                "validateOnly",
                true));

    assertThat(affected(tried, "affectedProducts")).containsExactly("wind");
    assertThat(tried.getJsonObject("authorization").getString("state")).isEqualTo("ACTIVE");
    assertThat(offered.statuses(ground)).containsExactly("wind PUBLISHED");
  }

  @Test
  void a_suspension_takes_all_products_and_new_access_with_it_and_a_resumption_gives_none_back() {
    var ground = offered.ground();
    offered.product(ground, "wind", WEATHER, "wind", FARMING);
    offered.product(ground, "rain", WEATHER, "rain", FARMING);
    offered.list(ground);
    var before =
        asking.rows(
            "select max(number)::text from product_list where operator_id = '%s'"
                .formatted(ground.operator()));
    var suspended =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident",
                "correctBy",
                "2099-01-01"));
    assertThat(suspended.getInteger("affectedCount")).isEqualTo(2);
    assertThat(offered.statuses(ground)).containsExactly("rain SUSPENDED", "wind SUSPENDED");
    assertThat(suspended.getJsonObject("authorization").getString("newAccessUntil"))
        .isEqualTo(OfferedProducts.today().toString());
    // One edition tells it.
    assertThat(
            asking.rows(
                "select max(number)::text from product_list where operator_id = '%s'"
                    .formatted(ground.operator())))
        .containsExactly(String.valueOf(Integer.parseInt(before.getFirst()) + 1));

    var resumed =
        done(
            step(
                institution(asking),
                "authorizationResume",
                suspended.getJsonObject("authorization"),
                "reason",
                "corrected"));
    assertThat(resumed.getJsonObject("authorization").getString("state")).isEqualTo("ACTIVE");
    assertThat(resumed.getJsonObject("authorization").getString("newAccessUntil")).isNull();
    assertThat(affected(resumed, "resumableProducts")).containsExactly("rain", "wind");
    assertThat(offered.statuses(ground)).containsExactly("rain SUSPENDED", "wind SUSPENDED");
  }

  @Test
  void what_a_data_authority_suspended_it_resumes_itself() {
    var ground = offered.ground();
    var suspended =
        done(step(authority(asking), "authorizationSuspend", ground.grant(), "reason", "an order"))
            .getJsonObject("authorization");

    var refused =
        step(institution(asking), "authorizationResume", suspended, "reason", "we think so");
    assertThat(codes(refused)).containsExactly("STATE_TRANSITION");
    assertThat(error(refused).getJsonArray("allowed")).containsExactly("AMEND", "END");
    done(step(authority(asking), "authorizationResume", suspended, "reason", "corrected"));
  }

  @Test
  void an_end_takes_the_products_off_the_list_and_history_shows_why() {
    var ground = offered.ground();
    offered.product(ground, "wind", WEATHER, "wind", FARMING);
    offered.list(ground);
    var ended =
        done(
            step(
                institution(asking),
                "authorizationEnd",
                ground.grant(),
                "kind",
                "REVOKED",
                "reason",
                "misuse of personal information"));
    assertThat(ended.getJsonObject("authorization").getString("state")).isEqualTo("ENDED");
    assertThat(ended.getJsonObject("authorization").getJsonArray("allowedActions")).isEmpty();
    assertThat(offered.statuses(ground)).containsExactly("wind SUSPENDED");
    var told =
        asking
            .data(
                "{ authorization(id: \"%s\") { endKind endedOn newAccessUntil exitTerms history { state stateReason } } }"
                    .formatted(ground.id()))
            .encode();
    assertThat(told)
        .contains("REVOKED")
        .contains("misuse of personal information")
        .contains("ACTIVE");
    assertThat(
            codes(
                step(
                    institution(asking),
                    "authorizationSuspend",
                    read(asking, ground.id()),
                    "reason",
                    "again")))
        .containsExactly("STATE_TRANSITION");
  }

  @Test
  void a_change_beyond_the_plan_needs_a_plan_of_the_change() {
    var ground = ground();
    var wider = List.of(Map.of("resource", WEATHER), Map.of("resource", SUN));
    var refused =
        step(
            institution(asking),
            "authorizationAmend",
            ground.grant(),
            "reason",
            "all of it",
            "resources",
            wider);
    assertThat(codes(refused)).containsExactly("OUTSIDE_SCOPE");
    assertThat(error(refused).getJsonArray("offending")).containsExactly(WEATHER);

    var plan =
        done(run(
                institution(asking),
                "authorizationPlanCreate",
                "revises",
                ground.id(),
                "content",
                Map.of("resources", wider),
                "idempotencyKey",
                key()))
            .getJsonObject("authorizationPlan");
    assertThat(plan.getJsonArray("missing")).isEmpty();
    var filed = filed(asking, decided(asking, plan));
    assertThat(
            codes(
                step(
                    institution(asking),
                    "authorizationSelectionOpen",
                    filed,
                    "method",
                    "OPEN_TENDER",
                    "fairCompetitionReview",
                    "none")))
        .containsExactly("STATE_TRANSITION");
    done(
        step(
            institution(asking),
            "authorizationAmend",
            ground.grant(),
            "reason",
            "all of it",
            "resources",
            wider));
    assertThat(
            institution(asking)
                .data("{ authorizationPlan(id: \"%s\") { state } }".formatted(plan.getString("id")))
                .encode())
        .contains("CONCLUDED");
  }

  @Test
  void more_than_a_thousand_products_are_suspended_afterwards_until_none_is_left()
      throws Exception {
    var ground = ground();
    many(ground, 1_150);
    list(ground);
    var suspended =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident"));
    assertThat(suspended.getInteger("affectedCount")).isEqualTo(1_150);
    assertThat(suspended.getBoolean("affectedLater")).isTrue();
    assertThat(suspended.getJsonArray("affectedProducts")).hasSize(100);
    assertThat(published(ground)).isEqualTo("1150");
    var suspending = "{ authorization(id: \"%s\") { suspending } }".formatted(ground.id());
    assertThat(asking.data(suspending).encode()).contains("true");

    // Two servers at once: nothing is done twice, nothing is left.
    var clock = InstantSource.system();
    Future.all(
            new EffectWorker(database, clock, 400).run(),
            new EffectWorker(database, clock, 400).run())
        .await(60, TimeUnit.SECONDS);
    new EffectWorker(database, clock, 400).run().await(60, TimeUnit.SECONDS);
    assertThat(published(ground)).isEqualTo("0");
    assertThat(asking.data(suspending).encode()).contains("false");
  }

  @Test
  void what_was_resumed_before_its_products_were_suspended_keeps_them() throws Exception {
    var ground = ground();
    many(ground, 1_001);
    list(ground);
    var suspended =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident"));
    done(
        step(
            institution(asking),
            "authorizationResume",
            suspended.getJsonObject("authorization"),
            "reason",
            "a mistake"));
    new EffectWorker(database, InstantSource.system(), 400).run().await(60, TimeUnit.SECONDS);

    assertThat(published(ground)).isEqualTo("1001");
  }

  private void many(Ground ground, int number) {
    var grant = dev.fairground.kernel.Ids.uuid(ground.id());
    asking.change(
        """
        with made as (
          insert into product (operator_id, id, kind, code, created_at)
          select $1, gen_random_uuid(), 'DATA_PRODUCT', 'p-' || n, '2024-01-01Z' from generate_series(1, $2::int) as n
          returning id, code)
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select $1, id, 1, '2024-01-01Z', 'DATA_PRODUCT', code, 'PUBLISHED', code, 'zh', $3, 'API', 'BASE', 'INDUSTRY',
               '2024-01-01Z', true
          from made
        """,
        ground.operator(),
        number,
        grant);
  }

  private String published(Ground ground) {
    return asking
        .rows(
            "select count(*)::text from product_version where operator_id = '%s' and valid_to = 'infinity' and status = 'PUBLISHED'"
                .formatted(ground.operator()))
        .getFirst();
  }

  @Test
  void a_term_that_is_over_ends_once_however_many_servers_look_and_however_late() throws Exception {
    var ground = ground();
    product(ground, "wind", WEATHER, "wind", FARMING);
    list(ground);
    var late = clock(LocalDate.parse("2031-03-01"));
    var ended =
        Future.all(
                new AuthorizationSweep(database, late).run(),
                new AuthorizationSweep(database, late).run())
            .await(60, TimeUnit.SECONDS);
    assertThat(ended.<Integer>list().stream().mapToInt(number -> number).sum())
        .isGreaterThanOrEqualTo(1);
    var told = read(asking, ground.id());
    assertThat(told.getString("endKind")).isEqualTo("EXPIRED");
    assertThat(told.getInteger("version")).isEqualTo(ground.grant().getInteger("version") + 1);
    assertThat(statuses(ground)).containsExactly("wind SUSPENDED");
    assertThat(new AuthorizationSweep(database, late).run().await(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void the_last_day_of_a_term_is_a_day_of_it_and_the_next_selection_is_reminded_of_before() {
    var ground = ground();
    assertThat(clocks(ground)).isEmpty();
    sweep(LocalDate.parse("2030-09-29"));
    assertThat(clocks(ground)).isEmpty();
    sweep(LocalDate.parse("2030-10-05"));
    sweep(LocalDate.parse("2030-10-06"));
    assertThat(clocks(ground)).hasSize(1).first().asString().startsWith("RUNNING 2030-12-3");
    sweep(LocalDate.parse("2030-12-31"));
    assertThat(read(asking, ground.id()).getString("state")).isEqualTo("ACTIVE");
    sweep(LocalDate.parse("2031-01-01"));
    assertThat(read(asking, ground.id()).getString("state")).isEqualTo("ENDED");
    assertThat(clocks(ground)).first().asString().startsWith("STOPPED");
  }

  private List<String> clocks(Ground ground) {
    return asking.rows(
        "select state || ' ' || due_on from clock where subject = '%s' and rule = 'reselectMonths'"
            .formatted(ground.id()));
  }

  @Test
  void of_two_institutions_acting_at_once_the_second_is_told_so() throws Exception {
    var ground = offered.ground();
    var steps =
        List.of(
            CompletableFuture.supplyAsync(
                () ->
                    step(
                        institution(asking),
                        "authorizationSuspend",
                        ground.grant(),
                        "reason",
                        "one")),
            CompletableFuture.supplyAsync(
                () ->
                    step(
                        authority(asking),
                        "authorizationSuspend",
                        ground.grant(),
                        "reason",
                        "other")));
    var outcomes = new HashMap<List<String>, Integer>();
    for (var one : steps) {
      outcomes.merge(codes(one.get(30, TimeUnit.SECONDS)), 1, Integer::sum);
    }
    assertThat(outcomes).isEqualTo(Map.of(List.of(), 1, List.of("VERSION_CONFLICT"), 1));
  }

  @Test
  void strangers_and_other_operators_change_nothing() {
    var ground = offered.ground();
    for (var stranger :
        List.of(
            asking.as(Role.IMPLEMENTING_INSTITUTION, OTHER_INSTITUTION),
            asking.as(Role.DATA_AUTHORITY, OTHER_INSTITUTION))) {
      assertThat(codes(step(stranger, "authorizationSuspend", ground.grant(), "reason", "because")))
          .containsExactly("FORBIDDEN");
    }
    assertThat(
            codes(
                step(
                    asking.as(Role.OPERATOR, OPERATOR),
                    "authorizationExitNotice",
                    ground.grant(),
                    "reason",
                    "x",
                    "exitsOn",
                    "2029-01-01")))
        .containsExactly("FORBIDDEN");
    assertThat(
            asking
                .as(Role.OPERATOR, OPERATOR)
                .data("{ authorization(id: \"%s\") { allowedActions } }".formatted(ground.id()))
                .encode())
        .contains("\"allowedActions\":[]");
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Shanghai"));
  }

  private static InstantSource clock(LocalDate day) {
    return InstantSource.fixed(day.atTime(9, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
  }

  private int sweep(LocalDate day) {
    try {
      return new AuthorizationSweep(database, clock(day)).run().await(60, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
