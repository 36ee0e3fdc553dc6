package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.fairaccess.Reason;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of checks, and that it can be repeated. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckRunTest {
  private final Database database;
  private final Asking asking;
  private boolean filled;

  CheckRunTest(Database database, MeterRegistry statements) {
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

  private String repeat(String run) {
    return asking
        .data(
            "{ checkRunRepeat(runId: \"%s\") { same differing digest run { digest ruleSets day cause subject } } }"
                .formatted(run))
        .encode();
  }

  @Test
  void a_run_is_kept_with_a_publication_and_repeats_to_the_same_after_the_facts_changed() {
    var product = CheckMarket.published(asking);
    var checks = CheckMarket.product(DraftMarket.operator(asking), product, CheckMarket.CHECKS);
    var run = CheckMarket.result(checks, "FA-01").getString("runId");

    assertThat(CheckMarket.result(checks, "FA-01").getString("outcome")).isEqualTo("PASS");
    assertThat(CheckMarket.result(checks, "FA-01").getJsonArray("rules").encode())
        .contains("withinScope");
    assertThat(repeat(run)).contains("\"same\":true", "\"differing\":[]", "\"PUBLISH\"");

    CheckMarket.withdrawScope(asking);
    asking.change(
        "update product_resource set valid_to = clock_timestamp() where valid_to = 'infinity' and product_id = $1",
        Ids.uuid(product));
    assertThat(repeat(run)).contains("\"same\":true", "\"differing\":[]");
  }

  @Test
  void what_a_check_blocks_is_not_published_and_says_why_at_its_place() {
    var content = DraftMarket.content();
    content.put(
        "resources", List.of(Map.of("resource", DraftMarket.PARTLY, "dataItems", List.of("wind"))));
    CheckMarket.resource(asking, 2, "CORE", "CONDITIONAL");
    var refused = CheckMarket.publish(asking, content);

    assertThat(refused.getJsonArray("userErrors").encode())
        .contains("CheckFailedError", "\"FA-05\"", "[\"input\",\"draftIds\",\"0\"]");
    assertThat(refused.getValue("productList")).isNull();
  }

  @Test
  void runs_of_authorizations_operators_and_the_market_are_shown_and_repeat() {
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    var checks = new Checks(database);
    CheckDueTest.await(
        database.inTransaction(
            transaction ->
                checks
                    .ofGrants(
                        transaction,
                        write,
                        Cause.REQUEST,
                        List.of(Ids.uuid(DraftMarket.GRANT), Ids.uuid(DraftMarket.SECOND_GRANT)))
                    .compose(
                        done ->
                            checks.ofOperators(
                                transaction,
                                write,
                                Cause.REQUEST,
                                List.of(DraftMarket.OPERATOR, DraftMarket.OTHER_OPERATOR)))
                    .compose(done -> checks.ofMarket(transaction, write, Cause.REQUEST))));
    var runs =
        asking.rows(
            "select global_id('cr', id) from check_run where subject_kind <> 'PRODUCT' and run_by = 'Fairground' order by number");

    assertThat(runs).hasSize(5);
    for (var run : runs) {
      assertThat(repeat(run)).contains("\"same\":true");
    }
    var shown =
        CheckMarket.authority(asking)
            .data(
                "{ authorization(id: \"%s\") { checks { check outcome } } organization(code: \"org-1\") { checks { check outcome } } }"
                    .formatted(DraftMarket.GRANT))
            .encode();
    assertThat(shown).contains("FA-19", "FA-24", "FA-13", "FA-21");
  }

  @Test
  void an_operator_is_held_to_the_rules_of_where_it_operates_and_not_of_where_it_did() {
    var operator = DraftMarket.OTHER_INSTITUTION;
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select ('00000000-0000-4000-a000-0000000000' || n)::uuid, 'of two ' || n, $1, $2, '2024-01-01Z'
          from unnest(array['91', '92']) as n
        """,
        DraftMarket.INSTITUTION,
        operator);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select g.id, 1, g.created_at, g.number, g.institution_id, g.operator_id,
               case when g.number like '%91' then '110000' else '330000' end, 'x', 'zh', 'OVERALL',
               case when g.number like '%91' then 'ENDED' else 'ACTIVE' end, '2024-01-01', '2099-12-31', true
          from authorization_grant g where g.number like 'of two%'
        """);
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    CheckDueTest.await(
        database.inTransaction(
            transaction ->
                new Checks(database)
                    .ofOperators(transaction, write, Cause.REQUEST, List.of(operator))));
    assertThat(
            asking.rows(
                "select jurisdiction_code from check_run where subject_id = '" + operator + "'"))
        .containsExactly("330000");
  }

  /** Else one that read before a change could be kept behind one that read after it. */
  @Test
  void of_two_at_once_the_later_run_is_that_of_the_later_facts() throws Exception {
    var checks = new Checks(database);
    var product = Ids.uuid(CheckMarket.published(asking));
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    var ended = Promise.<Void>promise();
    var begun = Promise.<Void>promise();
    var first =
        database.inTransaction(
            transaction ->
                checks
                    .ofProducts(transaction, write, Cause.SWEEP, List.of(product))
                    .onComplete(read -> begun.tryComplete())
                    .compose(done -> ended.future()));
    CheckDueTest.await(begun.future());
    CheckMarket.resource(asking, 1, "GENERAL_2", "CONDITIONAL");
    var second =
        database.inTransaction(
            transaction ->
                checks.ofProducts(transaction, write, Cause.SCOPE_CHANGE, List.of(product)));
    Thread.sleep(300);
    assertThat(second.isComplete()).isFalse();
    ended.complete();
    CheckDueTest.await(first);
    CheckDueTest.await(second);
    assertThat(
            asking.rows(
                "select cause from check_run where subject_id = '"
                    + product
                    + "' order by number desc limit 1"))
        .containsExactly("SCOPE_CHANGE");
  }

  @Test
  void what_was_above_a_cap_does_not_pass_because_a_year_went_by() {
    var operator = DraftMarket.OTHER_OPERATOR;
    var cap = UUID.randomUUID();
    asking.change(
        "insert into revenue_cap (id, version, valid_from, operator_id, set_by_id, starts_on, ends_on, currency, amount, document, demonstration) values ($1, 1, '2023-01-01Z', $2, $3, '2023-01-01', '2023-12-31', 'CNY', 100, 'x', true)",
        cap,
        operator,
        DraftMarket.INSTITUTION);
    asking.change(
        "insert into revenue_report (id, version, valid_from, operator_id, cap_id, starts_on, ends_on, currency, income, demonstration) values (gen_random_uuid(), 1, '2024-01-01Z', $2, $1, '2023-01-01', '2023-12-31', 'CNY', 150, true)",
        cap,
        operator);
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    var results =
        CheckDueTest.await(
                database.inTransaction(
                    transaction ->
                        new Checks(database)
                            .ofOperators(transaction, write, Cause.REQUEST, List.of(operator))))
            .getFirst()
            .results();
    assertThat(results.stream().flatMap(one -> one.reasons().stream()).map(Reason::code))
        .contains("DEDUCTION_MISSING");
  }
}
