package dev.fairground.fairness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairnessTest {
  private final Asking asking;
  private final Database database;

  FairnessTest(Database database, MeterRegistry statements) {
    this.database = database;
    asking =
        new Asking(database, statements, Unlimited.limits())
            .at(Instant.parse("2026-06-15T04:00:00Z"));
  }

  @BeforeAll
  void market() {
    RandomRequests.chance(asking);
    RandomRequests.into(asking, 7, 120);
  }

  private JsonObject market(String period, String figures) {
    return asking
        .data("{ marketFairness(period: \"%s\") { %s } }".formatted(period, figures))
        .getJsonObject("marketFairness");
  }

  @Test
  void a_month_that_is_over_keeps_its_figures_when_open_requests_are_decided_later() {
    var figures =
        "requests openBefore approved refused withdrawn open medianDecisionDays onTime late escalated grants reviewsDecided";
    var before = market("2026-05", figures);
    assertThat(before.getInteger("open")).isPositive();

    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on, on_time, working_days)
        select operator_id, request_id, request_id, 'OPERATOR', 'APPROVED', operator_id, 'test', '2026-06-15Z',
               '2026-06-15', false, 30
          from access_record
         where outcome is null and submitted_in <= '2026-05-01'
         limit 3
        """);

    assertThat(market("2026-05", figures)).isEqualTo(before);
    assertThat(market("2026-06", "approved").getInteger("approved")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void what_holders_are_is_told_from_the_third_holder_of_a_product_on() {
    var traits =
        """
        { products(filter: {code: {eq: "prod-3"}, operator: {eq: "org_00000000000040008000000000000002"}}) { nodes {
            fairness(period: "2026") { grants affiliates { yes no unknown withheld share } smallFirms { withheld } } } }
          asked: accessRecords(filter: {product: {eq: "sc_0000000000004000b000000000000023"}, affiliate: [YES, NO, UNKNOWN]}) { totalCount }
          shown: accessRecords(filter: {product: {eq: "sc_0000000000004000b000000000000023"}, outcome: [APPROVED]}) { nodes { affiliate smallFirm free grantedIn } } }
        """;
    grant("t-1", 0, true);
    grant("t-2", 1, false);
    assertThat(asking.data(traits).encode())
        .contains(
            "\"grants\":2,\"affiliates\":{\"yes\":0,\"no\":0,\"unknown\":0,\"withheld\":2,\"share\":null}",
            "\"smallFirms\":{\"withheld\":2}",
            "\"asked\":{\"totalCount\":0}",
            "{\"affiliate\":\"WITHHELD\",\"smallFirm\":\"WITHHELD\",\"free\":false,\"grantedIn\":\"2026-03-01\"}")
        .doesNotContain("YES");

    // Who is given access again is still one holder.
    grant("t-again", 0, true);
    assertThat(asking.data(traits).encode())
        .contains("\"grants\":3", "\"asked\":{\"totalCount\":0}")
        .doesNotContain("YES");

    grant("t-3", 2, false);
    assertThat(asking.data(traits).encode())
        .contains(
            "\"grants\":4,\"affiliates\":{\"yes\":2,\"no\":2,\"unknown\":0,\"withheld\":0,\"share\":\"0.5\"}",
            "\"asked\":{\"totalCount\":4}");
  }

  /** An approval of the product that nobody else asks for. */
  private void grant(String number, int holder, boolean affiliate) {
    asking.change(
        """
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
               ends_on, policy_version, terms_number, submitted_at, submitted_on, submitted_by, demonstration)
        select operator_id, md5('%1$s')::uuid, '%1$s', product_id, version, authorization_grant_id,
               '00000000-0000-4000-8000-000000000000', '000000', '00000000-0000-4000-8000-00000000000%2$d', 'INDUSTRY',
               'INDUSTRY', 'use', '2026-01-01', '2026-12-31', 0, 0, '2026-03-02Z', '2026-03-02', 'test', false
          from product_version
         where product_id = '00000000-0000-4000-b000-000000000023' and valid_to = 'infinity'
        """
            .formatted(number, holder));
    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on, on_time, working_days)
        select operator_id, id, id, 'OPERATOR', 'APPROVED', operator_id, 'test', '2026-03-09Z', '2026-03-09', true, 5
          from access_request where number = '%s'
        """
            .formatted(number));
    asking.change(
        """
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
               policy_version, terms_number, free_of_charge, volume_band, term_band, starts_on, ends_on, decided_on,
               affiliate, small_or_micro, created_at, demonstration)
        select operator_id, id, number, id, id, product_id, product_version, authorization_grant_id, institution_id,
               jurisdiction_code, applicant_id, scenario_class, purpose_class, 0, 0, false, 'NONE', 'NONE', starts_on,
               ends_on, '2026-03-09', %s, true, '2026-03-09Z', false
          from access_request where number = '%s'
        """
            .formatted(affiliate, number));
  }

  @Test
  void nothing_that_is_shown_leads_to_a_request() {
    var shown =
        asking
            .data(
                """
                { accessRecords(first: 100) { nodes { id purposeClass submittedIn outcome endedIn refusalReasons workingDays
                    onTime overdue waiting escalatedIn reviewAskedIn reviewOutcome reviewedIn grantedIn free affiliate smallFirm } } }
                """)
            .encode();
    for (var id : asking.rows("select replace(id::text, '-', '') from access_request")) {
      assertThat(shown).doesNotContain(id);
    }
    var days = java.util.regex.Pattern.compile("\"\\d{4}-\\d\\d-(\\d\\d)\"").matcher(shown);
    assertThat(days.results().map(day -> day.group(1)).distinct()).containsExactly("01");
    var private_ =
        asking.rows("select id::text from access_request limit 1").getFirst().replace("-", "");
    assertThat(asking.data("{ node(id: \"arc_%s\") { id } }".formatted(private_)).encode())
        .isEqualTo("{\"node\":null}");
    var public_ =
        asking.rows("select id::text from access_record limit 1").getFirst().replace("-", "");
    assertThat(
            asking
                .data("{ node(id: \"arc_%s\") { ... on AccessRecord { id } } }".formatted(public_))
                .encode())
        .contains(public_);
  }

  @Test
  void operators_stand_side_by_side_at_the_cost_of_one() {
    var query =
        "{ fairnessFigures(operators: [%s], period: \"2026\") { requests onTimeShare operator { code } byMonth { requests } } }";
    var one = "\"org_00000000000040008000000000000001\"";
    var both = one + ", \"org_00000000000040008000000000000002\"";

    assertThat(asking.statements(query.formatted(both)))
        .isEqualTo(asking.statements(query.formatted(one)))
        .isEqualTo(4);
    var ordered =
        asking.data(
            "{ a: fairnessFigures(orderBy: {field: REQUESTS, direction: ASC}) { requests } d: fairnessFigures(orderBy: {field: REQUESTS}) { requests } one: fairnessFigures(first: 1) { requests } }");
    assertThat(ordered.getJsonArray("a")).hasSize(2);
    assertThat(ordered.getJsonArray("a").getJsonObject(0))
        .isEqualTo(ordered.getJsonArray("d").getJsonObject(1));
    assertThat(ordered.getJsonArray("one")).hasSize(1);
  }

  @Test
  void who_is_no_operator_has_no_figures_and_nobody_asked_is_zero() {
    assertThat(
            asking
                .data(
                    """
                    { none: organization(code: "org-0") { fairness { requests } }
                      left: fairnessFigures(operators: ["org_00000000000040008000000000000000"]) { requests }
                      product: products(filter: {code: {eq: "prod-3"}, operator: {eq: "org_00000000000040008000000000000002"}}) { nodes { fairness(period: "2012") {
                        requests open grants medianDecisionDays percentile95DecisionDays onTimeShare freeShare affiliates { share } } } } }
                    """)
                .encode())
        .isEqualTo(
            "{\"none\":{\"fairness\":null},\"left\":[],\"product\":{\"nodes\":[{\"fairness\":{\"requests\":0,\"open\":0,\"grants\":0,"
                + "\"medianDecisionDays\":null,\"percentile95DecisionDays\":null,\"onTimeShare\":null,\"freeShare\":null,\"affiliates\":{\"share\":null}}}]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "26",
        "2026-13",
        "2026-Q5",
        "2026-03-01",
        "2026-03/2026-01",
        "2010-01/2026-01",
        "2026/2027",
        "0001"
      })
  void a_period_is_whole_months(String period) {
    assertThat(
            asking
                .errors("{ marketFairness(period: \"%s\") { requests } }".formatted(period))
                .encode())
        .contains("BAD_USER_INPUT", "2026-Q1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update access_record set outcome = 'APPROVED' where outcome = 'REFUSED'",
        "update access_record set working_days = 1 where working_days is not null",
        "update access_record set reasons = '{}' where reasons <> '{}'",
        "update access_record set told_in = null where told_in is not null",
        "update access_record set product_id = gen_random_uuid()",
        "update access_record set submitted_in = '2020-01-01'",
        "delete from access_record",
        "truncate access_record"
      })
  void what_a_record_said_is_not_changed(String sql) {
    assertThatThrownBy(() -> asking.change(sql)).hasRootCauseInstanceOf(PgException.class);
  }

  @Test
  void shared_answers_end_when_a_decision_is_written_as_private_content() throws Exception {
    var content =
        database.listen().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    for (int waited = 0; content.version() < 0 && waited < 100; waited++) {
      Thread.sleep(50);
    }
    var before = content.version();
    database
        .inPrivateTransaction(
            transaction ->
                database.rows(
                    transaction,
                    """
                    insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by,
                           decided_at, decided_on)
                    select operator_id, request_id, request_id, 'OPERATOR', 'REFUSED', operator_id, 'test', '2026-06-15Z', '2026-06-15'
                      from access_record where outcome is null
                     order by request_id desc limit 1
                    """,
                    io.vertx.sqlclient.Tuple.tuple()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    for (int waited = 0; content.version() == before && waited < 100; waited++) {
      Thread.sleep(20);
    }
    assertThat(content.version()).isGreaterThan(before);
  }

  @Test
  void a_request_that_waits_for_its_applicant_is_not_overdue() {
    var query = "{ accessRecordCount(filter: {overdueAtEndOf: \"2026-06-15\"}) }";
    var before = asking.data(query).getInteger("accessRecordCount");
    assertThat(before).isPositive();
    asking.change(
        """
        update access_request_version v
           set valid_to = '2026-06-15 10:00+08'
         where (v.operator_id, v.request_id, v.version) in (
                 select o.operator_id, o.request_id, o.version
                   from access_request_version o
                  where o.state = 'SUBMITTED' and o.due_on < '2026-06-15' and o.valid_to = 'infinity'
                  order by o.request_id
                  limit 1)
        """);
    asking.change(
        """
        insert into access_request_version (operator_id, request_id, version, valid_from, state, due_on)
        select operator_id, request_id, version + 1, valid_to, 'INCOMPLETE', '9999-12-30'
          from access_request_version
         where valid_to = '2026-06-15 10:00+08'
        """);
    assertThat(asking.data(query).getInteger("accessRecordCount")).isEqualTo(before - 1);
    assertThat(market("2026-06", "overdue").getInteger("overdue")).isEqualTo(before - 1);
  }

  @Test
  void the_reasons_that_there_are_all_have_a_number() {
    assertThat(market("2026", "refusalsByReason { reason count }").getJsonArray("refusalsByReason"))
        .hasSize(dev.fairground.fairaccess.RefusalReasonCode.values().length)
        .contains(new JsonObject().put("reason", "FORBIDDEN_BY_LAW").put("count", 0));
    assertThat(List.of(FairnessFigure.values()))
        .hasSameSizeAs(
            requireNonNull(
                    (graphql.schema.GraphQLEnumType)
                        asking.schema().graphql().getType("FairnessFigure"))
                .getValues());
  }
}
