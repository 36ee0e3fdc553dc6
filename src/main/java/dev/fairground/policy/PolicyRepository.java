package dev.fairground.policy;

import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over access policies and standard terms as they are shown. */
final class PolicyRepository {
  /** All versions of the policies of each of many products, without the basic one. */
  static final PageSelect<PolicyVersion> OF_PRODUCTS =
      PageSelect.of(
              "accessPolicies",
              new One<>(
                  "accessPoliciesById",
                  "access_policy",
                  "a",
                  false,
                  PolicyRows.POLICY,
                  PolicyRows::policy))
          .linked("accessPoliciesOfProducts", "a.product_id");

  private final Database database;

  PolicyRepository(Database database) {
    this.database = database;
  }

  /** What belongs to a version. */
  record Of<T>(PolicyVersion.Key key, T part) {}

  private static final String PRODUCT = ", p.operator_id, p.id, p.created_at";

  private static final String BY_ID =
      "-- accessPoliciesById\nselect "
          + PolicyRows.POLICY.all("a")
          + PRODUCT
          + """

               from unnest($1::uuid[]) as asked (id)
               left join access_policy a on a.id = asked.id and a.published_at <= $2
               left join product p on p.id = asked.id and p.created_at <= $2
              where a.id is not null
                 or p.id is not null
            """;

  Future<List<PolicyVersion>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), BY_ID, Tuple.of(Rows.ids(ids), at(reading)), PolicyRows::policyOrBasic);
  }

  private static final String ON_DAY =
      "-- accessPolicyOfProducts\nselect "
          + PolicyRows.POLICY.all("a")
          + PRODUCT
          + """

               from product p
               left join lateral (
                 select *
                   from access_policy n
                  where n.product_id = p.id
                    and n.operator_id = p.operator_id
                    and n.effective_on <= $2
                    and n.published_at <= $3
                  order by n.version desc
                  limit 1
               ) as a on true
              where p.id = any($1)
            """;

  Future<List<PolicyVersion>> findOnDay(Reading reading, LocalDate day, Collection<UUID> products) {
    return database.list(
        reading.reads(),
        ON_DAY,
        Tuple.of(Rows.ids(products), day, at(reading)),
        PolicyRows::policyOrBasic);
  }

  private static final String BY_VERSION =
      "-- accessPoliciesByVersion\nselect "
          + PolicyRows.POLICY.all("a")
          + PRODUCT
          + """

               from unnest($1::uuid[], $2::int[]) as asked (id, version)
               join product p on p.id = asked.id
               left join access_policy a
                 on a.operator_id = p.operator_id and a.product_id = p.id and a.version = asked.version
              where asked.version = 0
                 or a.id is not null
            """;

  Future<List<PolicyVersion>> findByVersions(
      Reading reading, Collection<PolicyVersion.Key> versions) {
    return database.list(reading.reads(), BY_VERSION, keys(versions), PolicyRows::policyOrBasic);
  }

  private static final String CONDITIONS =
      """
      -- conditionsOfPolicies
      select c.product_id, c.policy_version, c.code, c.text, c.locale, c.text_translations, c.reason, c.rule,
             c.rule_values
        from unnest($1::uuid[], $2::int[]) as asked (id, version)
        join access_policy_condition c on c.product_id = asked.id and c.policy_version = asked.version
       order by c.product_id, c.policy_version, c.position
      """;

  Future<List<Of<PolicyCondition>>> findConditions(
      Reading reading, Collection<PolicyVersion.Key> versions) {
    return database.list(
        reading.reads(),
        CONDITIONS,
        keys(versions),
        row ->
            new Of<>(
                new PolicyVersion.Key(row.getUUID(0), row.getInteger(1)),
                new PolicyCondition(
                    row.getString(2),
                    Rows.text(row, 3, 4, 5),
                    row.getString(6),
                    Rows.valueOrNull(row, 7, ConditionRule.class),
                    Rows.strings(row, 8))));
  }

  private static final String REASONS =
      """
      -- reasonsOfPolicies
      select r.product_id, r.policy_version, r.code, r.text, r.locale, r.text_translations
        from unnest($1::uuid[], $2::int[]) as asked (id, version)
        join access_policy_reason r on r.product_id = asked.id and r.policy_version = asked.version
       order by r.product_id, r.policy_version, r.position
      """;

  Future<List<Of<PolicyReason>>> findReasons(
      Reading reading, Collection<PolicyVersion.Key> versions) {
    return database.list(
        reading.reads(),
        REASONS,
        keys(versions),
        row ->
            new Of<>(
                new PolicyVersion.Key(row.getUUID(0), row.getInteger(1)),
                new PolicyReason(
                    Rows.value(row, 2, RefusalReasonCode.class),
                    textOrNull(row.getString(3), row.getString(4), Rows.map(row, 5)))));
  }

  private static @Nullable Text textOrNull(
      @Nullable String value, @Nullable String locale, java.util.Map<String, String> others) {
    return value == null ? null : new Text(value, Objects.requireNonNull(locale), others);
  }

  private static final String TERMS_PRODUCT = ", p.operator_id, p.id";

  private static final String TERMS_BY_ID =
      "-- standardTermsById\nselect "
          + PolicyRows.TERMS.all("t")
          + TERMS_PRODUCT
          + """

               from unnest($1::uuid[]) as asked (id)
               left join standard_terms t on t.id = asked.id and t.published_at <= $2
               left join product p on p.id = asked.id and p.created_at <= $2
              where t.id is not null
                 or p.id is not null
            """;

  Future<List<StandardTerms>> findTermsByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        TERMS_BY_ID,
        Tuple.of(Rows.ids(ids), at(reading)),
        PolicyRows::termsOrBasic);
  }

  private static final String TERMS_BY_NUMBER =
      "-- standardTermsByNumber\nselect "
          + PolicyRows.TERMS.all("t")
          + TERMS_PRODUCT
          + """

               from unnest($1::uuid[], $2::int[]) as asked (id, number)
               join product p on p.id = asked.id
               left join standard_terms t
                 on t.operator_id = p.operator_id and t.product_id = p.id and t.number = asked.number
              where asked.number = 0
                 or t.id is not null
            """;

  Future<List<StandardTerms>> findTerms(
      Reading reading, Collection<PolicyVersion.TermsKey> numbers) {
    return database.list(
        reading.reads(),
        TERMS_BY_NUMBER,
        Tuple.of(
            numbers.stream().map(PolicyVersion.TermsKey::productId).toArray(UUID[]::new),
            (Object) numbers.stream().map(PolicyVersion.TermsKey::number).toArray(Integer[]::new)),
        PolicyRows::termsOrBasic);
  }

  private static final String TERMS_ON_DAY =
      "-- standardTermsOfProducts\nselect "
          + PolicyRows.TERMS.all("t")
          + TERMS_PRODUCT
          + """

               from product p
               left join lateral (
                 select n.operator_id, n.product_id, n.terms_number
                   from access_policy n
                  where n.product_id = p.id
                    and n.operator_id = p.operator_id
                    and n.effective_on <= $2
                    and n.published_at <= $3
                  order by n.version desc
                  limit 1
               ) as a on true
               left join standard_terms t
                 on t.operator_id = a.operator_id and t.product_id = a.product_id and t.number = a.terms_number
              where p.id = any($1)
            """;

  Future<List<StandardTerms>> findTermsOnDay(
      Reading reading, LocalDate day, Collection<UUID> products) {
    return database.list(
        reading.reads(),
        TERMS_ON_DAY,
        Tuple.of(Rows.ids(products), day, at(reading)),
        PolicyRows::termsOrBasic);
  }

  private static OffsetDateTime at(Reading reading) {
    return reading.moment().at().atOffset(ZoneOffset.UTC);
  }

  private static Tuple keys(Collection<PolicyVersion.Key> versions) {
    return Tuple.of(
        versions.stream().map(PolicyVersion.Key::productId).toArray(UUID[]::new),
        (Object) versions.stream().map(PolicyVersion.Key::version).toArray(Integer[]::new));
  }
}
