package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** How checks stand before what is published. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishChecksTest {
  private static final String PUBLISH =
      DraftMarket.mutation(
          "productListPublish",
          "productList { id } changes(first: 100) { productId code } checks(first: 100) { productId results { check outcome message(locale: \"en\") { value } rules { name } checkedOn runId } } userErrors { __typename code path message rule ... on CheckFailedError { evidence } }");

  private final Database database;
  private final Asking asking;

  PublishChecksTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    CheckMarket.into(asking, database);
  }

  private Map<String, Object> input(Object... members) {
    var input = new HashMap<String, Object>();
    input.put("operatorId", DraftMarket.id("org", DraftMarket.OPERATOR));
    input.put("idempotencyKey", DraftMarket.key());
    for (int i = 0; i < members.length; i += 2) {
      input.put((String) members[i], members[i + 1]);
    }
    return input;
  }

  private JsonObject reviewed(Map<String, Object> content) {
    return DraftMarket.reviewed(asking, DraftMarket.create(asking, content));
  }

  private static Map<String, Object> partly() {
    var content = DraftMarket.content();
    content.put(
        "resources", List.of(Map.of("resource", DraftMarket.PARTLY, "dataItems", List.of("wind"))));
    return content;
  }

  @Test
  @Order(1)
  void what_the_checks_say_is_shown_before_anything_is_published() {
    var draft = reviewed(DraftMarket.content());
    var trial =
        DraftMarket.operator(asking)
            .mutate(
                PUBLISH, input("draftIds", List.of(draft.getString("id")), "validateOnly", true));

    assertThat(trial.getJsonArray("userErrors")).isEmpty();
    assertThat(trial.getJsonArray("checks").encode())
        .contains("\"FA-01\"", "\"PASS\"", "\"FLAG\"", "\"runId\":null", "withinScope");
    assertThat(asking.rows("select count(*)::text from check_run")).containsExactly("0");
  }

  @Test
  @Order(2)
  void as_many_statements_publish_many_as_one() {
    var one = published(1);
    var many = published(25);

    assertThat(many).isEqualTo(one);
  }

  private long published(int drafts) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < drafts; i++) {
      ids.add(reviewed(DraftMarket.content()).getString("id"));
    }
    var told = DraftMarket.operator(asking).told(PUBLISH, Map.of("input", input("draftIds", ids)));
    assertThat(told.answer()).contains("\"userErrors\":[]");
    return told.statements();
  }

  @Test
  @Order(3)
  void of_all_drafts_those_that_a_check_blocks_are_left_out() {
    CheckMarket.resource(asking, 2, "CORE", "CONDITIONAL");
    var bad = reviewed(partly());
    var good = reviewed(DraftMarket.content());

    var named =
        DraftMarket.operator(asking)
            .mutate(PUBLISH, input("draftIds", List.of(good.getString("id"), bad.getString("id"))));
    assertThat(named.getJsonArray("userErrors").encode())
        .contains("CHECK_FAILED", "[\"input\",\"draftIds\",\"1\"]", "\"FA-05\"", DraftMarket.PARTLY)
        .doesNotContain("[\"input\",\"draftIds\",\"0\"]");

    var all = DraftMarket.operator(asking).mutate(PUBLISH, input());
    assertThat(all.getJsonArray("userErrors")).isEmpty();
    assertThat(
            DraftMarket.operator(asking)
                .data(
                    "{ a: productDraft(id: \"%s\") { id } b: productDraft(id: \"%s\") { id } }"
                        .formatted(bad.getString("id"), good.getString("id")))
                .encode())
        .contains(bad.getString("id"))
        .doesNotContain(good.getString("id"));
  }

  @Test
  @Order(4)
  void what_a_check_blocks_is_not_resumed() {
    CheckMarket.resource(asking, 2, "GENERAL_1", "CONDITIONAL");
    var product =
        DraftMarket.done(CheckMarket.publish(asking, partly()))
            .getJsonArray("changes")
            .getJsonObject(0)
            .getString("productId");
    DraftMarket.done(
        DraftMarket.operator(asking)
            .mutate(
                DraftMarket.mutation("productSuspend", "product { version } " + DraftMarket.ERRORS),
                Map.of("id", product, "expectedVersion", 1, "reason", "停")));
    CheckMarket.resource(asking, 2, "CORE", "CONDITIONAL");
    var resume = DraftMarket.mutation("productResume", "product { status } " + DraftMarket.ERRORS);
    var refused =
        DraftMarket.operator(asking).mutate(resume, Map.of("id", product, "expectedVersion", 2));

    assertThat(refused.encode()).contains("CheckFailedError", "FA-05");
    assertThat(CheckMarket.product(asking, product, "status").encode()).contains("SUSPENDED");
    CheckMarket.resource(asking, 2, "GENERAL_1", "CONDITIONAL");
    DraftMarket.done(
        DraftMarket.operator(asking).mutate(resume, Map.of("id", product, "expectedVersion", 2)));
    assertThat(
            asking.rows(
                "select count(*)::text from check_run where subject_id = '"
                    + Ids.uuid(product)
                    + "' and subject_version = 3"))
        .containsExactly("1");
  }

  @Test
  @Order(5)
  void who_moves_to_another_authorization_keeps_the_ceilings_that_are_there() {
    var product = CheckMarket.published(asking);
    price(product);
    ceiling(DraftMarket.GRANT, "0.5");
    ceiling(DraftMarket.SECOND_GRANT, "0.4");
    var same = DraftMarket.draftOf(asking, product, withSummary(DraftMarket.GRANT));
    assertThat(named(same).encode()).doesNotContain("FA-06");

    var moved = DraftMarket.draftOf(asking, product, withSummary(DraftMarket.SECOND_GRANT));
    var reviewed = DraftMarket.reviewed(asking, moved, DraftMarket.OTHER_INSTITUTION);

    assertThat(named(reviewed).encode()).contains("CHECK_FAILED", "\"FA-06\"", "0.4");
  }

  private io.vertx.core.json.JsonArray named(JsonObject draft) {
    return DraftMarket.operator(asking)
        .mutate(PUBLISH, input("draftIds", List.of(draft.getString("id"))))
        .getJsonArray("userErrors");
  }

  private static Map<String, Object> withSummary(String grant) {
    var content = DraftMarket.content();
    content.put("authorization", grant);
    content.put("summary", List.of(Map.of("locale", "zh", "value", grant)));
    return content;
  }

  private void price(String product) {
    asking.change(
        """
        insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, currency,
               purpose_classes, free_of_charge, trial, effective_on, demonstration)
        values ($1, $2, $2, 1, now() - interval '1 second', '调用', 'call', 1, 'PER_CALL', 'CNY', '{INDUSTRY}', false,
                false, '2026-01-01', true)
        """,
        DraftMarket.OPERATOR,
        Ids.uuid(product));
    asking.change(
        "insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price) values ($1, $2, $2, 1, 0, 0.5)",
        DraftMarket.OPERATOR,
        Ids.uuid(product));
  }

  /** Set after the price. */
  private void ceiling(String grant, String amount) {
    asking.change(
        """
        insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency,
               trial, effective_on, document, demonstration)
        values ($1, 1, clock_timestamp(), $1, $2, 'call', 'PER_CALL', 'CNY', false, '2026-01-01', 'order', true)
        """,
        Ids.uuid(grant),
        DraftMarket.INSTITUTION);
    asking.change(
        "insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price) values ($1, 1, 0, $2::text::numeric)",
        Ids.uuid(grant),
        amount);
  }
}
