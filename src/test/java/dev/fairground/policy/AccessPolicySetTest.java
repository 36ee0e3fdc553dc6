package dev.fairground.policy;

import static dev.fairground.policy.PolicyMarket.OPERATOR;
import static dev.fairground.policy.PolicyMarket.OTHER_OPERATOR;
import static dev.fairground.policy.PolicyMarket.SCENARIO;
import static dev.fairground.policy.PolicyMarket.SET;
import static dev.fairground.policy.PolicyMarket.TODAY;
import static dev.fairground.policy.PolicyMarket.another;
import static dev.fairground.policy.PolicyMarket.condition;
import static dev.fairground.policy.PolicyMarket.done;
import static dev.fairground.policy.PolicyMarket.error;
import static dev.fairground.policy.PolicyMarket.input;
import static dev.fairground.policy.PolicyMarket.key;
import static dev.fairground.policy.PolicyMarket.set;
import static dev.fairground.policy.PolicyMarket.terms;
import static dev.fairground.policy.PolicyMarket.text;
import static dev.fairground.policy.PolicyMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPolicySetTest {
  private static final LocalDate NOTICE_OVER = TODAY.plusDays(7);

  private final Asking asking;

  AccessPolicySetTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PolicyMarket.into(asking);
  }

  private int version(String product, LocalDate on) {
    return policy(product, on, "version").getInteger("version");
  }

  private JsonObject policy(String product, LocalDate on, String fields) {
    return asking
        .data(
            "{ product(id: \"%s\") { accessPolicy(on: \"%s\") { %s } } }"
                .formatted(product, on, fields))
        .getJsonObject("product")
        .getJsonObject("accessPolicy");
  }

  @Test
  void a_first_policy_that_asks_for_no_more_than_the_basic_one_begins_today() {
    var product = another(asking);

    var outcome = done(asking, with(input(product, 0), "decisionDays", 5));

    assertThat(outcome.getString("change")).isEqualTo("FIRST");
    assertThat(outcome.getJsonArray("differences").encode())
        .contains("DECISION_DAYS", "LOOSER")
        .doesNotContain("TIGHTER");
    assertThat(version(product, TODAY)).isEqualTo(1);
    assertThat(version(product, TODAY.minusDays(1))).isZero();
    var shown =
        policy(
            product,
            TODAY,
            "basic decisionDays reasons { code } terms { number exclusive text(locale: \"en\") { value } odrl }");
    assertThat(shown.getInteger("decisionDays")).isEqualTo(5);
    assertThat(shown.getBoolean("basic")).isFalse();
    assertThat(shown.getJsonArray("reasons").encode())
        .contains("FORBIDDEN_BY_LAW", "INCOMPLETE_AFTER_NOTICE")
        .doesNotContain("BAD_CREDIT");
    assertThat(shown.getJsonObject("terms").getInteger("number")).isEqualTo(1);
    assertThat(shown.getJsonObject("terms").getBoolean("exclusive")).isFalse();
    assertThat(shown.getJsonObject("terms").encode()).contains("never given to one alone");
  }

  @Test
  void a_first_policy_that_asks_for_more_needs_notice_too() {
    var product = another(asking);
    var input = with(input(product, 0), "conditions", List.of(condition("CODE", "")));

    var error = error(asking, with(input, "effectiveOn", TODAY.plusDays(6).toString()));
    var outcome =
        done(asking, with(input, "effectiveOn", NOTICE_OVER.toString(), "idempotencyKey", key()));

    assertThat(error.getString("__typename")).isEqualTo("AccessPolicyNoticeError");
    assertThat(error.getString("rule")).isEqualTo("FA-11");
    assertThat(error.getString("earliestOn")).isEqualTo(NOTICE_OVER.toString());
    assertThat(error.getInteger("noticeDays")).isEqualTo(7);
    assertThat(error.getJsonObject("product").getString("id")).isEqualTo(product);
    assertThat(error.getJsonArray("path"))
        .isEqualTo(new JsonArray(List.of("input", "effectiveOn")));
    assertThat(error.getJsonArray("differences").encode()).contains("CONDITION", "CODE");
    assertThat(outcome.getString("change")).isEqualTo("FIRST");
    assertThat(version(product, NOTICE_OVER.minusDays(1))).isZero();
    assertThat(version(product, NOTICE_OVER)).isEqualTo(1);
  }

  @Test
  void what_is_said_is_shown_again() {
    var product = another(asking);
    var input =
        with(
            input(product, 0),
            "effectiveOn",
            NOTICE_OVER.toString(),
            "conditions",
            List.of(
                condition("CREDIT", "APPLICANT_CREDIT_CODE"),
                condition("PLACE", "APPLICANT_REGION", "110000", "3101"),
                condition("PLAN", "DOCUMENT", "SECURITY_PLAN"),
                condition("SCENE", "SCENARIO", SCENARIO),
                condition("LOOKED_AT", "")),
            "reasons",
            List.of(
                Map.of("code", "SECURITY_NOT_PROVED", "text", List.of(text("没有三级等保"))),
                Map.of("code", "CLASSIFICATION")),
            "differenceFactors",
            List.of("SMALL_FIRM", "SCALE"),
            "minimumQuantity",
            "100.5",
            "minimumQuantityReason",
            "接口开通成本",
            "deposit",
            "1000",
            "depositReason",
            "退还",
            "paymentDays",
            30,
            "terms",
            terms("标准条款", "正文"),
            "note",
            "首次公布");

    done(asking, input);

    var shown =
        policy(
            product,
            NOTICE_OVER,
            "conditions { code text { value } texts { locale } reason rule values } reasons { code text { value } }"
                + " differenceFactors minimumQuantity minimumQuantityReason deposit { amount currency } depositReason"
                + " paymentDays changeNote terms { title { value } text { value } digest odrl }");
    assertThat(shown.getJsonArray("conditions")).hasSize(5);
    assertThat(shown.getJsonArray("conditions").getJsonObject(1).getJsonArray("values"))
        .isEqualTo(new JsonArray(List.of("11", "3101")));
    assertThat(shown.getJsonArray("reasons")).hasSize(6);
    assertThat(shown.getJsonArray("reasons").encode()).contains("没有三级等保");
    assertThat(shown.getJsonArray("differenceFactors"))
        .isEqualTo(new JsonArray(List.of("SCALE", "SMALL_FIRM")));
    assertThat(shown.getString("minimumQuantity")).isEqualTo("100.5");
    assertThat(shown.getJsonObject("deposit").encode()).contains("1000", "CNY");
    assertThat(shown.getInteger("paymentDays")).isEqualTo(30);
    assertThat(shown.getString("changeNote")).isEqualTo("首次公布");
    var terms = shown.getJsonObject("terms");
    assertThat(terms.getString("digest")).matches("[0-9a-f]{64}");
    assertThat(terms.getString("odrl"))
        .contains("SECURITY_PLAN", "\"@type\":\"Offer\"", OdrlOffer.CONTEXT)
        .doesNotContain("xclusiv");
  }

  @Test
  void looser_begins_at_once_and_tighter_only_after_its_notice() {
    var product = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 8));

    var looser = done(asking, with(input(product, 1), "decisionDays", 5));
    var tighter = error(asking, with(input(product, 2), "decisionDays", 6));
    var later =
        done(
            asking,
            with(input(product, 2), "decisionDays", 6, "effectiveOn", NOTICE_OVER.toString()));

    assertThat(looser.getString("change")).isEqualTo("LOOSER");
    assertThat(tighter.getString("earliestOn")).isEqualTo(NOTICE_OVER.toString());
    assertThat(later.getString("change")).isEqualTo("TIGHTER");
    assertThat(version(product, TODAY)).isEqualTo(2);
    assertThat(version(product, NOTICE_OVER.minusDays(1))).isEqualTo(2);
    assertThat(version(product, NOTICE_OVER)).isEqualTo(3);
  }

  @Test
  void a_later_version_replaces_what_was_to_begin_on_its_day_or_after_it() {
    var product = another(asking);
    var first = TODAY.plusDays(20);
    done(asking, with(input(product, 0), "decisionDays", 5));
    done(asking, with(input(product, 1), "decisionDays", 9, "effectiveOn", first.toString()));

    done(
        asking,
        with(input(product, 2), "decisionDays", 7, "effectiveOn", first.minusDays(5).toString()));

    assertThat(version(product, first.minusDays(6))).isEqualTo(1);
    assertThat(version(product, first.minusDays(5))).isEqualTo(3);
    assertThat(version(product, first)).isEqualTo(3);
  }

  @Test
  void a_promise_for_a_near_day_is_not_taken_back_without_notice() {
    var product = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 9));
    done(
        asking,
        with(input(product, 1), "decisionDays", 3, "effectiveOn", TODAY.plusDays(2).toString()));

    var error = error(asking, with(input(product, 2), "decisionDays", 9, "note", "再次"));

    assertThat(error.getString("earliestOn")).isEqualTo(NOTICE_OVER.toString());
    assertThat(error.getJsonArray("differences")).isEmpty();
  }

  @Test
  void another_text_of_the_terms_is_a_tightening_unless_it_is_said_to_mean_the_same() {
    var product = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 9));
    var changed = with(input(product, 1), "decisionDays", 9, "terms", terms("条款", "正文，改了一处"));

    var error = error(asking, changed);
    var outcome = done(asking, with(changed, "termsChange", "EDITORIAL", "idempotencyKey", key()));

    assertThat(error.getJsonArray("differences").encode()).contains("TERMS");
    assertThat(outcome.getString("change")).isEqualTo("NEUTRAL");
    assertThat(outcome.getJsonArray("differences").encode()).contains("EDITORIAL");
    assertThat(outcome.getJsonObject("accessPolicy").getJsonObject("terms").getInteger("number"))
        .isEqualTo(2);
  }

  @Test
  void terms_that_say_the_same_keep_their_number() {
    var product = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 9));

    var outcome = done(asking, with(input(product, 1), "decisionDays", 8));

    assertThat(outcome.getJsonObject("accessPolicy").getJsonObject("terms").getInteger("number"))
        .isEqualTo(1);
  }

  @Test
  void a_policy_that_is_there_already_is_not_published_again() {
    var product = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 9));

    var error = error(asking, with(input(product, 1), "decisionDays", 9));

    assertThat(error.getString("message")).contains("already");
  }

  @Test
  void many_products_get_one_policy_or_none_does() {
    var one = another(asking);
    var two = another(asking);
    var capability = "sc_0000000000004000b000000000000013";
    var both =
        with(
            input(one, 0),
            "products",
            List.of(
                Map.of("productId", one, "expectedVersion", 0),
                Map.of("productId", two, "expectedVersion", 0),
                Map.of("productId", capability, "expectedVersion", 0)),
            "decisionDays",
            4);
    var stale =
        with(
            both,
            "products",
            List.of(
                Map.of("productId", one, "expectedVersion", 0),
                Map.of("productId", two, "expectedVersion", 3)));

    var error = error(asking, stale);
    assertThat(version(one, TODAY)).isZero();
    var payload = set(asking, both);

    assertThat(error.getString("code")).isEqualTo("VERSION_CONFLICT");
    assertThat(error.getInteger("currentVersion")).isZero();
    assertThat(error.getJsonArray("path"))
        .isEqualTo(new JsonArray(List.of("input", "products", "1", "expectedVersion")));
    assertThat(payload.getJsonArray("outcomes")).hasSize(3);
    assertThat(version(two, TODAY)).isEqualTo(1);
    assertThat(version(capability, TODAY)).isEqualTo(1);
  }

  @Test
  void two_hundred_products_get_their_policy_at_once() {
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select $1, ('00000000-0000-4000-bbbb-000000000' || n)::uuid, 'DATA_PRODUCT', 'many-' || n, '2024-01-01Z'
          from generate_series(101, 300) as n
        """,
        OPERATOR);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select p.operator_id, p.id, 1, v.valid_from, v.kind, p.code, v.status, v.title, v.locale,
               v.authorization_grant_id, v.form, v.tier, v.purpose_class, v.published_at, true
          from product p
          join product_version v on v.product_id = '00000000-0000-4000-b000-000000000011'
         where p.code like 'many-%'
        """);
    var products = new ArrayList<Map<String, Object>>();
    for (int n = 101; n <= 300; n++) {
      products.add(
          Map.of("productId", "dp_0000000000004000bbbb000000000" + n, "expectedVersion", 0));
    }
    var input =
        with(
            input(another(asking), 0),
            "products",
            products,
            "effectiveOn",
            NOTICE_OVER.toString(),
            "conditions",
            List.of(condition("PLAN", "DOCUMENT", "PLAN"), condition("CODE", "")));

    var payload = set(asking, input);

    assertThat(payload.getJsonArray("userErrors")).isEmpty();
    assertThat(payload.getJsonArray("outcomes")).hasSize(200);
    assertThat(
            asking.rows(
                "select count(*)::text from access_policy_condition c where c.product_id::text like '00000000-0000-4000-bbbb%'"))
        .containsExactly("400");
  }

  @Test
  void of_many_products_those_that_have_it_already_are_left_as_they_are() {
    var one = another(asking);
    var two = another(asking);
    done(asking, with(input(one, 0), "decisionDays", 9));
    var both =
        with(
            input(one, 0),
            "products",
            List.of(
                Map.of("productId", one, "expectedVersion", 1),
                Map.of("productId", two, "expectedVersion", 0)),
            "decisionDays",
            9);

    var payload = set(asking, both);
    var again = set(asking, both);

    assertThat(payload.getJsonArray("outcomes").getJsonObject(0).getBoolean("published")).isFalse();
    assertThat(payload.getJsonArray("outcomes").getJsonObject(1).getBoolean("published")).isTrue();
    assertThat(again).isEqualTo(payload);
    assertThat(version(one, TODAY)).isEqualTo(1);
  }

  @Test
  void the_same_call_again_does_nothing_new_and_another_input_is_refused() {
    var product = another(asking);
    var input = with(input(product, 0), "decisionDays", 5);

    var first = done(asking, input);
    var second = done(asking, input);
    var other = error(asking, with(input, "decisionDays", 4));

    assertThat(second).isEqualTo(first);
    assertThat(other.getString("code")).isEqualTo("IDEMPOTENCY_MISMATCH");
  }

  @Test
  void a_trial_tells_what_would_be_and_changes_nothing() {
    var product = another(asking);

    var outcome = done(asking, with(input(product, 0), "decisionDays", 5, "validateOnly", true));

    assertThat(outcome.getInteger("version")).isEqualTo(1);
    assertThat(outcome.getValue("accessPolicy")).isNull();
    assertThat(version(product, TODAY)).isZero();
  }

  @Test
  void two_at_once_do_not_both_change_the_same_version() throws Exception {
    var product = another(asking);
    var calls = new ArrayList<Future<JsonObject>>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int days = 1; days <= 4; days++) {
        var input = with(input(product, 0), "decisionDays", days);
        calls.add(threads.submit(() -> set(asking, input)));
      }
    }
    var conflicts = 0;
    for (var call : calls) {
      conflicts += call.get().encode().contains("VersionConflictError") ? 1 : 0;
    }

    assertThat(conflicts).isEqualTo(3);
    assertThat(version(product, TODAY)).isEqualTo(1);
  }

  @Test
  void products_of_others_are_as_good_as_none() {
    var stranger = asking.as(Role.OPERATOR, OTHER_OPERATOR);
    var foreign = stranger.mutate(SET, input(another(asking), 0)).getJsonArray("userErrors");
    var none =
        stranger
            .mutate(SET, input("dp_0000000000004000b0000000000fffff", 0))
            .getJsonArray("userErrors");

    assertThat(foreign).isEqualTo(none);
    assertThat(foreign.getJsonObject(0).getString("code")).isEqualTo("NOT_FOUND");
  }

  @Test
  void who_has_not_the_scope_is_turned_away() {
    var answer =
        asking.as(Role.DEVELOPER, OPERATOR).answer(SET, Map.of("input", input(another(asking), 0)));

    assertThat(answer.encode()).contains("FORBIDDEN");
  }

  @Test
  void a_product_off_the_list_has_no_policy_any_more_and_a_suspended_one_has() {
    var delisted = another(asking);
    var suspended = another(asking);
    status(delisted, "DELISTED");
    status(suspended, "SUSPENDED");

    var error = error(asking, input(delisted, 0));
    done(asking, input(suspended, 0));

    assertThat(error.getString("code")).isEqualTo("STATE_TRANSITION");
    assertThat(error.getString("from")).isEqualTo("DELISTED");
  }

  private void status(String product, String status) {
    var id = Ids.uuid(product);
    asking.change(
        "update product_version set valid_to = '2024-03-01Z' where product_id = $1 and version = 1",
        id);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration, status_reason)
        select operator_id, product_id, 2, '2024-03-01Z', kind, code, $2, title, locale, authorization_grant_id, form,
               tier, purpose_class, published_at, demonstration, 'a test'
          from product_version where product_id = $1
        """,
        id,
        status);
  }

  @Test
  void it_is_told_to_everybody_and_the_product_is_checked_when_it_begins() {
    var product = another(asking);

    done(
        asking,
        with(input(product, 0), "decisionDays", 5, "effectiveOn", TODAY.plusDays(3).toString()));

    var id = Ids.uuid(product);
    assertThat(
            asking.rows(
                "select concat_ws(' ', type, open, changed_fields) from event_outbox where subject = '%s'"
                    .formatted(product)))
        .containsExactly("ACCESS_POLICY_CHANGED t {accessPolicy,accessPolicies,standardTerms}");
    assertThat(
            asking.rows(
                "select concat_ws(' ', cause, (due_at at time zone 'Asia/Shanghai')::date) from check_due where product_id = '%s'"
                    .formatted(id)))
        .containsExactly("POLICY_CHANGE " + TODAY.plusDays(3));
  }
}
