package dev.fairground.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartyTest {
  private final Asking asking;

  PartyTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /** Thirty organizations, org-01 to org-30; every third operates; org-01 was renamed in 2025. */
  @BeforeAll
  void market() {
    asking.change(
        """
        insert into jurisdiction (code, level, name, name_en, time_zone)
        values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')
        """);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
               'org-' || lpad(n::text, 2, '0'), '2024-01-01Z'
          from generate_series(1, 30) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, valid_to, code,
               name, locale, kind, region_code, demonstration, contact)
        select o.id, v.version, v.valid_from, v.valid_to, o.code, v.prefix || o.code, 'zh',
               'ENTERPRISE', '110000', false, '电话 010-0000 0000'
          from organization o
          join (values (1, '2024-01-01Z'::timestamptz, '2025-01-01Z'::timestamptz, '旧'),
                       (2, '2025-01-01Z', 'infinity', '新')) as v (version, valid_from, valid_to, prefix)
            on o.code = 'org-01'
        union all
        select id, 1, '2024-01-01Z', 'infinity', code, '单位' || code, 'zh', 'ORGAN', '310000', true, null
          from organization
         where code <> 'org-01'
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        select id, 'OPERATOR', '000000', '2024-02-01'
          from organization
         where right(code, 2)::int % 3 = 0
        """);
  }

  private static List<String> codes(JsonArray nodes) {
    return nodes.stream().map(node -> ((JsonObject) node).getString("code")).toList();
  }

  @Test
  void an_organization_tells_how_it_is_reached() {
    assertThat(
            asking
                .data(
                    "{ a: organization(code: \"org-01\") { contact } b: organization(code: \"org-02\") { contact } }")
                .encode())
        .isEqualTo("{\"a\":{\"contact\":\"电话 010-0000 0000\"},\"b\":{\"contact\":null}}");
  }

  @Test
  void pages_walk_the_whole_list_in_both_directions() {
    var forward = new ArrayList<String>();
    var after = "null";
    for (boolean more = true; more; ) {
      var page =
          asking
              .data(
                  "{ organizations(orderBy: {field: CODE, direction: ASC}, first: 7, after: "
                      + after
                      + ") { nodes { code } pageInfo { hasNextPage endCursor } } }")
              .getJsonObject("organizations");
      forward.addAll(codes(page.getJsonArray("nodes")));
      more = page.getJsonObject("pageInfo").getBoolean("hasNextPage");
      after = '"' + page.getJsonObject("pageInfo").getString("endCursor") + '"';
    }
    var last =
        asking
            .data(
                "{ organizations(orderBy: {field: CODE, direction: ASC}, last: 2) { nodes { code } } }")
            .getJsonObject("organizations");

    assertThat(forward).hasSize(30).doesNotHaveDuplicates().isSorted();
    assertThat(codes(last.getJsonArray("nodes"))).containsExactly("org-29", "org-30");
  }

  @Test
  void operators_are_the_organizations_with_that_role_and_are_counted() {
    var operators =
        asking
            .data(
                """
                { operators(first: 2, filter: {not: {code: {in: ["org-03"]}}, or: [{role: OPERATOR}, {code: {eq: "org-01"}}]}, orderBy: {field: CODE, direction: ASC})
                  { totalCount totalCountIsExact nodes { code roles { role jurisdictionCode term { startsOn endsOn } } } } }
                """)
            .getJsonObject("operators");

    assertThat(operators.getInteger("totalCount")).isEqualTo(9);
    assertThat(operators.getBoolean("totalCountIsExact")).isTrue();
    assertThat(codes(operators.getJsonArray("nodes"))).containsExactly("org-06", "org-09");
    assertThat(operators.getJsonArray("nodes").getJsonObject(0).getJsonArray("roles").encode())
        .isEqualTo(
            "[{\"role\":\"OPERATOR\",\"jurisdictionCode\":\"000000\",\"term\":{\"startsOn\":\"2024-02-01\",\"endsOn\":null}}]");
  }

  @Test
  void a_past_moment_shows_the_past_name() {
    var names =
        asking.data(
            """
            { then: organization(code: "org-01", asOf: "2024-06-01T00:00:00Z") { version name { value } }
              now: organization(code: "org-01") { version name { value } }
              before: organization(code: "org-01", asOf: "2023-06-01T00:00:00Z") { version } }
            """);

    assertThat(names.getJsonObject("then").getInteger("version")).isEqualTo(1);
    assertThat(names.getJsonObject("now").encode()).contains("新org-01");
    assertThat(names.getValue("before")).isNull();
  }

  @Test
  void an_organization_is_found_again_by_its_id() {
    var id = asking.data("{ organization(code: \"org-02\") { id } }").getJsonObject("organization");
    var node =
        asking.data(
            "{ node(id: \"" + id.getString("id") + "\") { ... on Organization { code } } }");

    assertThat(node.getJsonObject("node").getString("code")).isEqualTo("org-02");
  }

  @Test
  void a_cursor_of_another_filter_an_id_of_another_type_and_a_wide_page_are_refused() {
    var cursor =
        asking
            .data("{ organizations(first: 1) { pageInfo { endCursor } } }")
            .getJsonObject("organizations")
            .getJsonObject("pageInfo")
            .getString("endCursor");

    assertThat(
            asking
                .errors(
                    "{ organizations(filter: {kind: ORGAN}, after: \""
                        + cursor
                        + "\") { nodes { id } } }")
                .encode())
        .contains("BAD_USER_INPUT")
        .contains("after");
    assertThat(
            asking
                .errors("{ organization(id: \"dp_00000000000040008000000000000001\") { id } }")
                .encode())
        .contains("org_");
    assertThat(asking.errors("{ organizations(first: 101) { nodes { id } } }").encode())
        .contains("100");
  }

  @Test
  void a_page_of_thirty_costs_the_statements_of_a_page_of_one() {
    var query =
        "{ organizations(first: %d) { totalCount nodes { name { value } roles { role } } } }";

    assertThat(asking.statements(query.formatted(1))).isEqualTo(3);
    assertThat(asking.statements(query.formatted(30))).isEqualTo(3);
  }

  @Test
  void a_link_shows_at_both_ends_on_its_days() {
    asking.change(
        """
        insert into affiliation (id, organization_id, affiliate_id, kind, share_percent, starts_on, ends_on, evidence, demonstration)
        select md5('link')::uuid, min(id::text)::uuid, max(id::text)::uuid, 'CONTROLS', 51.5, '2025-01-01', '2025-12-31', 'register', true
          from organization
        """);
    var query =
        "{ organizations(first: 50, asOf: \"%sT04:00:00Z\") { nodes { affiliations { totalCount nodes { kind sharePercent organization { id } affiliate { id } } } } } }";

    assertThat(asking.data(query.formatted("2025-12-31")).encode().split("51.5", -1)).hasSize(3);
    assertThat(asking.data(query.formatted("2026-01-01")).encode()).doesNotContain("51.5");
    assertThat(asking.statements(query.formatted("2025-12-31"))).isEqualTo(3);
  }
}
