package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.catalog.Publishing;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that knows nothing of ours computes the digests that the database made. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyListTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2024-02-01T00:00:00.00012Z");

  private final DatabaseAddress address;
  private final Asking asking;
  private final ListVerifier verifier;
  private String first = "";
  private String second = "";

  VerifyListTest(DatabaseAddress address, Database database, MeterRegistry statements)
      throws Exception {
    this.address = address;
    asking = new Asking(database, statements);
    verifier = new ListVerifier(asking);
  }

  /** Two editions of a list of 120 products, of which one has all that an entry can have. */
  @BeforeAll
  void publish() throws Exception {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-8100-00000000000' || n)::uuid, 's-' || n, '2024-01-01Z' from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code,
               purpose_class, demonstration)
        select id, 1, created_at, code, code, 'zh', '000000', 'INDUSTRY', true from scenario
        """);
    try (var publishing = new Publishing(address)) {
      publishing.products(1, 116);
      first = publishing.published(START, null);
      everything(publishing, START.plusDays(1));
      publishing.version(Publishing.product(7), "SUSPENDED", "p-7", START.plusDays(1));
      publishing.version(Publishing.product(8), "DELISTED", "p-8", START.plusDays(1));
      second = publishing.published(START.plusDays(1), null);
      publishing.commit();
    }
  }

  private static void everything(Publishing publishing, OffsetDateTime at) throws Exception {
    publishing.execute(
        """
        insert into product (operator_id, id, kind, code, created_at)
        values (?, md5('product 999')::uuid, 'SERVICE_CAPABILITY', ?, '2024-01-01Z')
        """,
        Publishing.OPERATOR,
        "all \"of\" it\\");
    publishing.execute(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               title_translations, summary, summary_translations, authorization_grant_id, form, tier, purpose_class, field,
               sector_code, region_code, deliveries, update_frequency, data_updated_on, grade, personal_information,
               capability_kind, capacity, lead_time_working_days, access_terms, trading_venue, starts_on, ends_on,
               published_at, demonstration)
        select operator_id, id, 1, ?, kind, code, 'PUBLISHED', e'题\\t\\u0001\\u007f\\u2028/ \\U0001F600 é', 'zh-Hans',
               '{"en": "title", "de": "Titel", "zh-Hant": "題"}', e'a\\nb\\rc\\bd\\fe', '{"en": ""}',
               '00000000-0000-4000-a000-000000000001', 'API', 'BASE', 'INDUSTRY', 'field', 'I65', '110000',
               '{STREAM,API}', 'DAILY', '2024-01-31', 'GENERAL_2', false, 'ADVISORY', '10', 0, 'terms', 'venue',
               '2024-01-01', '2025-12-31', ?, true
          from product where id = md5('product 999')::uuid
        """,
        at,
        at);
    publishing.execute(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
        select ?, md5('product 999')::uuid, 1, id, case code when 'res-2' then '{wind,"a \\"b\\""}'::text[] end, ?
          from data_resource
        """,
        Publishing.OPERATOR,
        at);
    publishing.execute(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select ?, md5('product 999')::uuid, 1, id, code = 's-1', ? from scenario
        """,
        Publishing.OPERATOR,
        at);
  }

  @AfterAll
  void stop() {
    verifier.close();
  }

  @Test
  void editions_are_as_they_say() throws Exception {
    assertThat(verifier.verify(first).text())
        .startsWith("OK: edition 1 of ")
        .contains(" 119 entries");
    assertThat(verifier.verify(second).text())
        .startsWith("OK: edition 2 of ")
        .contains(" 118 entries", "after 1 edition");
  }

  @ParameterizedTest
  @CsvSource({
    "\"value\":\"p-77\",\"value\":\"other\",(dp_76c8d8ac32cb4e428992e7f05cb3ce78): the canonical form",
    "\"publishedBy\":\"Ann Example\",\"publishedBy\":\"Bob\",its digest",
    "\"previousDigest\":\",\"previousDigest\":\"0,edition 2",
    "\"allowed\":true,\"allowed\":false,the canonical form",
    "\"grade\":\"GENERAL_2\",\"grade\":\"GENERAL_1\",the canonical form"
  })
  void the_first_difference_is_told(String told, String instead, String place) throws Exception {
    var verdict = verifier.verify(second, answer -> answer.replace(told, instead));

    assertThat(verdict.text()).startsWith("DIFFERENT: ").contains(place);
    assertThat(verdict.code()).isEqualTo(1);
  }

  @Test
  void an_entry_that_is_left_out_is_noticed() throws Exception {
    var verdict =
        verifier.verify(
            first,
            answer -> {
              var body = new JsonObject(answer);
              body.getJsonObject("data")
                  .getJsonObject("productList")
                  .getJsonObject("entries")
                  .getJsonArray("nodes")
                  .remove(0);
              return body.encode();
            });

    assertThat(verdict.text()).contains("the number of entries");
  }

  @Test
  void an_edition_that_is_not_there_cannot_be_read() throws Exception {
    assertThat(verifier.verify("pl_00000000000000000000000000000000").code()).isEqualTo(2);
  }

  @Test
  void an_edition_is_found_by_its_operator_and_number() {
    var query =
        "query ($number: Int) { productList(operator: \"org_00000000000040008000000000000001\", number: $number%s) { id } }";

    assertThat(asking.answer(query.formatted(""), Map.of("number", 2)).encode()).contains(second);
    assertThat(asking.answer(query.formatted(""), Map.of("number", 3)).encode())
        .isEqualTo("{\"data\":{\"productList\":null}}");
    assertThat(
            asking
                .answer(query.formatted(", asOf: \"2024-02-01T12:00:00Z\""), Map.of("number", 2))
                .encode())
        .isEqualTo("{\"data\":{\"productList\":null}}");
    assertThat(asking.answer(query.formatted(", id: \"" + second + "\""), Map.of()).encode())
        .contains("give either id, or operator and number");
  }
}
