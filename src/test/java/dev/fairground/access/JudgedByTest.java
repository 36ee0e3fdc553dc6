package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.approval;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.decide;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refusal;
import static dev.fairground.access.AccessMarket.rules;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** T10 and I11: policies that were published after a request was handed in. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JudgedByTest {
  private static final String WEDNESDAY = "2026-03-04";

  private final Database database;
  private final Asking asking;

  JudgedByTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private void policy(int product, int version, String change) {
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        select operator_id, id, $2, gen_random_uuid(), 'terms', 'en', 'terms', '{}', repeat('0', 64), '2026-03-03Z',
               'test', true
          from product where right(id::text, 2) = $1::text
        """,
        String.valueOf(product),
        version);
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               terms_number, published_by, demonstration)
        select operator_id, id, $2, gen_random_uuid(), '2026-03-03Z', '2026-03-03', '2026-03-03', $3, $2, 'test', true
          from product where right(id::text, 2) = $1::text
        """,
        String.valueOf(product),
        version,
        change);
    asking.change(
        """
        insert into access_policy_reason (operator_id, product_id, policy_version, position, code)
        select operator_id, id, $2, 1, 'BAD_CREDIT' from product where right(id::text, 2) = $1::text
        """,
        String.valueOf(product),
        version);
  }

  private List<String> judgedBy(JsonObject request) {
    return asking.rows(
        "-- test\nselect policy_version::text from access_decision where global_id('acr', request_id) = '%s'"
            .formatted(request.getString("id")));
  }

  @Test
  void a_reason_that_was_published_after_the_request_is_none() {
    var request = submitted(asking, MONDAY);
    policy(11, 1, "FIRST");
    assertThat(rules(decide(operator(asking, WEDNESDAY), request, refusal("BAD_CREDIT"))))
        .containsExactly("CHECK_FAILED FA-10");
    done(decide(operator(asking, WEDNESDAY), request, approval()));
    assertThat(judgedBy(request)).containsExactly("0");
  }

  @Test
  void a_newer_policy_that_is_better_for_the_applicant_counts() {
    var input = asked(MONDAY);
    input.put("productId", AccessMarket.product(12));
    var request = done(submit(applicant(asking, MONDAY), input));
    policy(12, 2, "LOOSER");
    done(decide(operator(asking, WEDNESDAY), request, approval()));
    assertThat(judgedBy(request)).containsExactly("2");
  }
}
