package dev.fairground.eligibility;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The small market on 2 March 2026, with prices, a ceiling, scenarios, an access policy and a
 * developer. Product 11 is for industry, with scenario 1 of industry and scenario 2 of welfare;
 * scenario 3 is ruled out. Its policy asks for an enterprise of Beijing, at most 24 months, a
 * document, and something that people look at.
 */
final class EligibilityMarket {
  static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  static final UUID OPERATOR = org(1);
  static final UUID DEVELOPER = org(3);
  static final UUID ELSEWHERE = org(4);
  static final UUID ORGAN = org(5);
  static final UUID PRODUCT = productId(11);
  static final UUID PLAIN = productId(12);

  private EligibilityMarket() {}

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static UUID productId(int n) {
    return UUID.fromString("00000000-0000-4000-b000-0000000000" + n);
  }

  static UUID scenarioId(int n) {
    return UUID.fromString("00000000-0000-4000-c000-00000000000" + n);
  }

  static UUID grantId(int n) {
    return UUID.fromString("00000000-0000-4000-a000-00000000000" + n);
  }

  static String product(int n) {
    return Ids.write(n % 10 == 3 ? "sc" : "dp", productId(n));
  }

  static String scenario(int n) {
    return Ids.write("sce", scenarioId(n));
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  static Asking developer(Asking asking) {
    return asking.as(Role.DEVELOPER, DEVELOPER);
  }

  static void into(Asking asking) {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 5) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, region_code,
               demonstration)
        select id, 1, created_at, code, code, 'zh', case code when 'org-5' then 'ORGAN' else 'ENTERPRISE' end,
               case code when 'org-3' then '110105' when 'org-4' then '310101' end, true
          from organization
         where code in ('org-3', 'org-4', 'org-5')
        """);
    asking.change(
        """
        insert into scenario (id, code, created_at)
        select ('00000000-0000-4000-c000-00000000000' || n)::uuid, 'sce-' || n, '2024-01-01Z' from generate_series(1, 4) as n
        """);
    asking.change(
        """
        insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code,
               purpose_class, demonstration)
        select id, 1, created_at, code, code, 'zh', '000000',
               case code when 'sce-2' then 'PUBLIC_WELFARE' else 'INDUSTRY' end, true
          from scenario
        """);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select v.operator_id, v.product_id, v.version, s.id, s.code <> 'sce-3', v.valid_from
          from product_version v cross join scenario s
         where v.product_id = $1 and s.code <> 'sce-4'
        """,
        PRODUCT);
    asking.change(
        """
        insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
        select g.id, 1, s.id, true, g.created_at from authorization_grant g cross join scenario s
         where s.code in ('sce-1', 'sce-2')
        """);
    rules(asking);
    prices(asking);
    policy(asking);
  }

  private static void rules(Asking asking) {
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ('00000000-0000-4000-d000-000000000001', '000000', 1, '规则', 'rules', '2024-01-01', '2024-01-01Z')
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, clause, confidence)
        select s.id, p.name, p.value, p.unit, '-', '-', 'a test', '9', 'PROPOSAL'
          from rule_set s
         cross join (values ('accessDecisionWd', '10', 'WORKING_DAYS'), ('operatorMayRedevelop', 'false', 'BOOLEAN'),
                            ('publicUseFree', 'true', 'BOOLEAN'), ('industryPriceBound', 'CEILING', 'CHOICE'),
                            ('scenarioMatch', 'true', 'BOOLEAN'), ('withinTerm', 'true', 'BOOLEAN')) as p (name, value, unit)
        """);
    asking.change(
        "insert into affiliation_declaration (id, organization_id, declared_on, declared_at, declared_by, demonstration) values (gen_random_uuid(), $1, '2024-01-01', '2024-01-01Z', 'test', true)",
        OPERATOR);
  }

  private static void prices(Asking asking) {
    asking.change(
        """
        insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, currency,
               base_fee, base_fee_period, purpose_classes, free_of_charge, trial, effective_on, ends_on, demonstration)
        values ($1, $2, '00000000-0000-4000-e000-000000000001', 1, '2024-01-01Z', '查询', 'query', 1, 'PER_CALL', 'CNY',
                100, 'MONTH', '{INDUSTRY}', false, false, '2024-01-01', '2026-08-31', true)
        """,
        OPERATOR,
        PRODUCT);
    asking.change(
        """
        insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
        values ($1, $2, '00000000-0000-4000-e000-000000000001', 1, 0, 0.5),
               ($1, $2, '00000000-0000-4000-e000-000000000001', 1, 1000, 0.3)
        """,
        OPERATOR,
        PRODUCT);
    asking.change(
        """
        insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency,
               base_fee, base_fee_period, trial, effective_on, document, demonstration)
        values ('00000000-0000-4000-f000-000000000001', 1, '2024-01-01Z', $1, $2, 'query', 'PER_CALL', 'CNY', 120, 'MONTH',
                false, '2024-01-01', 'a test', true)
        """,
        grantId(1),
        org(0));
    asking.change(
        """
        insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
        values ('00000000-0000-4000-f000-000000000001', 1, 0, 0.6)
        """);
  }

  private static void policy(Asking asking) {
    terms(asking, OPERATOR, PRODUCT, 1);
    version(asking, OPERATOR, PRODUCT, 1, LocalDate.of(2026, 1, 1), 5);
    condition(
        asking,
        OPERATOR,
        PRODUCT,
        1,
        1,
        "KIND",
        "APPLICANT_KIND",
        "ENTERPRISE",
        "PUBLIC_INSTITUTION");
    condition(asking, OPERATOR, PRODUCT, 1, 2, "PLACE", "APPLICANT_REGION", "11");
    condition(asking, OPERATOR, PRODUCT, 1, 3, "LENGTH", "TERM_MONTHS_AT_MOST", "24");
    condition(asking, OPERATOR, PRODUCT, 1, 4, "SECURITY", "DOCUMENT", "SECURITY_PLAN");
    condition(asking, OPERATOR, PRODUCT, 1, 5, "STAFF", null);
  }

  static void terms(Asking asking, UUID operator, UUID product, int number) {
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        values ($1, $2, $3, gen_random_uuid(), '条款', 'zh', '条款', '{}', repeat('0', 64), '2024-01-01Z', 'test', true)
        """,
        operator,
        product,
        number);
  }

  static void version(
      Asking asking, UUID operator, UUID product, int version, LocalDate effectiveOn, int days) {
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               decision_days, terms_number, published_by, demonstration)
        values ($1, $2, $3, gen_random_uuid(), '2024-01-02Z', '2024-01-02', $4, 'FIRST', $5, 1, 'test', true)
        """,
        operator,
        product,
        version,
        effectiveOn,
        days);
  }

  /** A condition; {@code rule} may be null, values of the rule follow. */
  static void condition(
      Asking asking,
      UUID operator,
      UUID product,
      int version,
      int position,
      String code,
      @Nullable String rule,
      String... values) {
    asking.change(
        """
        insert into access_policy_condition (operator_id, product_id, policy_version, position, code, text, locale,
               text_translations, reason, rule, rule_values)
        values ($1, $2, $3, $4, $5, '条件 ' || $5, 'zh', '{"en": "a condition"}', 'a reason', nullif($6, ''), $7)
        """,
        operator,
        product,
        version,
        position,
        code,
        rule == null ? "" : rule,
        values);
  }

  /** A kept run of checks, all of which pass but those named with their outcome. */
  static void run(Asking asking, UUID product, String... outcomes) {
    var results = new StringBuilder("[");
    for (var check :
        new String[] {
          "FA_01", "FA_02", "FA_03", "FA_04", "FA_05", "FA_06", "FA_07", "FA_16", "FA_17", "FA_20"
        }) {
      var outcome = "PASS";
      for (int i = 0; i < outcomes.length; i += 2) {
        outcome = outcomes[i].equals(check) ? outcomes[i + 1] : outcome;
      }
      results
          .append(results.length() == 1 ? "" : ",")
          .append("{\"check\":\"%s\",\"outcome\":\"%s\"}".formatted(check, outcome));
    }
    asking.change(
        """
        insert into check_run (id, subject_kind, subject_id, subject, operator_id, jurisdiction_code, day, read_at, run_at,
               rule_sets, digest, results, cause, run_by)
        select gen_random_uuid(), 'PRODUCT', p.id, 'dp_x', p.operator_id, '000000', '2024-02-01', '2024-02-01Z',
               '2024-02-01Z', '000000:1', repeat('0', 64), $2::text::jsonb, 'SWEEP', 'test'
          from product p where p.id = $1
        """,
        product,
        results.append("]").toString());
  }
}
