package dev.fairground.code;

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
class CodeTest {
  private final Asking asking;

  CodeTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /** 密云: a county until November 2015, a district of Beijing since. */
  @BeforeAll
  void regions() {
    asking.change(
        "insert into code_list (id, name, name_en, source) values ('REGION', '行政区划', 'Regions', 'GB/T 2260')");
    asking.change(
        """
        insert into code_entry (list_id, code, valid_on, invalid_on, parent_code, level, name, name_en, replaced_by)
        values ('REGION', '110000', '0001-01-01', null, null, 1, '北京市', 'Beijing', null),
               ('REGION', '110228', '0001-01-01', '2015-11-13', '110000', 3, '密云县', null, '110118'),
               ('REGION', '110118', '2015-11-13', null, '110000', 3, '密云区', null, null)
        """);
  }

  @Test
  void a_code_of_an_old_catalogue_finds_its_entry_and_what_replaced_it() {
    var entry =
        asking.data(
            """
            { codeEntry(list: "REGION", code: "110228") { name { value } validOn invalidOn
                replacedBy { code validOn name { value } parent { name(locale: "en") { value } } } }
              none: codeEntry(list: "REGION", code: "999999") { code } }
            """);

    assertThat(entry.encode())
        .isEqualTo(
            "{\"codeEntry\":{\"name\":{\"value\":\"密云县\"},\"validOn\":null,\"invalidOn\":\"2015-11-13\","
                + "\"replacedBy\":{\"code\":\"110118\",\"validOn\":\"2015-11-13\",\"name\":{\"value\":\"密云区\"},"
                + "\"parent\":{\"name\":{\"value\":\"Beijing\"}}}},\"none\":null}");
  }

  @Test
  void a_list_shows_what_is_valid_on_the_day_read() {
    var query = "{ codeEntries(list: \"REGION\", %s) { totalCount nodes { code } } }";

    assertThat(asking.data(query.formatted("filter: {code: {startsWith: \"110\"}}")).encode())
        .contains("\"totalCount\":2", "110118")
        .doesNotContain("110228");
    assertThat(asking.data(query.formatted("asOf: \"2014-01-01T00:00:00Z\"")).encode())
        .contains("110228")
        .doesNotContain("110118");
    assertThat(asking.data(query.formatted("filter: {valid: false}")).encode())
        .contains("\"totalCount\":1", "110228");
  }

  @Test
  void entries_with_their_parents_cost_two_statements() {
    var query = "{ codeEntries(list: \"REGION\", first: %d) { nodes { code parent { code } } } }";

    assertThat(asking.statements(query.formatted(2))).isEqualTo(2);
    assertThat(asking.statements(query.formatted(50))).isEqualTo(2);
  }

  @Test
  void lists_name_their_source() {
    assertThat(asking.data("{ codeLists { id source } codeList(id: \"X\") { id } }").encode())
        .isEqualTo(
            "{\"codeLists\":[{\"id\":\"REGION\",\"source\":\"GB/T 2260\"}],\"codeList\":null}");
  }
}
