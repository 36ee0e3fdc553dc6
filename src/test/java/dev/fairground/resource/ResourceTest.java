package dev.fairground.resource;

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
class ResourceTest {
  private final Asking asking;

  ResourceTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /** Two holders with 15 resources each, of three data items; the first has a second version. */
  @BeforeAll
  void resources() {
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'holder-' || n, '2024-01-01Z'
          from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into organization_version
               (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, '2024-01-01Z', code, code, 'zh', 'ORGAN', true from organization
        """);
    asking.change(
        """
        insert into data_resource (id, code, created_at)
        select ('00000000-0000-4000-9000-00000000' || h || lpad(n::text, 3, '0'))::uuid,
               'r-' || h || '-' || lpad(n::text, 3, '0'), '2024-01-01Z'
          from generate_series(1, 2) as h cross join generate_series(1, 15) as n
        """);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, valid_to, code, title,
               locale, holder_id, openness, source, demonstration, region_code, sharing, sharing_text, volume_text,
               covers_from, covers_until, next_review_on)
        select r.id, v.version, v.valid_from, v.valid_to, r.code, '数据' || r.code || v.mark, 'zh',
               ('00000000-0000-4000-8000-00000000000' || substr(r.code, 3, 1))::uuid,
               'CONDITIONAL', 'test', true, '110000', 'NOT_SHARED', '第十四条', '1200 万条', '2020-01-01', '2024-12-31',
               '2026-01-01'
          from data_resource r
          join (values (1, timestamptz '2024-01-01Z', timestamptz '2025-01-01Z', ' old', true),
                       (2, '2025-01-01Z', 'infinity', '', true),
                       (1, '2024-01-01Z', 'infinity', '', false)) as v (version, valid_from, valid_to, mark, first)
            on v.first = (r.code like '%-001')
        """);
    asking.change(
        """
        insert into data_item (resource_id, resource_version, name, position)
        select resource_id, version, 'v' || version || ' item ' || n, n
          from data_resource_version cross join generate_series(1, 3) as n
        """);
  }

  @Test
  void holders_with_resources_and_their_items_cost_four_statements_whatever_the_page() {
    var query =
        """
        { organizations(first: %d) { nodes { resources(first: %d) { totalCount
            nodes { code holder { code } dataItems { name } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1, 1))).isEqualTo(4);
    assertThat(asking.statements(query.formatted(2, 15))).isEqualTo(4);
    assertThat(asking.data(query.formatted(2, 1)).encode())
        .contains("\"totalCount\":15", "v2 item 3")
        .doesNotContain("v1 item");
  }

  @Test
  void a_resource_tells_how_it_is_shared_and_what_it_covers() {
    assertThat(
            asking
                .data(
                    """
                    { resource(code: "r-2-001") { sharing sharingText volumeText coverage { startsOn endsOn } nextReviewOn } }
                    """)
                .encode())
        .isEqualTo(
            "{\"resource\":{\"sharing\":\"NOT_SHARED\",\"sharingText\":\"第十四条\",\"volumeText\":\"1200 万条\","
                + "\"coverage\":{\"startsOn\":\"2020-01-01\",\"endsOn\":\"2024-12-31\"},"
                + "\"nextReviewOn\":\"2026-01-01\"}}");
  }

  @Test
  void a_past_version_shows_its_own_items() {
    assertThat(
            asking
                .data(
                    """
                    { resource(code: "r-1-001", asOf: "2024-06-01T00:00:00Z") { version title { value } dataItems { name } } }
                    """)
                .encode())
        .contains("\"version\":1", "数据r-1-001 old", "v1 item 1")
        .doesNotContain("v2");
  }

  @Test
  void the_pages_of_a_filtered_list_meet_without_gap_and_without_overlap() {
    var first =
        asking
            .data(
                "{ resources(first: 20, filter: {code: {startsWith: \"r-\"}}) { nodes { code } pageInfo { endCursor hasNextPage } } }")
            .getJsonObject("resources");
    var rest =
        asking
            .data(
                "{ resources(first: 20, after: \"%s\", filter: {code: {startsWith: \"r-\"}}) { nodes { code } pageInfo { hasNextPage } } }"
                    .formatted(first.getJsonObject("pageInfo").getString("endCursor")))
            .getJsonObject("resources");

    assertThat(first.getJsonArray("nodes")).hasSize(20);
    assertThat(rest.getJsonArray("nodes")).hasSize(10);
    assertThat(rest.getJsonObject("pageInfo").getBoolean("hasNextPage")).isFalse();
    assertThat(first.getJsonArray("nodes").stream())
        .doesNotContainAnyElementsOf(rest.getJsonArray("nodes"));
  }

  @Test
  void a_cursor_of_another_filter_is_refused_by_name() {
    var cursor =
        asking
            .data("{ resources(first: 1) { pageInfo { endCursor } } }")
            .getJsonObject("resources")
            .getJsonObject("pageInfo")
            .getString("endCursor");

    assertThat(
            asking
                .errors(
                    "{ resources(after: \"%s\", filter: {openness: NOT_OPEN}) { nodes { id } } }"
                        .formatted(cursor))
                .encode())
        .contains("another list, filter or order", "after");
  }

  @Test
  void either_id_or_code_is_wanted() {
    assertThat(asking.errors("{ resource { id } }").encode()).contains("either id or code");
    assertThat(asking.data("{ resource(code: \"none\") { id } }").encode())
        .isEqualTo("{\"resource\":null}");
  }
}
