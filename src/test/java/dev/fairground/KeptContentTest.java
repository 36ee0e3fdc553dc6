package dev.fairground;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.pgclient.PgException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses, whichever program asks. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptContentTest {
  private static final String OPERATOR = "'00000000-0000-4000-8000-000000000001'";
  private static final String PRODUCT = "'00000000-0000-4000-b000-000000000011'";

  private final Asking asking;

  KeptContentTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void fill() {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        select id, 'OPERATOR', '000000', '2024-01-01' from organization
        """);
    asking.change(
        "insert into code_list (id, name, name_en, source) values ('REGION', '-', '-', '-')");
    asking.change(
        "insert into code_entry (list_id, code, name) values ('REGION', '110000', '北京市')");
    asking.change(
        "select publish_edition(%s, '2024-01-01Z', null, '-', 'zh', null, true, array[%s::uuid])::text"
            .formatted(OPERATOR, PRODUCT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from organization",
        "update organization set code = 'other'",
        "delete from product",
        "update product set created_at = now()",
        "update data_resource set code = code || 'x'",
        "update authorization_grant set operator_id = institution_id",
        "update organization_version set name = 'other'",
        "delete from product_version",
        "delete from organization_role",
        "update organization_role set role = 'AUDITOR'",
        "update organization_role set ends_on = '2025-01-01', jurisdiction_code = '110000'",
        "update code_entry set name = 'other'",
        "delete from code_entry",
        "truncate product_listing",
        "delete from product_listing",
        "update product_listing set position = 2",
        "update product_listing set last_number = 1",
        "update product_listing set last_number = 2, product_version = 2",
        "update product_list set title = 'other'",
        "delete from product_list",
        "update product_version set title = 'other'",
        "update product_version set valid_to = '2024-06-01Z', title = 'other'",
        "truncate data_item",
        "truncate work_calendar_day"
      })
  void what_was_public_is_not_changed_or_deleted(String sql) {
    refused(sql);
  }

  @Test
  void a_dated_row_is_given_its_end_once() {
    var end = "update code_entry set invalid_on = '2025-01-01', replaced_by = '110001'";

    assertThatCode(() -> asking.change(end)).doesNotThrowAnyException();
    refused(end);
    refused("update code_entry set invalid_on = null");
  }

  @Test
  void a_version_begins_when_the_one_before_it_ends() {
    asking.change(
        "update organization_version set valid_to = '2024-06-01Z' where organization_id = "
            + OPERATOR);

    refused(version(2, "2024-05-01Z"));
    refused(version(2, "2024-07-01Z"));
    refused(version(3, "2024-06-01Z"));
    assertThatCode(() -> asking.change(version(2, "2024-06-01Z"))).doesNotThrowAnyException();
  }

  @Test
  void a_version_of_anything_can_be_closed() {
    for (var table : List.of("data_resource_version", "authorization_grant_version", "tariff")) {
      assertThatCode(() -> asking.change("update " + table + " set valid_to = '2024-06-01Z'"))
          .doesNotThrowAnyException();
    }
  }

  private static String version(int number, String from) {
    return """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        values (%s, %d, '%s', 'org-1', 'new name', 'zh', 'ENTERPRISE', true)
        """
        .formatted(OPERATOR, number, from);
  }

  @Test
  void an_operator_offers_on_an_authorization_of_its_own() {
    asking.change(
        "update product_version set valid_to = '2024-06-01Z' where product_id = " + PRODUCT);

    refused(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, 2, valid_to, kind, code, status, title, locale,
               '00000000-0000-4000-a000-000000000002', form, tier, purpose_class, published_at, demonstration
          from product_version where product_id = %s
        """
            .formatted(PRODUCT));
  }

  @Test
  void an_edition_follows_the_one_before_it_and_takes_no_further_entry() {
    refused(
        "insert into product_listing (operator_id, product_id, first_number, product_version, position, entry_digest)"
            + " values (%s, '00000000-0000-4000-b000-000000000012', 1, 1, 2, repeat('a', 64))"
                .formatted(OPERATOR));
    refused(edition(2, "repeat('b', 64)"));
    refused(edition(3, "digest"));
    refused(edition(2, "digest"));
  }

  private static String edition(int number, String previous) {
    return """
        insert into product_list (operator_id, number, id, title, locale, published_at, listing_count, digest,
               previous_digest, demonstration, digest_form, root, added_count, ended_count)
        select operator_id, %d, gen_random_uuid(), '-', 'zh', '2024-02-01Z', 1, repeat('c', 64), %s, true, 2, root, 0, 0
          from product_list
         where operator_id = %s and number = 1
        """
        .formatted(number, previous, OPERATOR);
  }

  private void refused(String sql) {
    assertThatThrownBy(() -> asking.change(sql)).hasRootCauseInstanceOf(PgException.class);
  }
}
