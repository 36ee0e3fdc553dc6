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
    var ground = offered.ground();
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
}
