package dev.fairground.usage;

import static dev.fairground.usage.UsageGround.id;
import static dev.fairground.usage.UsageGround.input;
import static dev.fairground.usage.UsageGround.nodes;
import static dev.fairground.usage.UsageGround.objects;
import static dev.fairground.usage.UsageGround.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.Hidden;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageReportTest {
  private static final String MONTHS =
      """
      query($id: ID!) { node(id: $id) { ... on AccessGrant {
        usageMonths { month recordCount quantity billed { amount currency } findings { finding recordCount } }
        missingUsageMonths usageChainHead { recordCount digest quantity billed { amount } } } } }
      """;

  private final UsageGround ground;

  UsageReportTest(Database database, MeterRegistry statements) {
    ground = new UsageGround(database, new Asking(database, statements));
  }

  @BeforeAll
  void market() {
    ground.into();
  }

  private JsonObject grant(UUID grant) {
    return ground
        .holder()
        .answer(MONTHS, Map.of("id", id(grant)))
        .getJsonObject("data")
        .getJsonObject("node");
  }

  private static List<String> codes(JsonObject payload) {
    return objects(payload.getJsonArray("userErrors")).stream()
        .map(
            error ->
                error.getString("code")
                    + " "
                    + String.join(
                        "/", error.getJsonArray("path").stream().map(String::valueOf).toList()))
        .toList();
  }

  @Test
  void records_are_numbered_and_chained_behind_those_of_their_grant_in_the_order_given() {
    var first = ground.grant();
    var second = ground.grant();

    var one =
        nodes(
            ground.reported(use(first, "2026-02"), use(second, "2026-02"), use(first, "2026-03")));
    var two = nodes(ground.reported(use(first, "2026-04", "quantity", "0")));

    var others = one.stream().filter(record -> !of(record, first)).toList();
    one = one.stream().filter(record -> of(record, first)).toList();
    assertThat(others).extracting(record -> record.getInteger("number")).containsExactly(1);
    assertThat(one).extracting(record -> record.getInteger("number")).containsExactly(1, 2);
    assertThat(two).extracting(record -> record.getInteger("number")).containsExactly(3);
    assertThat(one.get(0).getString("previousDigest")).isNull();
    assertThat(one.get(1).getString("previousDigest")).isEqualTo(one.get(0).getString("digest"));
    assertThat(two.get(0).getString("previousDigest")).isEqualTo(one.get(1).getString("digest"));
    var told = grant(first);
    assertThat(told.getJsonObject("usageChainHead"))
        .isEqualTo(
            new JsonObject()
                .put("recordCount", 3)
                .put("digest", two.get(0).getString("digest"))
                .put("quantity", "20")
                .put("billed", null));
    assertThat(told.getJsonArray("missingUsageMonths"))
        .isEqualTo(new JsonArray().add("2026-05-01"));
    assertThat(told.getJsonArray("usageMonths").getJsonObject(2).getString("quantity"))
        .isEqualTo("0");
  }

  private static boolean of(JsonObject record, UUID grant) {
    return record.getJsonObject("grant").getString("id").equals(UsageGround.id(grant));
  }

  @Test
  void the_same_call_again_reports_nothing_new_and_another_under_its_key_is_refused() {
    var grant = ground.grant();
    var input = input(use(grant, "2026-02"));

    var first = ground.operator().mutate(UsageGround.REPORT, input);
    var again = ground.operator().mutate(UsageGround.REPORT, input);
    input.put("records", List.of(use(grant, "2026-02", "quantity", "11")));
    var other = ground.operator().mutate(UsageGround.REPORT, input);

    assertThat(again).isEqualTo(first);
    assertThat(other.getJsonArray("userErrors").getJsonObject(0).getString("code"))
        .isEqualTo("IDEMPOTENCY_MISMATCH");
    assertThat(grant(grant).getJsonObject("usageChainHead").getInteger("recordCount")).isEqualTo(1);
  }

  @Test
  void on_trial_everything_is_checked_and_nothing_stays() {
    var grant = ground.grant();
    var input = input(use(grant, "2026-02"));
    input.put("validateOnly", true);

    var payload = ground.operator().mutate(UsageGround.REPORT, input);

    assertThat(payload.getJsonArray("userErrors")).isEmpty();
    assertThat(payload.getJsonObject("usageBatch")).isNull();
    assertThat(grant(grant).getJsonObject("usageChainHead")).isNull();
  }

  @Test
  void one_row_that_is_amiss_holds_up_all_and_each_is_named_by_its_place() {
    var grant = ground.grant();
    var others = ground.grant(21, UsageGround.HOLDER, "ACTIVE");
    var unsigned = ground.grant(11, UsageGround.HOLDER, "AWAITING_SIGNATURE");

    var payload =
        ground.report(
            use(grant, "2026-02"),
            use(others, "2026-02"),
            use(UUID.randomUUID(), "2026-02"),
            use(unsigned, "2026-02"),
            use(grant, "2026-02", "endsOn", "2026-03-31"),
            use(grant, "2026-02", "startsOn", "2026-02-28", "endsOn", "2026-02-01"),
            use(grant, "2026-06"),
            use(grant, "2026-02", "quantity", "-1"),
            use(grant, "2026-02", "quantity", "0.0000001"),
            use(grant, "2026-02", "billed", "0.001"),
            use(grant, "2026-02", "calls", "1.5"),
            use(grant, "2026-02", "currency", "USD"),
            use(grant, "2026-02", "resourceId", "res_0000000000004000900000000000dead"),
            use(grant, "2026-02", "scenarioId", "sce_0000000000004000c00000000000dead"),
            use(grant, "2026-02", "corrects", 7, "correctionReason", "-"),
            use(grant, "2026-02", "corrects", 1),
            use(grant, "2026-02", "correctionReason", "why"),
            use(grant, "2026-02", "reference", " "));

    assertThat(payload.getJsonObject("usageBatch")).isNull();
    assertThat(codes(payload))
        .containsExactlyInAnyOrder(
            "NOT_FOUND input/records/1/grantId",
            "NOT_FOUND input/records/2/grantId",
            "NOT_IN_FORCE input/records/3/grantId",
            "INVALID input/records/4/endsOn",
            "INVALID input/records/5/endsOn",
            "INVALID input/records/6/endsOn",
            "INVALID input/records/7/quantity",
            "INVALID input/records/8/quantity",
            "INVALID input/records/9/billed",
            "INVALID input/records/10/calls",
            "INVALID input/records/11/currency",
            "NOT_FOUND input/records/12/resourceId",
            "NOT_FOUND input/records/13/scenarioId",
            "NOT_FOUND input/records/14/corrects",
            "REASON_REQUIRED input/records/15/correctionReason",
            "NOT_FOUND input/records/15/corrects",
            "INVALID input/records/16/correctionReason",
            "INVALID input/records/17/reference");
    assertThat(grant(grant).getJsonObject("usageChainHead")).isNull();
    var errors = objects(payload.getJsonArray("userErrors"));
    // Another's grant and none at all answer alike.
    assertThat(
            errors.stream()
                .filter(error -> error.getJsonArray("path").contains("grantId"))
                .filter(error -> error.getString("code").equals("NOT_FOUND"))
                .map(error -> error.getString("message"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void of_many_faults_the_first_hundred_are_told_and_the_number_of_the_rest() {
    var rows = IntStream.range(0, 250).mapToObj(i -> use(UUID.randomUUID(), "2026-02")).toList();

    var payload = ground.operator().mutate(UsageGround.REPORT, input(rows));

    var errors = objects(payload.getJsonArray("userErrors"));
    assertThat(errors).hasSize(101);
    assertThat(errors.getLast().getString("message")).contains("150 more");
  }

  @Test
  void use_that_should_not_have_been_is_kept_and_found() {
    var grant = ground.grant();
    ground.state(grant, "2026-04-01T00:00:00+08:00", "SUSPENDED", "2026-08-31");
    ground.state(grant, "2026-04-20T00:00:00+08:00", "ACTIVE", "2026-08-31");
    ground.state(grant, "2026-05-10T00:00:00+08:00", "ENDED", "2026-05-09");

    var records =
        nodes(
            ground.reported(
                use(grant, "2026-02", "billed", "0.80"),
                use(grant, "2026-01"),
                use(grant, "2026-05"),
                use(grant, "2026-05", "endsOn", "2026-05-09"),
                use(grant, "2026-04", "startsOn", "2026-04-03", "endsOn", "2026-04-18"),
                use(grant, "2026-03", "scenarioId", UsageGround.OTHER_SCENARIO),
                use(grant, "2026-03", "unit", "PER_VOLUME", "unitText", "GB"),
                use(grant, "2026-03", "resourceId", UsageGround.OTHER_RESOURCE),
                use(grant, "2026-03", "resourceId", UsageGround.RESOURCE),
                use(grant, "2026-03", "billed", "0.90"),
                use(grant, "2026-03", "quantity", "910"),
                use(grant, "2026-03", "quantity", "1", "scenarioId", UsageGround.OTHER_SCENARIO),
                use(grant, "2026-01", "quantity", "0", "scenarioId", UsageGround.OTHER_SCENARIO)));

    assertThat(records)
        .extracting(record -> record.getJsonArray("findings").getList())
        .containsExactly(
            List.of(),
            List.of("OUTSIDE_TERM"),
            List.of("OUTSIDE_TERM"),
            List.of(),
            List.of("WHILE_SUSPENDED"),
            List.of("OUTSIDE_SCENARIO"),
            List.of("OTHER_UNIT"),
            List.of("OTHER_RESOURCE"),
            List.of(),
            List.of("BILLED_OTHERWISE"),
            List.of(),
            List.of("OUTSIDE_SCENARIO", "OVER_VOLUME"),
            List.of());
    assertThat(
            ground.asking.rows(
                "select outside_term || ' ' || outside_scenario || ' ' || over_volume || ' ' || records from usage_month where grant_id = '%s' order by month"
                    .formatted(grant)))
        .containsExactly("1 0 0 2", "0 0 0 1", "0 2 1 7", "0 0 0 1", "1 0 0 2");
  }

  @Test
  void a_correction_is_a_record_of_its_own_and_settles_what_was_found() {
    var grant = ground.grant();
    ground.reported(
        use(grant, "2026-03", "billed", "9.99", "scenarioId", UsageGround.OTHER_SCENARIO));

    var less =
        ground.report(
            use(
                grant,
                "2026-03",
                "corrects",
                1,
                "correctionReason",
                "counted twice",
                "quantity",
                "-11"));
    var billed =
        ground.reported(
            use(
                grant,
                "2026-03",
                "corrects",
                1,
                "correctionReason",
                "typing",
                "quantity",
                "0",
                "billed",
                "-9.19"));
    var chained =
        ground.report(
            use(grant, "2026-03", "corrects", 2, "correctionReason", "again", "quantity", "1"));
    var otherDays =
        ground.report(
            use(grant, "2026-04", "corrects", 1, "correctionReason", "moved", "quantity", "1"));
    var back =
        ground.reported(
            use(
                grant,
                "2026-03",
                "corrects",
                1,
                "correctionReason",
                "another scenario",
                "quantity",
                "-10",
                "billed",
                "-0.80"));

    assertThat(codes(less)).containsExactly("INVALID input/records/0/quantity");
    assertThat(codes(chained)).containsExactly("INVALID input/records/0/corrects");
    assertThat(codes(otherDays)).containsExactly("INVALID input/records/0/corrects");
    assertThat(settled(billed)).containsExactly("BILLED_OTHERWISE");
    assertThat(settled(back)).containsExactly("OUTSIDE_SCENARIO");
    var month = grant(grant).getJsonArray("usageMonths").getJsonObject(0);
    assertThat(month.getString("quantity")).isEqualTo("0");
    assertThat(month.getInteger("recordCount")).isEqualTo(3);
    assertThat(month.getJsonObject("billed").getString("amount")).isEqualTo("0");
    assertThat(month.getJsonArray("findings")).isEmpty();

    // Nothing is hidden by taking it back and giving it again.
    ground.reported(
        use(
            grant,
            "2026-03",
            "corrects",
            1,
            "correctionReason",
            "was right",
            "quantity",
            "5",
            "billed",
            "0.4"));
    assertThat(
            grant(grant)
                .getJsonArray("usageMonths")
                .getJsonObject(0)
                .getJsonArray("findings")
                .encode())
        .isEqualTo("[{\"finding\":\"OUTSIDE_SCENARIO\",\"recordCount\":1}]");
  }

  private List<Object> settled(JsonObject batch) {
    var answer =
        ground
            .operator()
            .answer(
                "query($id: ID!) { usageRecord(id: $id) { settled } }",
                Map.of("id", nodes(batch).getFirst().getString("id")));
    return answer
        .getJsonObject("data")
        .getJsonObject("usageRecord")
        .getJsonArray("settled")
        .stream()
        .toList();
  }

  @Test
  void two_reports_for_one_grant_at_once_follow_each_other_in_one_chain() {
    var grant = ground.grant();
    var other = ground.grant();
    var reports =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            i % 2 == 0
                                ? ground.reported(
                                    use(grant, "2026-02"),
                                    use(other, "2026-02"),
                                    use(grant, "2026-03"))
                                : ground.reported(
                                    use(other, "2026-03"),
                                    use(grant, "2026-02"),
                                    use(grant, "2026-03"))))
            .toList();
    reports.forEach(CompletableFuture::join);

    assertThat(
            ground.asking.rows(
                """
                select count(*) || ' ' || max(number) || ' ' || count(previous_digest) || ' ' ||
                       count(*) filter (where previous_digest is not distinct from
                         (select b.digest from usage_record b where b.grant_id = r.grant_id and b.number = r.number - 1))
                  from usage_record r where grant_id = '%s'
                """
                    .formatted(grant)))
        .containsExactly("16 16 15 16");
  }

  @Test
  void nobody_overwrites_or_removes_a_record() {
    var grant = ground.grant();
    ground.reported(use(grant, "2026-02"));

    for (var sql :
        List.of(
            "update usage_record set quantity = 1",
            "delete from usage_record",
            "truncate usage_record",
            "update usage_leaf set leaf_index = 0",
            "delete from usage_head",
            "delete from usage_node")) {
      ground.sequence();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> ground.asking.change(sql))
          .as(sql)
          .hasMessageContaining("never changed");
    }
  }

  @Test
  void who_may_not_report_for_an_operator_is_told_so_and_nothing_of_its_grants() {
    var grant = ground.grant();
    var input = input(use(grant, "2026-02"));

    var stranger =
        ground
            .asking
            .as(Role.OPERATOR, UsageGround.OTHER_OPERATOR)
            .mutate(UsageGround.REPORT, input);
    var reader = ground.holder().answer(UsageGround.REPORT, Map.of("input", input));

    assertThat(codes(stranger)).containsExactly("FORBIDDEN input/operatorId");
    assertThat(reader.encode()).contains("FORBIDDEN").doesNotContain("recordCount\":1");
  }

  @Test
  void holder_operator_institution_and_authorities_read_the_same_rows_and_nobody_else_reads_any() {
    var grant = ground.grant();
    var batch =
        ground.reported(use(grant, "2026-02", "purposeStatement", "\u201cto lend\u201d\n".strip()));
    var record = nodes(batch).getFirst().getString("id");
    var query =
        """
        query($id: ID!) { usageRecord(id: $id) { id number quantity purposeStatement digest salt canonicalForm
          operator { id } resource { id } scenario { id } batch { id recordCount } term { startsOn endsOn } } }
        """;
    var answers = new ArrayList<String>();
    for (var reader :
        List.of(
            ground.holder(),
            ground.operator(),
            ground.asking.as(Role.IMPLEMENTING_INSTITUTION, UsageGround.INSTITUTION),
            ground.asking.as(Role.DATA_AUTHORITY, UsageGround.AUTHORITY),
            ground.asking.as(Role.AUDITOR, UsageGround.STRANGER))) {
      answers.add(reader.answer(query, Map.of("id", record)).encode());
    }
    assertThat(answers.getFirst()).contains("to lend");
    assertThat(answers.stream().distinct()).hasSize(1);

    for (var stranger :
        List.of(
            ground.asking.as(Role.DEVELOPER, UsageGround.STRANGER),
            ground.asking.as(Role.OPERATOR, UsageGround.OTHER_OPERATOR),
            ground.asking.as(Role.DATA_AUTHORITY, UsageGround.ELSEWHERE))) {
      ground.sequence();
      new Hidden(record, stranger)
          .answersAsMissing(
              query,
              "query($id: ID!) { usageProof(recordId: $id) { leafIndex } }",
              "query($id: ID!) { usageRecord(id: $id) { proof { leafIndex } } }");
      new Hidden(batch.getString("id"), stranger)
          .answersAsMissing(
              "query($id: ID!) { usageBatch(id: $id) { recordCount records { totalCount nodes { id } } } }");
    }
  }

  @Test
  void a_holder_is_not_told_how_many_records_of_others_came_in_the_same_call() {
    var batch =
        ground
            .reported(
                use(ground.grant(), "2026-02"),
                use(ground.grant(11, UsageGround.org(5), "ACTIVE"), "2026-02"),
                use(ground.grant(11, UsageGround.org(6), "ACTIVE"), "2026-02"))
            .getString("id");
    var query = "{ usageBatch(id: \"%s\") { recordCount grantCount records { totalCount } } }";

    assertThat(ground.holder().data(query.formatted(batch)).encode())
        .contains("{\"recordCount\":1,\"grantCount\":1,\"records\":{\"totalCount\":1}}");
    assertThat(ground.operator().data(query.formatted(batch)).encode())
        .contains("{\"recordCount\":3,\"grantCount\":3,\"records\":{\"totalCount\":3}}");
    assertThat(
            ground
                .asking
                .as(Role.AUDITOR, UsageGround.AUTHORITY)
                .data(query.formatted(batch))
                .encode())
        .contains("{\"recordCount\":3,");
  }

  @Test
  void each_reader_is_told_of_a_report_by_an_event_of_its_own() {
    var grant = ground.grant();
    var batch = ground.reported(use(grant, "2026-02"), use(grant, "2026-03")).getString("id");

    assertThat(
            ground.asking.rows(
                "select right(organization_id::text, 1) || ' ' || open || ' ' || subject from event_outbox where type = 'USAGE_REPORTED' and subject in ('%s', '%s') order by 1"
                    .formatted(batch, id(grant))))
        .containsExactly("0 false " + batch, "1 false " + batch, "3 false " + id(grant));
  }

  @Test
  void resource_to_use_is_one_query_whose_statements_do_not_grow_with_its_rows() {
    var query =
        """
        query($id: ID!, $rows: Int!) { node(id: $id) { ... on AccessGrant { usage(first: $rows) { nodes {
          number digest proof { hashes } resource { id title { value } } scenario { id } batch { id } operator { id }
          grant { id } product { id } } } usageMonths { month } usageChainHead { digest } missingUsageMonths } } }
        """;
    var grant = ground.grant();
    ground.reported(
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    use(
                        grant,
                        "2026-02",
                        "resourceId",
                        UsageGround.RESOURCE,
                        "scenarioId",
                        UsageGround.SCENARIO))
            .toArray(Map[]::new));
    ground.sequence();

    var few = ground.holder().told(query, Map.of("id", id(grant), "rows", 1));
    var many = ground.holder().told(query, Map.of("id", id(grant), "rows", 40));

    assertThat(many.answer()).doesNotContain("errors").contains("\"number\":40");
    assertThat(many.statements()).isEqualTo(few.statements()).isLessThan(16);
    assertThat(Ids.isId(id(grant))).isTrue();
  }

  @Test
  void from_a_resource_down_to_its_use_is_one_query_of_few_statements() {
    for (int i = 0; i < 3; i++) {
      ground.reported(
          use(ground.grant(), "2026-02", "resourceId", UsageGround.RESOURCE),
          use(ground.grant(), "2026-03"));
    }
    var query =
        """
        query($id: ID!, $rows: Int!) { node(id: $id) { ... on DataResource { authorizations(first: 2) { nodes {
          products(first: 3) { nodes { accessGrants(first: $rows) { nodes { id usage(first: $rows) { nodes {
          number quantity resource { id } } } } } } } } } } } }
        """;

    var many = ground.operator().told(query, Map.of("id", UsageGround.RESOURCE, "rows", 20));

    // One for each level; the resources of the records come last.
    assertThat(many.answer()).doesNotContain("errors").contains("\"quantity\":\"10\"");
    assertThat(many.statements()).isEqualTo(6);
  }
}
