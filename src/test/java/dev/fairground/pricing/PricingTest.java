package dev.fairground.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PricingTest {
  private final Asking asking;

  PricingTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /**
   * Each product has two items: queries with two steps, 0.5 yuan and from 1,000 on 0.4 yuan, which
   * were dearer until 2025; and reports. Queries have a ceiling of 0.6 yuan from 2024 and of 0.45
   * from 2026 on, in the grant of operator 1 only.
   */
  @BeforeAll
  void prices() {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into tariff (operator_id, product_id, id, version, valid_from, valid_to, item, item_class, position, unit,
               currency, base_fee, base_fee_period, purpose_classes, free_of_charge, trial, effective_on, ends_on, demonstration)
        select p.operator_id, p.id, md5(p.id || v.item)::uuid, v.version, v.valid_from, v.valid_to, v.item, v.item, v.position,
               v.unit, 'CNY', v.base_fee, case when v.base_fee is not null then 'YEAR' end, '{INDUSTRY}', false, false, '2024-01-01', v.ends_on, true
          from product p
         cross join (values ('query', 1, timestamptz '2024-01-01Z', timestamptz '2025-01-01Z', 1, 'PER_CALL', null::numeric, null::date),
                            ('query', 2, '2025-01-01Z', 'infinity', 1, 'PER_CALL', null, null),
                            ('report', 1, '2024-01-01Z', 'infinity', 2, 'PER_SERVICE', 1200, '2026-12-31'))
                    as v (item, version, valid_from, valid_to, position, unit, base_fee, ends_on)
        """);
    asking.change(
        """
        insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
        select t.operator_id, t.product_id, t.id, t.version, s.from_quantity, case t.version when 1 then 9 else s.price end
          from tariff t
         cross join (values (0, 0.5), (1000, 0.4)) as s (from_quantity, price)
         where t.item = 'query'
        """);
    asking.change(
        """
        insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency,
               trial, effective_on, ends_on, document, clause, demonstration)
        values (md5('2024')::uuid, 1, '2024-01-01Z', '00000000-0000-4000-a000-000000000001', '00000000-0000-4000-8000-000000000000',
                'query', 'PER_CALL', 'CNY', false, '2024-01-01', '2025-12-31', '价格 1 号', '2', true),
               (md5('2026')::uuid, 1, '2024-01-01Z', '00000000-0000-4000-a000-000000000001', '00000000-0000-4000-8000-000000000000',
                'query', 'PER_CALL', 'CNY', false, '2026-01-01', null, '价格 2 号', '2', true)
        """);
    asking.change(
        """
        insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
        select id, version, 0, case when ends_on is null then 0.45 else 0.6 end from price_ceiling
        """);
    asking.change(
        """
        insert into revenue_cap (id, version, valid_from, operator_id, set_by_id, starts_on, ends_on, currency, amount, document, demonstration,
               cost, profit_percent, tax)
        values (md5('cap')::uuid, 1, '2024-01-01Z', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000000',
                '2024-01-01', '2026-12-31', 'CNY', 5000000.50, '价格 3 号', true,
                4500000, 5.25, 263750.5001)
        """);
  }

  private static final String PRICES =
      """
      { products(first: %d, filter: {code: {eq: "prod-1"}}, orderBy: {field: UPDATED_AT, direction: ASC}) { nodes { operator { code }
          tariffs(on: "2025-06-01") { item baseFee { amount currency } term { endsOn } tiers { fromQuantity unitPrice { amount } }
            ceiling { tiers { unitPrice { amount currency } } basis { document } } }
          priceHistory(first: 5) { totalCount nodes { item version tiers { unitPrice { amount } } } } } } }
      """;

  @Test
  void prices_are_exact_and_cost_seven_statements_whatever_the_page() {
    assertThat(asking.statements(PRICES.formatted(1))).isEqualTo(7);
    assertThat(asking.statements(PRICES.formatted(2))).isEqualTo(7);
    assertThat(asking.data(PRICES.formatted(2)).encode())
        .contains(
            "\"tiers\":[{\"fromQuantity\":\"0\",\"unitPrice\":{\"amount\":\"0.5\"}},{\"fromQuantity\":\"1000\",\"unitPrice\":{\"amount\":\"0.4\"}}]",
            "\"baseFee\":{\"amount\":\"1200\",\"currency\":\"CNY\"}",
            "\"totalCount\":3");
  }

  @Test
  void the_ceiling_is_that_of_the_authorization_on_the_day_read() {
    var query =
        """
        { products(filter: {code: {eq: "prod-2"}}, asOf: "%sT00:00:00Z") { nodes { operator { code } tariffs { item ceiling { basis { document } tiers { unitPrice { amount } } } } } } }
        """;

    assertThat(asking.data(query.formatted("2025-06-01")).encode())
        .contains(
            "\"operator\":{\"code\":\"org-1\"},\"tariffs\":[{\"item\":\"query\",\"ceiling\":{\"basis\":{\"document\":\"价格 1 号\"},\"tiers\":[{\"unitPrice\":{\"amount\":\"0.6\"}}]}},{\"item\":\"report\",\"ceiling\":null}]",
            "\"operator\":{\"code\":\"org-2\"},\"tariffs\":[{\"item\":\"query\",\"ceiling\":null},");
    assertThat(asking.data(query.formatted("2026-06-01")).encode()).contains("价格 2 号", "0.45");
  }

  @Test
  void a_tariff_is_charged_until_its_last_day() {
    var query = "{ products(first: 1) { nodes { tariffs(on: \"%s\") { item } } } }";

    assertThat(asking.data(query.formatted("2026-12-31")).encode()).contains("query", "report");
    assertThat(asking.data(query.formatted("2027-01-01")).encode())
        .contains("query")
        .doesNotContain("report");
    assertThat(asking.data(query.formatted("2023-12-31")).encode()).contains("\"tariffs\":[]");
  }

  @Test
  void ceilings_and_caps_are_found_from_what_they_bind() {
    assertThat(
            asking
                .data(
                    """
                    { authorization(number: "grant-1") { ceilings(filter: {inForceOn: "2026-03-01"}) { totalCount nodes { id itemClass setBy { code } authorization { number } } } }
                      organization(code: "org-1") { revenueCaps { nodes { id amount { amount currency } cost { amount } profitPercent tax { amount currency } carriedDeduction { amount } term { startsOn } } } }
                      priceCeilings(filter: {authorization: {eq: "ag_00000000000040008000000000000001"}}) { totalCount }
                      revenueCaps(filter: {inForceOn: "2030-01-01"}) { totalCount } }
                    """)
                .encode())
        .contains(
            "\"ceilings\":{\"totalCount\":1,\"nodes\":[{\"id\":\"pc_",
            "\"amount\":{\"amount\":\"5000000.5\",\"currency\":\"CNY\"}",
            "\"cost\":{\"amount\":\"4500000\"},\"profitPercent\":\"5.25\",\"tax\":{\"amount\":\"263750.5001\",",
            "\"priceCeilings\":{\"totalCount\":0}",
            "\"revenueCaps\":{\"totalCount\":0}");
  }
}
