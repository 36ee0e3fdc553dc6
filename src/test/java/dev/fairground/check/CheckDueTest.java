package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to products that are due to be checked. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckDueTest {
  private final Database database;
  private final Asking asking;
  private boolean filled;

  CheckDueTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeEach
  void market() {
    if (!filled) {
      CheckMarket.into(asking, database);
      filled = true;
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private void due(String product) {
    asking.change(
        "insert into check_due (operator_id, product_id, cause, due_at) values ($1, $2, 'SCOPE_CHANGE', '2024-01-01Z')",
        DraftMarket.OPERATOR,
        Ids.uuid(product));
  }

  private int work() {
    return await(new DueWorker(database, InstantSource.system()).work(200));
  }

  @Test
  void a_withdrawn_scope_suspends_what_rests_on_it_and_a_flag_tells_why() {
    var product = CheckMarket.published(asking);
    assertThat(work()).isZero();
    CheckMarket.withdrawScope(asking);
    due(product);

    assertThat(work()).isEqualTo(1);
    assertThat(work()).isZero();
    var shown = CheckMarket.product(asking, product, "status statusReason " + CheckMarket.CHECKS);
    assertThat(shown.getString("status")).isEqualTo("SUSPENDED");
    assertThat(shown.getString("statusReason")).contains("授权");
    assertThat(CheckMarket.result(shown, "FA-01").getString("outcome")).isEqualTo("BLOCK");
    assertThat(
            DraftMarket.operator(asking)
                .data(
                    "{ organization(code: \"org-1\") { flags(first: 10, filter: {check: [\"FA-01\"], state: [OPEN]}) { totalCount nodes { subject outcome allowedActions } } } }")
                .encode())
        .contains(product, "\"BLOCK\"", "[\"ANSWER\"]");
    assertThat(
            asking.rows(
                "select count(*)::text from clock c join check_flag f on c.subject = global_id('cf', f.id) where f.check_code = 'FA-01' and c.rule = 'flagAnswerWd' and c.state = 'RUNNING'"))
        .containsExactly("1");
  }

  @Test
  void what_an_operator_has_as_a_whole_is_spread_over_its_products() {
    work();
    asking.change(
        "insert into check_due (operator_id, product_id, cause, due_at) values ($1, null, 'RULE_CHANGE', '2024-01-01Z')",
        DraftMarket.OTHER_OPERATOR);

    assertThat(work()).isEqualTo(1);
    assertThat(work()).isEqualTo(3);
    assertThat(
            asking.rows(
                "select count(*)::text from check_run where operator_id = '00000000-0000-4000-8000-000000000002' and cause = 'RULE_CHANGE'"))
        .containsExactly("3");
  }

  @Test
  void what_fails_half_way_leaves_it_to_the_next() {
    work();
    due(CheckMarket.PRODUCT);
    asking.change("alter table check_run rename to check_run_gone");
    assertThat(new DueWorker(database, InstantSource.system()).work(200))
        .satisfies(
            failed -> {
              try {
                failed.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
                throw new AssertionError("it did not fail");
              } catch (java.util.concurrent.ExecutionException expected) {
                assertThat(expected).hasMessageContaining("check_run");
              }
            });
    asking.change("alter table check_run_gone rename to check_run");

    assertThat(work()).isEqualTo(1);
  }
}
