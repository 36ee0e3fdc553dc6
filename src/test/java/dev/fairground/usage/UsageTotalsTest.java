package dev.fairground.usage;

import static dev.fairground.usage.UsageGround.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What everybody is told, which is nothing that fewer than three holders used. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageTotalsTest {
  private static final String TOTALS =
      "usageTotals { month quantities { unit unitText quantity calls recordCount holderCount pooled } }";

  private final UsageGround ground;

  UsageTotalsTest(Database database, MeterRegistry statements) {
    ground = new UsageGround(database, new Asking(database, statements));
  }

  /**
   * In February three holders use a resource by product 12. In March four holders use product 11,
   * of them two by volume, too; one holder uses product 12. In January three holders use the
   * resource by product 11, and one by product 12. In April one holder uses product 11, and three
   * use 12 and 13, each by fewer than three.
   */
  @BeforeAll
  void market() {
    ground.into();
    var rows = new ArrayList<Map<String, Object>>();
    for (int holder = 3; holder <= 6; holder++) {
      var grant = ground.grant(11, UsageGround.org(holder), "ACTIVE");
      rows.add(use(grant, "2026-03", "calls", "100"));
      if (holder <= 4) {
        rows.add(use(grant, "2026-03", "unit", "PER_VOLUME", "unitText", "GB", "quantity", "7"));
      }
      if (holder <= 5) {
        rows.add(use(grant, "2026-05", "resourceId", UsageGround.RESOURCE));
      }
      if (holder == 6) {
        rows.add(use(grant, "2026-05", "quantity", "77"));
        rows.add(use(grant, "2026-04", "quantity", "5"));
      }
      rows.add(use(grant, "2026-06", "endsOn", "2026-06-10"));
    }
    rows.add(use(ground.grant(12, UsageGround.org(3), "ACTIVE"), "2026-03", "quantity", "3"));
    rows.add(use(ground.grant(12, UsageGround.org(3), "ACTIVE"), "2026-04", "quantity", "1"));
    rows.add(use(ground.grant(13, UsageGround.org(4), "ACTIVE"), "2026-04", "quantity", "2"));
    for (int holder = 3; holder <= 5; holder++) {
      rows.add(
          use(
              ground.grant(11, UsageGround.org(holder), "ACTIVE"),
              "2026-01",
              "resourceId",
              UsageGround.RESOURCE));
      rows.add(
          use(
              ground.grant(12, UsageGround.org(holder), "ACTIVE"),
              "2026-02",
              "resourceId",
              UsageGround.RESOURCE));
    }
    rows.add(
        use(
            ground.grant(12, UsageGround.org(6), "ACTIVE"),
            "2026-01",
            "resourceId",
            UsageGround.RESOURCE,
            "quantity",
            "99"));
    // Each month is reported in the next one.
    var months = rows.stream().collect(Collectors.groupingBy(UsageTotalsTest::month));
    months.forEach((month, used) -> report(month.plusMonths(1).atDay(10), used));
  }

  private static YearMonth month(Map<String, Object> row) {
    return YearMonth.parse(Objects.requireNonNull(row.get("startsOn")).toString().substring(0, 7));
  }

  private void report(LocalDate day, List<Map<String, Object>> rows) {
    var payload =
        ground
            .asking
            .at(day.atTime(8, 0).toInstant(ZoneOffset.UTC))
            .as(Role.OPERATOR, UsageGround.OPERATOR)
            .mutate(UsageGround.REPORT, UsageGround.input(rows.toArray(Map[]::new)));
    assertThat(payload.getJsonArray("userErrors")).isEmpty();
  }

  private Asking on(LocalDate day) {
    return ground.asking.at(day.atTime(8, 0).toInstant(ZoneOffset.UTC));
  }

  private List<String> totals(String type, String id) {
    return totals(LocalDate.of(2026, 7, 15), type, id);
  }

  private List<String> totals(LocalDate day, String type, String id) {
    var node =
        on(day)
            .data("{ node(id: \"%s\") { ... on %s { %s } } }".formatted(id, type, TOTALS))
            .getJsonObject("node");
    var told = new ArrayList<String>();
    for (var month : UsageGround.objects(node.getJsonArray("usageTotals"))) {
      for (var cell : UsageGround.objects(month.getJsonArray("quantities"))) {
        told.add(
            "%s %s %s, %s calls, %d records of %d holders%s"
                .formatted(
                    month.getString("month").substring(0, 7),
                    cell.getString("quantity"),
                    cell.getString("unit"),
                    cell.getString("calls"),
                    cell.getInteger("recordCount"),
                    cell.getInteger("holderCount"),
                    cell.getBoolean("pooled") ? ", pooled" : ""));
      }
    }
    return told;
  }

  @Test
  void a_product_shows_what_three_holders_and_more_used_in_months_that_are_closed() {
    assertThat(totals("DataProduct", "dp_0000000000004000b000000000000011"))
        .containsExactly(
            "2026-01 30 PER_CALL, 0 calls, 3 records of 3 holders",
            "2026-03 40 PER_CALL, 400 calls, 4 records of 4 holders",
            "2026-05 107 PER_CALL, 0 calls, 4 records of 4 holders");
    assertThat(totals("DataProduct", "dp_0000000000004000b000000000000012"))
        .containsExactly("2026-02 30 PER_CALL, 0 calls, 3 records of 3 holders");
  }

  @Test
  void an_operator_shows_the_rest_together_only_where_three_holders_and_more_used_it() {
    // In March the rest is product 12, of one holder: with it the difference would tell him.
    assertThat(totals("Organization", "org_00000000000040008000000000000001"))
        .containsExactly(
            "2026-01 30 PER_CALL, 0 calls, 3 records of 3 holders",
            "2026-02 30 PER_CALL, 0 calls, 3 records of 3 holders",
            "2026-03 40 PER_CALL, 400 calls, 4 records of 4 holders",
            "2026-04 8 PER_CALL, 0 calls, 3 records of 3 holders, pooled",
            "2026-05 107 PER_CALL, 0 calls, 4 records of 4 holders");
  }

  @Test
  void a_resource_shows_nothing_from_which_the_rest_of_a_product_follows() {
    // Of product 11 one holder alone used something else in May. In January one holder used the
    // resource by product 12: with it, product 11 taken away would tell him.
    assertThat(totals("DataResource", UsageGround.RESOURCE))
        .containsExactly(
            "2026-01 30 PER_CALL, 0 calls, 3 records of 3 holders",
            "2026-02 30 PER_CALL, 0 calls, 3 records of 3 holders");
  }

  @Test
  void many_products_are_told_by_one_statement_and_months_can_be_chosen() {
    var one = ground.asking.statements("{ products(first: 1) { nodes { %s } } }".formatted(TOTALS));
    var six = ground.asking.statements("{ products(first: 6) { nodes { %s } } }".formatted(TOTALS));
    assertThat(six).isEqualTo(one);

    var query =
        "{ product(id: \"dp_0000000000004000b000000000000011\") { usageTotals(from: \"%s\", to: \"%s\") { month } } }";
    assertThat(
            on(LocalDate.of(2026, 7, 15))
                .data(query.formatted("2026-05-17", "2026-12-31"))
                .getJsonObject("product")
                .getJsonArray("usageTotals"))
        .isEqualTo(new JsonArray().add(new JsonObject().put("month", "2026-05-01")));
    assertThat(ground.asking.errors(query.formatted("2020-01-01", "2026-01-01")).encode())
        .contains("36 months");
  }

  @Test
  void what_comes_late_changes_no_total_by_which_one_holder_would_be_told() {
    var product = "dp_0000000000004000b000000000000011";
    assertThat(totals(LocalDate.of(2026, 7, 1), "DataProduct", product))
        .noneMatch(cell -> cell.startsWith("2026-05"));
    var before = totals(LocalDate.of(2026, 7, 2), "DataProduct", product);
    assertThat(before).anyMatch(cell -> cell.startsWith("2026-05"));
    var late = ground.grant(11, UsageGround.org(7), "ACTIVE");
    report(LocalDate.of(2026, 7, 1), List.of(use(late, "2026-05", "quantity", "55")));
    assertThat(totals(LocalDate.of(2026, 7, 20), "DataProduct", product)).isEqualTo(before);
  }
}
