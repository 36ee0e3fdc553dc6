package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How editions are made, whoever makes them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditionTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2024-02-01T00:00:00Z");
  private static final String ROOT_FROM_NOTHING =
      """
      select renew_product_list_nodes(operator_id, array_agg(product_id), array_agg(product_id), array_agg(entry_digest))
        from product_listing where last_number is null group by operator_id
      """;

  private final DatabaseAddress address;
  private final Asking asking;
  private Publishing publishing;

  @SuppressWarnings("NullAway.Init")
  EditionTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    this.address = address;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void fill() {
    SmallMarket.into(asking);
  }

  @BeforeEach
  void begin() throws SQLException {
    publishing = new Publishing(address);
  }

  @AfterEach
  void end() throws SQLException {
    publishing.close();
  }

  @Test
  void what_does_not_differ_makes_no_edition() throws SQLException {
    publishing.products(1, 5);
    var first = requireNonNull(publishing.publish(START, null));

    assertThat(first.listingCount()).isEqualTo(8);
    assertThat(first.added()).isEqualTo(8);
    assertThat(publishing.publish(START.plusDays(1), null)).isNull();
  }

  @Test
  void a_product_keeps_its_place_and_one_that_comes_back_gets_a_new_one() throws SQLException {
    publishing.products(1, 3);
    var touched = List.of(Publishing.product(1), Publishing.product(2), Publishing.product(3));
    publishing.publish(START, touched);
    publishing.version(Publishing.product(1), "PUBLISHED", "other", START.plusDays(1));
    publishing.version(Publishing.product(2), "SUSPENDED", "p-2", START.plusDays(1));
    var second = requireNonNull(publishing.publish(START.plusDays(1), touched));
    publishing.version(Publishing.product(2), "PUBLISHED", "p-2", START.plusDays(2));
    publishing.publish(START.plusDays(2), touched);

    assertThat(List.of(second.added(), second.changed(), second.removed()))
        .containsExactly(0, 1, 1);
    assertThat(
            publishing.rows(
                "select p.code, l.position, l.first_number, l.last_number, l.product_version"
                    + " from product_listing l join product p on p.id = l.product_id order by 1, 3"))
        .containsExactly(
            "p-1 1 1 1 1", "p-1 1 2 null 2", "p-2 2 1 1 1", "p-2 4 3 null 3", "p-3 3 1 null 1");
  }

  @Test
  void whatever_happens_to_a_list_its_root_is_that_of_a_list_made_at_once() throws SQLException {
    publishing.products(1_001, 1_060);
    var random = new Random(7);
    for (int edition = 1; edition <= 25; edition++) {
      var at = START.plusYears(1).plusDays(edition);
      var touched = new HashSet<java.util.UUID>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        var product = Publishing.product(1_001 + random.nextInt(60));
        if (touched.add(product)) {
          var status = List.of("PUBLISHED", "PUBLISHED", "SUSPENDED", "DELISTED");
          publishing.version(
              product, status.get(random.nextInt(4)), "title " + random.nextInt(), at);
        }
      }
      publishing.publish(at, touched);

      var root = publishing.value("select root from product_list order by number desc limit 1");
      assertThat(publishing.value(ROOT_FROM_NOTHING)).isEqualTo(root);
      var nodes = "select path, digest from product_list_node order by path";
      var kept = publishing.rows(nodes);
      publishing.execute("delete from product_list_node");
      assertThat(publishing.value(ROOT_FROM_NOTHING)).isEqualTo(root);
      assertThat(publishing.rows(nodes)).isEqualTo(kept);
      // Invariant I8: the newest edition is what is published.
      assertThat(
              publishing.value(
                  """
                  select count(*) from product_version v
                   where v.valid_to = 'infinity' and v.version > 1 and (v.status = 'PUBLISHED') = not exists (
                         select 1 from product_listing l where l.product_id = v.product_id
                            and l.last_number is null and l.product_version = v.version)
                  """))
          .isEqualTo("0");
    }
  }

  @Test
  void a_list_that_lost_everything_has_the_root_of_an_empty_one() throws SQLException {
    publishing.products(2_001, 2_001);
    var touched = List.of(Publishing.product(2_001));
    assertThat(publishing.publish(START.plusYears(2), touched)).isNotNull();
    publishing.version(Publishing.product(2_001), "DELISTED", "-", START.plusYears(2).plusDays(1));
    var last = requireNonNull(publishing.publish(START.plusYears(2).plusDays(1), touched));

    assertThat(last.listingCount()).isZero();
    assertThat(publishing.value("select root from product_list order by number desc limit 1"))
        .isEqualTo(publishing.value("select sha256_hex(e'node/\\n')"));
  }

  @Test
  void an_edition_with_fewer_entries_than_it_says_is_not_committed() throws SQLException {
    publishing.products(4_001, 4_001);
    publishing.publish(
        OffsetDateTime.now(java.time.ZoneOffset.UTC), List.of(Publishing.product(4_001)));
    publishing.execute("set local session_replication_role = replica");
    publishing.execute(
        "delete from product_listing where product_id = ?", Publishing.product(4_001));
    publishing.execute("set local session_replication_role = origin");

    assertThatThrownBy(publishing::commit).hasMessageContaining("is not what it says of itself");
  }

  /** What RFC 8785 shows of strings, literals, whole numbers and the order of keys. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"b\": [ 1, 2 ], \"a\":  null,\"c\":true} | {\"a\":null,\"b\":[1,2],\"c\":true}",
        "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\" | \"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"",
        "{\"1\": {\"f\": {\"f\": \"hi\", \"F\": 5}, \"\\n\": 56}, \"10\": {}, \"\": \"empty\", \"a\": {}, \"111\": [], \"A\": {}}"
            + " | {\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},\"111\":[],\"A\":{},\"a\":{}}",
        "[56, {\"d\": true, \"10\": null, \"1\": []}] | [56,{\"1\":[],\"10\":null,\"d\":true}]",
        "[\"\\u0080\\u007f\\u2028\\ud83d\\ude02\\ufb33\"] | [\"\u0080\u007f\u2028\ud83d\ude02\ufb33\"]",
        "[1e3, -0, 5.00, 9007199254740991, false] | [1000,0,5,9007199254740991,false]"
      })
  void canonical_json_is_that_of_the_standard(String json, String canonical) throws SQLException {
    assertThat(
            publishing.value(
                "select canonical_json('%s'::jsonb)".formatted(json.replace("'", "''"))))
        .isEqualTo(canonical);
  }

  @Test
  void a_number_that_the_standard_would_round_has_no_canonical_form() {
    assertThatThrownBy(() -> publishing.value("select canonical_json('[0.5]')"))
        .hasMessageContaining("only whole numbers");
  }

  @Test
  void an_entry_is_written_as_canonical_json_writes_it() throws SQLException {
    assertThat(
            publishing.value(
                "select count(*) from product_entry_form where form <> canonical_json(form::jsonb)"))
        .isEqualTo("0");
    assertThat(
            publishing.value(
                "select canonical_json(product_entry(operator_id, id, 1)) from product where code = 'prod-3'"
                    + " and operator_id = '"
                    + Publishing.OPERATOR
                    + "'"))
        .isEqualTo(
            "{\"authorization\":\"ag_0000000000004000a000000000000001\",\"capabilityKind\":\"ADVISORY\",\"code\":\"prod-3\","
                + "\"form\":\"API\",\"kind\":\"SERVICE_CAPABILITY\",\"purposeClass\":\"INDUSTRY\",\"resources\":["
                + "{\"resource\":\"res_00000000000040009000000000000001\"},{\"resource\":\"res_00000000000040009000000000000002\"}],"
                + "\"tier\":\"BASE\",\"title\":[{\"locale\":\"zh\",\"value\":\"prod-3\"}]}");
  }
}
