package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the tables of ours to each other and to the lists of the law. */
class PortalTablesTest {
  @Test
  void every_code_of_a_portal_is_of_a_region_with_its_name() {
    var names =
        Tables.rows("/reference/regions.csv").stream()
            .map(row -> row.get("code") + row.get("name"))
            .collect(Collectors.toSet());
    for (var row : Tables.rows("/harvest/portals.csv")) {
      if (!"guizhou_guianxinqu".equals(row.get("key"))) {
        assertThat(names).contains(row.get("code") + row.get("region"));
      }
    }
  }

  @Test
  void no_column_has_two_meanings_in_one_portal() {
    var seen = new HashSet<String>();
    for (var row : Tables.rows("/harvest/portal-columns.csv")) {
      assertThat(seen.add(row.get("portal") + "/" + row.get("column"))).as(row.toString()).isTrue();
      var portal = requireNonNull(row.get("portal"));
      if (!portal.isEmpty()) {
        assertThat(Portals.ofFile(portal)).as(row.toString()).isNotNull();
      }
    }
  }

  @Test
  void sectors_are_known_by_the_names_of_all_editions_and_by_code() {
    assertThat(Sectors.code("公共管理、社会保障和社会组织")).isEqualTo("S");
    assertThat(Sectors.code("农林牧渔业")).isEqualTo("A");
    assertThat(Sectors.code("i")).isEqualTo("I");
    assertThat(Sectors.code("其他")).isNull();
  }

  @Test
  void a_rhythm_that_the_schema_has_no_value_for_is_none() {
    assertThat(Frequencies.of("每 3 月")).isEqualTo("QUARTERLY");
    assertThat(Frequencies.of("不更新(更新说明:暂无新业务数据产生)")).isEqualTo("STATIC");
    assertThat(Frequencies.of("每 2 日")).isNull();
    assertThat(Frequencies.of("每两年")).isNull();
  }
}
