package dev.fairground.eligibility;

import dev.fairground.Asking;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Products of whatever state, authorizations that run, end, run off or stand still, checks of
 * whatever outcome, policies of several versions with conditions of every rule: all from a seed.
 */
final class RandomMarket {
  private static final List<String> PURPOSES =
      List.of("INDUSTRY", "INDUSTRY", "PUBLIC_WELFARE", "PUBLIC_GOVERNANCE");
  private static final List<String> KINDS =
      List.of("ENTERPRISE", "ORGAN", "PUBLIC_INSTITUTION", "OTHER");
  private static final List<String> ROLES = List.of("DEVELOPER", "OPERATOR", "PURCHASER");
  private static final List<String> REGIONS = List.of("11", "1101", "110105", "31", "4401");
  private static final LocalDate DAY = EligibilityMarket.TODAY;

  private final Random random;
  private final UUID operator;
  private final JsonArray grants = new JsonArray();
  private final JsonArray products = new JsonArray();
  private final JsonArray runs = new JsonArray();
  private final JsonArray terms = new JsonArray();
  private final JsonArray policies = new JsonArray();
  private final JsonArray conditions = new JsonArray();

  private RandomMarket(long seed, UUID operator) {
    this.random = new Random(seed);
    this.operator = operator;
  }

  /** So many products of one operator more. */
  static void into(Asking asking, long seed, UUID operator, int size) {
    var market = new RandomMarket(seed, operator);
    for (int i = 0; i < 6; i++) {
      market.grant(seed, i);
    }
    for (int i = 0; i < size; i++) {
      market.product(seed, i);
    }
    market.insert(asking);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String near() {
    return DAY.plusDays(random.nextInt(7) - 3).toString();
  }

  private @Nullable String nearOrNull() {
    return random.nextInt(3) == 0 ? near() : null;
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private void grant(long seed, int n) {
    grants.add(
        new JsonObject()
            .put("id", id().toString())
            .put("number", "g-" + seed + "-" + n)
            .put(
                "state",
                one(List.of("ACTIVE", "ACTIVE", "ACTIVE", "EXITING", "SUSPENDED", "ENDED")))
            .put("starts", random.nextInt(4) == 0 ? near() : "2024-01-01")
            .put(
                "ends",
                random.nextInt(4) == 0
                    ? DAY.plusDays(random.nextInt(5) + 3).toString()
                    : "2030-12-31")
            .put("exits", nearOrNull())
            .put("until", nearOrNull()));
  }

  private void product(long seed, int n) {
    var product = id().toString();
    var starts = nearOrNull();
    products.add(
        new JsonObject()
            .put("id", product)
            .put("code", "p-" + seed + "-" + n)
            .put(
                "status",
                one(List.of("PUBLISHED", "PUBLISHED", "PUBLISHED", "SUSPENDED", "DELISTED")))
            .put("grant", grants.getJsonObject(random.nextInt(grants.size())).getString("id"))
            .put("purpose", one(PURPOSES))
            .put("starts", starts)
            .put(
                "ends",
                random.nextBoolean()
                    ? null
                    : LocalDate.parse(starts == null ? DAY.minusDays(3).toString() : starts)
                        .plusDays(random.nextInt(6))
                        .toString()));
    for (int i = random.nextInt(3); i > 0; i--) {
      runs.add(
          new JsonObject()
              .put("product", product)
              .put("at", "2026-0" + (1 + random.nextInt(3)) + "-01T12:00:00Z")
              .put("results", results()));
    }
    if (random.nextInt(5) > 0) {
      policy(product);
    }
  }

  private JsonArray results() {
    var results = new JsonArray();
    for (var check : List.of("FA_01", "FA_06", "FA_16")) {
      results.add(
          new JsonObject()
              .put("check", check)
              .put(
                  "outcome",
                  random.nextInt(10) == 0
                      ? "BLOCK"
                      : one(List.of("PASS", "UNKNOWN", "FLAG", "DISCLOSE", "NOT_APPLICABLE"))));
    }
    return results;
  }

  private void policy(String product) {
    terms.add(new JsonObject().put("product", product));
    var versions = 1 + random.nextInt(3);
    for (int version = 1; version <= versions; version++) {
      policies.add(
          new JsonObject()
              .put("product", product)
              .put("version", version)
              .put("id", id().toString())
              .put("published", "2026-0" + (1 + random.nextInt(3)) + "-01T12:00:00Z")
              .put("effective", DAY.plusDays(random.nextInt(5) - 3).toString()));
      for (int position = random.nextInt(4); position > 0; position--) {
        condition(product, version, position);
      }
    }
  }

  private void condition(String product, int version, int position) {
    var rule =
        one(
            List.of(
                "",
                "APPLICANT_KIND",
                "APPLICANT_ROLE",
                "APPLICANT_REGION",
                "APPLICANT_CREDIT_CODE",
                "PURPOSE_CLASS",
                "SCENARIO",
                "TERM_MONTHS_AT_MOST",
                "QUANTITY_AT_LEAST",
                "QUANTITY_AT_MOST",
                "DOCUMENT",
                "NO_UNCORRECTED_MISUSE"));
    List<String> values =
        switch (rule) {
          case "APPLICANT_KIND" -> some(KINDS);
          case "APPLICANT_ROLE" -> some(ROLES);
          case "APPLICANT_REGION" -> some(REGIONS);
          case "PURPOSE_CLASS" -> some(PURPOSES.subList(1, 4));
          case "SCENARIO" -> List.of(EligibilityMarket.scenario(1));
          case "TERM_MONTHS_AT_MOST" -> List.of(one(List.of("1", "6", "24", "0.5", "0", "x")));
          case "QUANTITY_AT_LEAST", "QUANTITY_AT_MOST" -> List.of("100");
          case "DOCUMENT" -> List.of("PLAN");
          default -> List.of();
        };
    conditions.add(
        new JsonObject()
            .put("product", product)
            .put("version", version)
            .put("position", position)
            .put("code", "C" + position)
            .put("rule", rule.isEmpty() ? null : rule)
            .put("values", new JsonArray(values)));
  }

  private List<String> some(List<String> of) {
    var some = new ArrayList<String>();
    of.stream().distinct().filter(one -> random.nextBoolean()).forEach(some::add);
    return some.isEmpty() ? List.of(of.getFirst()) : some;
  }

  private void insert(Asking asking) {
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select r.id, r.number, $2, $3, '2024-01-01Z' from jsonb_to_recordset($1::text::jsonb) as r (id uuid, number text)
        """,
        grants.encode(),
        EligibilityMarket.org(0),
        operator);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, exits_on, new_access_until, demonstration)
        select r.id, 1, '2024-01-01Z', r.number, $2, $3, '000000', '授权', 'zh', 'OVERALL', r.state, r.starts, r.ends,
               r.exits, r.until, true
          from jsonb_to_recordset($1::text::jsonb) as r (id uuid, number text, state text, starts date, ends date, exits date,
               until date)
        """,
        grants.encode(),
        EligibilityMarket.org(0),
        operator);
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select $2, r.id, 'DATA_PRODUCT', r.code, '2024-01-01Z' from jsonb_to_recordset($1::text::jsonb) as r (id uuid, code text)
        """,
        products.encode(),
        operator);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, starts_on, ends_on, demonstration)
        select $2, r.id, 1, '2024-01-01Z', 'DATA_PRODUCT', r.code, r.status, r.code, 'zh', r."grant", 'API', 'BASE',
               r.purpose, '2024-01-01Z', r.starts, r.ends, true
          from jsonb_to_recordset($1::text::jsonb) as r (id uuid, code text, status text, "grant" uuid, purpose text,
               starts date, ends date)
        """,
        products.encode(),
        operator);
    asking.change(
        """
        insert into check_run (id, subject_kind, subject_id, subject, operator_id, jurisdiction_code, day, read_at, run_at,
               rule_sets, digest, results, cause, run_by)
        select gen_random_uuid(), 'PRODUCT', r.product, 'dp_x', $2, '000000', '2026-01-01', r.at, r.at, '000000:1',
               repeat('0', 64), r.results, 'SWEEP', 'test'
          from jsonb_to_recordset($1::text::jsonb) as r (product uuid, at timestamptz, results jsonb)
         order by r.at
        """,
        runs.encode(),
        operator);
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest, published_at,
               published_by, demonstration)
        select $2, r.product, 1, gen_random_uuid(), '条款', 'zh', '条款', '{}', repeat('0', 64), '2024-01-01Z', 'test', true
          from jsonb_to_recordset($1::text::jsonb) as r (product uuid)
        """,
        terms.encode(),
        operator);
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               terms_number, published_by, demonstration)
        select $2, r.product, r.version, r.id, r.published, '2024-01-02', r.effective, 'FIRST', 1, 'test', true
          from jsonb_to_recordset($1::text::jsonb) as r (product uuid, version integer, id uuid, published timestamptz,
               effective date)
        """,
        policies.encode(),
        operator);
    asking.change(
        """
        insert into access_policy_condition (operator_id, product_id, policy_version, position, code, text, locale, reason,
               rule, rule_values)
        select $2, r.product, r.version, r.position, r.code, r.code, 'zh', 'a reason', r.rule,
               array(select jsonb_array_elements_text(r.values))
          from jsonb_to_recordset($1::text::jsonb) as r (product uuid, version integer, position integer, code text,
               rule text, values jsonb)
        """,
        conditions.encode(),
        operator);
  }

  /** Organizations of every kind, region and role, and one with misuse that was not put right. */
  static List<UUID> applicants(Asking asking, long seed, int size) {
    var random = new Random(seed);
    var rows = new JsonArray();
    var ids = new ArrayList<UUID>();
    var codes =
        Stream.concat(
                Stream.of(""),
                IntStream.range(0, 31)
                    .mapToObj(
                        digit ->
                            "9111000080210043"
                                + "3"
                                + "0123456789ABCDEFGHJKLMNPQRTUWXY".charAt(digit)))
            .toList();
    for (int i = 0; i < size; i++) {
      var id = new UUID(random.nextLong(), random.nextLong());
      ids.add(id);
      rows.add(
          new JsonObject()
              .put("id", id.toString())
              .put("code", "a-" + seed + "-" + i)
              .put("kind", KINDS.get(random.nextInt(4)))
              .put("region", random.nextInt(3) == 0 ? null : REGIONS.get(2 + random.nextInt(3)))
              .put("credit", i == 0 ? null : codes.get(random.nextInt(codes.size())))
              .put("role", random.nextInt(3) == 0 ? null : ROLES.get(random.nextInt(3))));
    }
    var written = rows.encode();
    asking.change(
        "insert into organization (id, code, created_at) select r.id, r.code, '2024-01-01Z' from jsonb_to_recordset($1::text::jsonb) as r (id uuid, code text)",
        written);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, region_code,
               credit_code, demonstration)
        select r.id, 1, '2024-01-01Z', r.code, r.code, 'zh', r.kind, r.region, nullif(r.credit, ''), true
          from jsonb_to_recordset($1::text::jsonb) as r (id uuid, code text, kind text, region text, credit text)
        """,
        written);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        select r.id, r.role, '000000', '2024-01-01'
          from jsonb_to_recordset($1::text::jsonb) as r (id uuid, role text) where r.role is not null
        """,
        written);
    return ids;
  }

  /** An access grant of the holder that was suspended until something is put right. */
  static void misuse(Asking asking, UUID holder) {
    asking.change(
        """
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
               ends_on, policy_version, terms_number, submitted_at, submitted_on, submitted_by, demonstration)
        values ($1, $2, 'r', $3, 1, $4, $5, '000000', $2, 'INDUSTRY', 'INDUSTRY', 'use', '2026-01-01', '2026-12-31', 0, 0,
                '2026-01-01Z', '2026-01-01', 'test', true)
        """,
        EligibilityMarket.OPERATOR,
        holder,
        EligibilityMarket.PRODUCT,
        EligibilityMarket.grantId(1),
        EligibilityMarket.org(0));
    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on)
        values ($1, $2, $2, 'OPERATOR', 'APPROVED', $1, 'test', '2026-01-02Z', '2026-01-02')
        """,
        EligibilityMarket.OPERATOR,
        holder);
    asking.change(
        """
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
               policy_version, terms_number, free_of_charge, volume_band, term_band, starts_on, ends_on, decided_on,
               created_at, demonstration)
        select operator_id, id, 'g', id, id, product_id, product_version, authorization_grant_id, institution_id,
               jurisdiction_code, applicant_id, scenario_class, purpose_class, 0, 0, false, 'NONE', 'NONE', starts_on,
               ends_on, '2026-01-02', '2026-01-02Z', true
          from access_request where id = $1
        """,
        holder);
    asking.change(
        """
        insert into access_grant_version (operator_id, grant_id, version, valid_from, state, suspended_by,
               correction_due_on, ends_on)
        values ($1, $2, 1, '2026-01-02Z', 'SUSPENDED', 'OPERATOR', '2026-04-01', '2026-12-31')
        """,
        EligibilityMarket.OPERATOR,
        holder);
  }
}
