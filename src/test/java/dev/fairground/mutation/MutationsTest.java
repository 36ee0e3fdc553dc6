package dev.fairground.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every change keeps, shown by one that makes a draft. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationsTest {
  private static final String CREATE =
      """
      mutation ($input: ProductDraftCreateInput!) {
        productDraftCreate(input: $input) { productDraft { id code } userErrors { __typename code path
          ... on IdempotencyMismatchError { mutation } } } }
      """;

  private final Database database;
  private final Asking asking;

  MutationsTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    SmallMarket.into(asking);
  }

  private Asking operator(int n) {
    return asking.as(Role.OPERATOR, UUID.fromString("00000000-0000-4000-8000-00000000000" + n));
  }

  private JsonObject create(int operator, String code, String key, Object... more) {
    var input = new HashMap<String, Object>();
    input.put("operatorId", "org_0000000000004000800000000000000" + operator);
    input.put("code", code);
    input.put("kind", "DATA_PRODUCT");
    input.put("idempotencyKey", key);
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return operator(operator).mutate(CREATE, input);
  }

  private int count(String from, String value) {
    try {
      return database
          .inTransaction(
              transaction ->
                  database.first(
                      transaction,
                      "select count(*)::int from " + from,
                      Tuple.of(value),
                      row -> row.getInteger(0)))
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void the_same_key_and_input_are_done_once() {
    var first = create(1, "once", "k-once");

    assertThat(create(1, "once", "k-once")).isEqualTo(first);
    assertThat(first.getJsonArray("userErrors")).isEmpty();
    assertThat(count("product_draft where code = $1", "once")).isEqualTo(1);
  }

  @Test
  void the_same_key_and_input_at_the_same_time_are_done_once() throws Exception {
    Callable<JsonObject> call = () -> create(1, "together", "k-together");
    try (var threads = Executors.newFixedThreadPool(4)) {
      var answers = new ArrayList<JsonObject>();
      for (var answer : threads.invokeAll(List.of(call, call, call, call))) {
        answers.add(answer.get());
      }
      assertThat(answers).allMatch(answer -> answer.equals(answers.getFirst()));
      assertThat(answers.getFirst().getJsonArray("userErrors")).isEmpty();
    }
    assertThat(count("product_draft where code = $1", "together")).isEqualTo(1);
  }

  @Test
  void another_input_under_a_used_key_is_refused() {
    create(1, "mismatch", "k-mismatch");
    var other = create(1, "mismatch-2", "k-mismatch");

    assertThat(other.encode())
        .contains(
            "IdempotencyMismatchError", "productDraftCreate", "[\"input\",\"idempotencyKey\"]");
    assertThat(count("product_draft where code = $1", "mismatch-2")).isZero();
  }

  @Test
  void a_key_belongs_to_its_caller() {
    create(1, "mine", "k-shared");

    assertThat(create(2, "yours", "k-shared").getJsonArray("userErrors")).isEmpty();
  }

  @Test
  void after_seven_days_a_key_is_free_again_and_before_it_is_not() {
    create(1, "old", "k-old");
    asking.change(
        "update idempotency_key set created_at = now() - interval '7 days' + interval '1 minute' where key = 'k-old'");
    assertThat(create(1, "old-2", "k-old").encode()).contains("IDEMPOTENCY_MISMATCH");
    asking.change(
        "update idempotency_key set created_at = now() - interval '7 days' - interval '1 minute' where key = 'k-old'");
    assertThat(create(1, "old-2", "k-old").getJsonArray("userErrors")).isEmpty();
  }

  @Test
  void a_trial_leaves_nothing_not_even_the_key() {
    var events = count("event_outbox where $1 = ''", "");
    var trial = create(1, "trial", "k-trial", "validateOnly", true);

    assertThat(trial.getJsonObject("productDraft").getString("code")).isEqualTo("trial");
    assertThat(count("product_draft where code = $1", "trial")).isZero();
    assertThat(count("idempotency_key where key = $1", "k-trial")).isZero();
    assertThat(count("event_outbox where $1 = ''", "")).isEqualTo(events);
    assertThat(create(1, "trial", "k-trial").getJsonArray("userErrors")).isEmpty();
  }

  @Test
  void what_is_refused_leaves_nothing_and_its_key_is_free() {
    assertThat(create(1, " blank ", "k-refused").encode()).contains("INVALID");
    assertThat(count("idempotency_key where key = $1", "k-refused")).isZero();
    assertThat(create(1, "fine", "k-refused").getJsonArray("userErrors")).isEmpty();
  }

  @Test
  void a_change_is_told_in_its_own_transaction_with_who_did_it() {
    var id = create(1, "told", "k-told").getJsonObject("productDraft").getString("id");

    assertThat(
            count(
                "event_outbox where subject = $1 and type = 'DRAFT_CHANGED' and not open and request_id = 'r1'"
                    + " and actor = 'operator@00000000-0000-4000-8000-000000000001' and subject_version = 1",
                id))
        .isEqualTo(1);
  }

  @Test
  void a_key_has_1_to_255_characters() {
    for (var key : List.of("", "x".repeat(256))) {
      var answer =
          operator(1)
              .answer(
                  CREATE,
                  Map.of(
                      "input",
                      Map.of(
                          "operatorId", "org_00000000000040008000000000000001",
                          "code", "key",
                          "kind", "DATA_PRODUCT",
                          "idempotencyKey", key)));
      assertThat(answer.encode()).contains("BAD_USER_INPUT", "1 to 255 characters");
    }
  }

  @Test
  void the_public_changes_nothing() {
    var answer =
        asking.answer(
            CREATE,
            Map.of(
                "input",
                Map.of(
                    "operatorId", "org_00000000000040008000000000000001",
                    "code", "public",
                    "kind", "DATA_PRODUCT",
                    "idempotencyKey", "k-public")));
    assertThat(answer.encode()).contains("UNAUTHENTICATED", "list:write");
  }
}
