package dev.fairground.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationTest {
  private final Asking asking;

  AuthorizationTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /**
   * An institution, three operators with two grants each, over six resources; the first grant was
   * narrowed in 2025 from all items of its first resource to one.
   */
  @BeforeAll
  void grants() {
    asking.change(
        "insert into jurisdiction (code, level, name, name_en, time_zone) values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')");
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'o-' || n, '2024-01-01Z'
          from generate_series(0, 3) as n
        """);
    asking.change(
        """
        insert into organization_version
               (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, '2024-01-01Z', code, code, 'zh', 'ENTERPRISE', true from organization
        """);
    asking.change(
        """
        insert into data_resource (id, code, created_at)
        select ('00000000-0000-4000-9000-00000000000' || n)::uuid, 'r-' || n, '2024-01-01Z'
          from generate_series(1, 6) as n
        """);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select id, 1, '2024-01-01Z', code, code, 'zh', 'test', true from data_resource
        """);
    asking.change(
        "insert into scenario (id, code, created_at) values ('00000000-0000-4000-b000-000000000001', 's-1', '2024-01-01Z')");
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code, purpose_class, demonstration,
               prohibited, approved_by_id, approved_on, starts_on)
        values ('00000000-0000-4000-b000-000000000001', 1, '2024-01-01Z', 's-1', '普惠金融', 'zh', '000000', 'INDUSTRY', true,
                '自动化定价', '00000000-0000-4000-8000-000000000000', '2023-12-01', '2024-01-01')
        """);
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select ('00000000-0000-4000-a000-0000000000' || o || n)::uuid, 'g-' || o || '-' || n,
               '00000000-0000-4000-8000-000000000000', ('00000000-0000-4000-8000-00000000000' || o)::uuid, '2024-01-01Z'
          from generate_series(1, 3) as o cross join generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, valid_to, number,
               institution_id, operator_id, jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select g.id, v.version, v.valid_from, v.valid_to, g.number, g.institution_id, g.operator_id, '000000',
               '授权', 'zh', 'BY_SCENARIO', 'ACTIVE', '2024-02-01', '2027-01-31', true
          from authorization_grant g
          join (values (1, timestamptz '2024-01-01Z', timestamptz '2025-01-01Z', true),
                       (2, '2025-01-01Z', 'infinity', true),
                       (1, '2024-01-01Z', 'infinity', false)) as v (version, valid_from, valid_to, narrowed)
            on v.narrowed = (g.number = 'g-1-1')
        """);
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, data_items, valid_from, valid_to)
        select g.grant_id, g.version, r.id, case when g.version = 2 and r.code = 'r-1' then array['name'] end,
               g.valid_from, g.valid_to
          from authorization_grant_version g cross join data_resource r
        """);
    asking.change(
        """
        insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from, valid_to)
        select grant_id, version, '00000000-0000-4000-b000-000000000001', true, valid_from, valid_to
          from authorization_grant_version
        """);
  }

  @Test
  void a_scenario_tells_who_approved_it_for_how_long_and_what_it_rules_out() {
    assertThat(
            asking
                .data(
                    """
                    { scenario(code: "s-1") { prohibited approvedBy { code } approvedOn term { startsOn endsOn } } }
                    """)
                .encode())
        .isEqualTo(
            "{\"scenario\":{\"prohibited\":\"自动化定价\",\"approvedBy\":{\"code\":\"o-0\"},\"approvedOn\":\"2023-12-01\","
                + "\"term\":{\"startsOn\":\"2024-01-01\",\"endsOn\":null}}}");
  }

  @Test
  void the_chain_from_resource_to_operator_costs_three_statements() {
    var query =
        """
        { resources(first: %d) { nodes { authorizations(first: %d) { totalCount
            nodes { number operator { code } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1, 1))).isEqualTo(3);
    assertThat(asking.statements(query.formatted(6, 6))).isEqualTo(3);
    assertThat(asking.data(query.formatted(1, 1)).encode()).contains("\"totalCount\":6");
  }

  @Test
  void the_chain_from_operator_to_resource_and_scenario_costs_five_statements() {
    var query =
        """
        { organizations(first: %d) { nodes { authorizations(first: %d) { nodes { jurisdiction { code }
            resources(first: 6) { nodes { resource { code } dataItems } }
            scenarios { nodes { allowed scenario { code purposeClass } } } } } } } }
        """;

    assertThat(asking.statements(query.formatted(4, 1))).isEqualTo(5);
    assertThat(asking.statements(query.formatted(4, 2))).isEqualTo(5);
  }

  @Test
  void the_scope_is_that_of_the_moment_read() {
    var query =
        """
        { authorization(number: "g-1-1"%s) { version state term { startsOn endsOn }
            resources(first: 1) { totalCount nodes { resource { code } dataItems } } } }
        """;

    assertThat(asking.data(query.formatted("")).encode())
        .contains("\"version\":2", "\"dataItems\":[\"name\"]", "\"totalCount\":6");
    assertThat(asking.data(query.formatted(", asOf: \"2024-06-01T00:00:00Z\"")).encode())
        .contains("\"version\":1", "\"dataItems\":null", "\"totalCount\":6");
  }

  @Test
  void an_institution_sees_what_it_granted_and_a_filter_narrows_it() {
    assertThat(
            asking
                .data(
                    """
                    { organization(code: "o-0") { authorizations { totalCount }
                        grantedAuthorizations(filter: {number: {startsWith: "g-2"}, state: ACTIVE,
                            endsOn: {from: "2027-01-31"}}) { totalCount nodes { number } } } }
                    """)
                .encode())
        .contains("\"authorizations\":{\"totalCount\":0}", "\"totalCount\":2", "g-2-1", "g-2-2");
  }

  @Test
  void a_scenario_leads_to_the_authorizations_that_name_it() {
    assertThat(
            asking
                .data(
                    "{ scenario(code: \"s-1\") { id title { value } authorizations(first: 2) { totalCount nodes { number } } } }")
                .encode())
        .contains("sce_", "普惠金融", "\"totalCount\":6");
  }
}
