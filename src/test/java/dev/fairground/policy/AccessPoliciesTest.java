package dev.fairground.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPoliciesTest {
  private static final UUID PRODUCT = UUID.fromString("00000000-0000-4000-b000-000000000011");
  private static final UUID NONE = UUID.fromString("00000000-0000-4000-b000-000000000012");
  private static final Moment NOW = Moment.present(Instant.parse("2026-06-01T00:00:00Z"));

  private final Database database;
  private final Asking asking;
  private final AccessPolicies policies;

  AccessPoliciesTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.policies = new AccessPolicies(database);
  }

  /** Version 2 begins in April; version 3, published in May, in July. */
  @BeforeAll
  void market() {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into standard_terms (operator_id, product_id, number, id, title, locale, text, odrl, digest,
               published_at, published_by, demonstration)
        select p.operator_id, p.id, 1, gen_random_uuid(), '条款', 'zh', '正文', '{"@type": "Offer"}', repeat('0', 64),
               '2026-03-01Z', 'test', true
          from product p where p.id = $1
        """,
        PRODUCT);
    asking.change(
        """
        insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
               decision_days, difference_factors, terms_number, published_by, demonstration)
        select p.operator_id, p.id, v.version, gen_random_uuid(), v.at, v.at::date, v.day, 'FIRST', 5, '{SCALE}', 1,
               'test', true
          from product p
         cross join (values (1, timestamptz '2026-03-01Z', date '2026-03-10'), (2, '2026-03-20Z', '2026-04-01'),
                            (3, '2026-05-20Z', '2026-07-01')) as v (version, at, day)
         where p.id = $1
        """,
        PRODUCT);
    asking.change(
        """
        insert into access_policy_condition (operator_id, product_id, policy_version, position, code, text, locale,
               text_translations, reason, rule, rule_values)
        select operator_id, product_id, version, n, 'C' || n, '条件', 'zh', '{"en": "condition"}', '理由',
               case n when 2 then 'PURPOSE_CLASS' end, case n when 2 then array['INDUSTRY'] else '{}' end
          from access_policy cross join generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into access_policy_reason (operator_id, product_id, policy_version, position, code)
        select operator_id, product_id, version, 1, 'BAD_CREDIT' from access_policy
        """);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  /** Policies by product. */
  private record Found(Map<UUID, AccessPolicy> policies) {
    AccessPolicy of(UUID product) {
      return requireNonNull(policies.get(product));
    }
  }

  private Found onDay(Moment moment, String day) throws Exception {
    var both =
        get(
            policies.onDay(
                new Reading(new Reads(), Viewer.anonymous("test"), moment),
                LocalDate.parse(day),
                List.of(PRODUCT, NONE)));
    Map<UUID, AccessPolicy> written =
        get(
            database.inTransaction(
                transaction ->
                    policies.onDay(
                        transaction, moment, LocalDate.parse(day), List.of(PRODUCT, NONE))));
    assertThat(written).isEqualTo(both);
    return new Found(both);
  }

  @Test
  void a_product_without_a_policy_has_the_basic_one() throws Exception {
    var basic = onDay(NOW, "2026-06-01").of(NONE);

    assertThat(basic.isBasic()).isTrue();
    assertThat(basic.conditions()).isEmpty();
    assertThat(basic.differenceFactors()).isEmpty();
    assertThat(basic.admits(RefusalReasonCode.FORBIDDEN_BY_LAW)).isTrue();
    assertThat(basic.admits(RefusalReasonCode.SECURITY_NOT_PROVED)).isFalse();
    assertThat(basic.terms().number()).isZero();
    assertThat(basic.terms().odrl().getString("@type")).isEqualTo("Offer");
    assertThat(basic.effectiveOn()).isEqualTo("2024-01-01");
  }

  @Test
  void the_newest_version_that_has_begun_holds() throws Exception {
    assertThat(onDay(NOW, "2026-03-09").of(PRODUCT).version()).isZero();
    assertThat(onDay(NOW, "2026-03-10").of(PRODUCT).version()).isEqualTo(1);
    assertThat(onDay(NOW, "2026-06-30").of(PRODUCT).version()).isEqualTo(2);
    assertThat(onDay(NOW, "2026-07-01").of(PRODUCT).version()).isEqualTo(3);
  }

  @Test
  void what_was_published_later_was_not_known_before() throws Exception {
    var april = Moment.present(Instant.parse("2026-04-15T00:00:00Z"));

    assertThat(onDay(april, "2026-07-01").of(PRODUCT).version()).isEqualTo(2);
  }

  @Test
  void a_policy_comes_whole() throws Exception {
    var policy = onDay(NOW, "2026-06-01").of(PRODUCT);

    assertThat(policy.conditions()).extracting(PolicyCondition::code).containsExactly("C1", "C2");
    assertThat(policy.conditions().get(1).rule()).isEqualTo(ConditionRule.PURPOSE_CLASS);
    assertThat(policy.conditions().get(1).values()).containsExactly("INDUSTRY");
    assertThat(policy.conditions().getFirst().text().translations())
        .containsEntry("en", "condition");
    assertThat(policy.reasons())
        .containsExactly(new PolicyReason(RefusalReasonCode.BAD_CREDIT, null));
    assertThat(policy.admits(DifferenceFactor.SCALE)).isTrue();
    assertThat(policy.decisionDays()).isEqualTo(5);
    assertThat(policy.terms().number()).isEqualTo(1);
  }

  @Test
  void the_version_stamped_on_a_request_is_found_again() throws Exception {
    var found = byVersion(Map.of(PRODUCT, 1, NONE, 0));

    assertThat(found.of(PRODUCT).version()).isEqualTo(1);
    assertThat(found.of(NONE).isBasic()).isTrue();
    assertThat(byVersion(Map.of(PRODUCT, 9)).policies()).isEmpty();
  }

  private Found byVersion(Map<UUID, Integer> versions) throws Exception {
    return new Found(
        get(database.inTransaction(transaction -> policies.byVersion(transaction, versions))));
  }

  @Test
  void the_closed_lists_are_told_in_both_languages() {
    var lists =
        asking.data(
            "{ refusalReasonKinds { code standing title(locale: \"en\") { value } meaning(locale: \"zh\") { value } }"
                + " differenceFactorKinds { code title(locale: \"zh\") { value } } }");

    assertThat(lists.getJsonArray("refusalReasonKinds")).hasSize(RefusalReasonCode.values().length);
    assertThat(lists.getJsonArray("differenceFactorKinds"))
        .hasSize(DifferenceFactor.values().length);
    assertThat(lists.encode()).contains("Forbidden by law", "法律、行政法规禁止提供", "规模");
  }
}
