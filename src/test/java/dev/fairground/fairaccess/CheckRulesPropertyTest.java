package dev.fairground.fairaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Grant;
import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.fairaccess.ProductFacts.Use;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds of every rule, over thousands of facts from seeds. A failure names its seed. */
class CheckRulesPropertyTest {
  private static final int SEEDS = 1_500;
  private static final Ground GROUND = NationalGround.on(GeneratedFacts.DAY);

  /** Where nothing is no gap but says something: all of it, no end, no fee, that of another. */
  private static final Set<String> NOTHING_SAYS_SOMETHING =
      Set.of(
          "ProductFacts.version",
          "ProductFacts.startsOn",
          "ProductFacts.endsOn",
          "ProductFacts.registrationAppliedOn",
          "InScope.dataItems",
          "Use.dataItems",
          "Scenario.validUntil",
          "Price.unitText",
          "Price.baseFee",
          "Price.baseFeePeriod",
          "Price.endsOn",
          "Ceiling.scenarioId",
          "Ceiling.unitText",
          "Ceiling.endsOn",
          "Ceiling.baseFeePeriod",
          "Conversion.unitText",
          "Offer.soleHolder",
          "StatedPolicy.paymentDays",
          "StatedPolicy.minimumQuantity",
          "StatedPolicy.deposit",
          "Notice.supplementedOn",
          "RequestFacts.renewed",
          "Span.to",
          "AccessGrantFacts.endKind",
          "AccessGrantFacts.endToldOn",
          "Terms.unitPrice",
          "Terms.currency",
          "Terms.delivery",
          "Terms.paymentDays",
          "Unlike.better",
          "Unlike.factor",
          "Unlike.lack",
          "Terms.deposit",
          "Terms.minimumQuantity",
          "Authorization.exitingOn");

  private static Map<Check, Outcome> outcomes(Facts facts) {
    return CheckRules.of(GROUND, facts).stream()
        .collect(Collectors.toMap(Result::check, Result::outcome));
  }

  private static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @Test
  void the_facts_bring_about_every_outcome_of_every_check() {
    var seen = new EnumMap<Check, Set<Outcome>>(Check.class);
    LongStream.range(0, 5_000)
        .forEach(
            seed ->
                CheckRules.of(GROUND, new GeneratedFacts(seed).any())
                    .forEach(
                        result ->
                            seen.computeIfAbsent(
                                    result.check(), unseen -> EnumSet.noneOf(Outcome.class))
                                .add(result.outcome())));

    assertThat(seen.keySet()).containsExactlyInAnyOrder(Check.values());
    seen.forEach(
        (check, outcomes) ->
            assertThat(outcomes).as(check.code()).isEqualTo(CheckOutcomes.of(check)));
  }

  @Test
  void the_same_facts_give_the_same_result_in_whatever_order_they_come() {
    seeds()
        .forEach(
            seed -> {
              var facts = new GeneratedFacts(seed).any();
              var again = new GeneratedFacts(seed).any();
              var shuffled = (Facts) Records.shuffled((Record) facts, new Random(seed));

              assertThat(again).as("seed %d", seed).isEqualTo(facts);
              assertThat(CheckRules.of(GROUND, again))
                  .as("seed %d", seed)
                  .isEqualTo(CheckRules.of(GROUND, facts));
              assertThat(CheckRules.of(GROUND, shuffled))
                  .as("seed %d", seed)
                  .isEqualTo(CheckRules.of(GROUND, facts));
            });
  }

  @Test
  void a_fact_that_is_taken_away_turns_neither_UNKNOWN_nor_BLOCK_into_PASS() {
    var taken = new TreeSet<String>();
    seeds()
        .forEach(
            seed -> {
              var facts = new GeneratedFacts(seed).any();
              var before = outcomes(facts);
              for (var less : Records.withoutOne((Record) facts)) {
                if (!NOTHING_SAYS_SOMETHING.contains(less.component())
                    && !(less.component().equals("ProductFacts.uses") && isCapability(facts))) {
                  taken.add(less.component());
                  notEased(before, outcomes((Facts) less.facts()), seed, less.component());
                }
              }
            });

    assertThat(taken).hasSizeGreaterThan(40);
  }

  private static boolean isCapability(Facts facts) {
    return facts instanceof ProductFacts product && product.kind().equals("SERVICE_CAPABILITY");
  }

  private static void notEased(
      Map<Check, Outcome> before, Map<Check, Outcome> after, long seed, String what) {
    before.forEach(
        (check, outcome) -> {
          if ((outcome == Outcome.UNKNOWN || outcome == Outcome.BLOCK)
              && after.get(check) == Outcome.PASS) {
            throw new AssertionError(
                "%s of seed %d without %s: was %s, is PASS"
                    .formatted(check.code(), seed, what, outcome));
          }
        });
  }

  /** That a change never turns a BLOCK of some checks into a PASS. */
  private static void neverEases(
      Set<Check> checks, BiFunction<ProductFacts, Random, ProductFacts> harder) {
    var blocked = new int[1];
    seeds()
        .forEach(
            seed -> {
              var facts = new GeneratedFacts(seed).product();
              var before = outcomes(facts);
              var after = outcomes(harder.apply(facts, new Random(seed)));
              for (var check : checks) {
                if (before.get(check) == Outcome.BLOCK) {
                  blocked[0]++;
                  assertThat(after.get(check))
                      .as("%s of seed %d", check.code(), seed)
                      .isNotEqualTo(Outcome.PASS)
                      .isNotEqualTo(Outcome.NOT_APPLICABLE);
                }
              }
            });
    assertThat(blocked[0]).isGreaterThan(50);
  }

  @Test
  void a_smaller_scope_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_01, Check.FA_03),
        (facts, random) -> Records.with(facts, "grant", smaller(facts.grant(), random)));
  }

  private static Grant smaller(Grant grant, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Records.with(grant, "resources", fewer(grant.resources(), random));
      case 1 ->
          Records.<Grant, InScope>withEach(
              grant,
              "resources",
              resource ->
                  Records.with(
                      resource,
                      "dataItems",
                      resource.dataItems() == null
                          ? List.of("a", "b")
                          : fewer(resource.dataItems(), random)));
      default ->
          Records.with(
              grant,
              "scenarios",
              grant.scenarios().stream()
                  .filter(scenario -> !scenario.allowed() || random.nextBoolean())
                  .toList());
    };
  }

  private static <T> List<T> fewer(List<T> list, Random random) {
    return list.stream().filter(one -> random.nextBoolean()).toList();
  }

  @Test
  void a_lower_ceiling_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_06),
        (facts, random) ->
            Records.<ProductFacts, Ceiling>withEach(
                facts, "ceilings", ceiling -> lower(ceiling, random)));
  }

  private static Ceiling lower(Ceiling ceiling, Random random) {
    var factor = new BigDecimal(random.nextInt(100)).movePointLeft(2);
    var lower =
        Records.<Ceiling, Tier>withEach(
            ceiling,
            "tiers",
            tier -> new Tier(tier.fromQuantity(), tier.unitPrice().multiply(factor)));
    return ceiling.baseFee() == null
        ? lower
        : Records.with(lower, "baseFee", ceiling.baseFee().multiply(factor));
  }

  @Test
  void a_higher_price_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_06, Check.FA_07),
        (facts, random) ->
            Records.<ProductFacts, ProductFacts.Price>withEach(
                facts,
                "prices",
                price ->
                    Records.<ProductFacts.Price, Tier>withEach(
                        price,
                        "tiers",
                        tier ->
                            new Tier(
                                tier.fromQuantity(),
                                tier.unitPrice().add(BigDecimal.valueOf(random.nextInt(9)))))));
  }

  @Test
  void a_shorter_term_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_01, Check.FA_02, Check.FA_04),
        (facts, random) -> {
          var grant = facts.grant();
          if (grant.endsOn() != null) {
            grant = Records.with(grant, "endsOn", grant.endsOn().minusDays(random.nextInt(500)));
          }
          if (grant.startsOn() != null) {
            grant = Records.with(grant, "startsOn", grant.startsOn().plusDays(random.nextInt(500)));
          }
          return Records.with(facts, "grant", grant);
        });
  }

  @Test
  void a_registration_less_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_04),
        (facts, random) ->
            Records.<ProductFacts, Use>withEach(
                Records.with(facts, "registrations", fewer(facts.registrations(), random)),
                "uses",
                use -> Records.with(use, "registrations", fewer(use.registrations(), random))));
  }

  @Test
  void a_higher_grade_or_a_resource_more_never_turns_a_BLOCK_into_a_PASS() {
    neverEases(
        Set.of(Check.FA_01, Check.FA_05),
        (facts, random) -> {
          if (facts.uses() == null) {
            return facts;
          }
          var uses = new ArrayList<>(facts.uses());
          uses.add(
              Records.with(uses.getFirst(), "grade", random.nextBoolean() ? "CORE" : "IMPORTANT"));
          return Records.with(facts, "uses", uses);
        });
  }

  @Test
  void every_reason_says_what_and_how_to_cure_it_in_both_languages_and_shows_only_what_was_known() {
    seeds()
        .forEach(
            seed -> {
              var facts = new GeneratedFacts(seed).any();
              var known = Records.texts(facts);
              for (var result : CheckRules.of(GROUND, facts)) {
                assertThat(result.reasons().isEmpty())
                    .as("%s %s", result.check(), result.outcome())
                    .isEqualTo(
                        result.outcome() == Outcome.PASS
                            || result.outcome() == Outcome.NOT_APPLICABLE);
                result.reasons().forEach(reason -> complete(reason, known));
              }
            });
  }

  private static void complete(Reason reason, TreeSet<String> known) {
    assertThat(reason.code()).matches("[A-Z][A-Z_]+[A-Z]");
    bothLanguages(reason.message());
    assertThat(reason.evidence()).as(reason.code()).isNotEmpty();
    if (reason.outcome() == Outcome.DISCLOSE) {
      assertThat(reason.remedy()).as(reason.code()).isNull();
    } else {
      bothLanguages(Objects.requireNonNull(reason.remedy(), reason.code()));
    }
    for (var id : reason.evidence()) {
      var item = id.indexOf('#');
      assertThat(known).contains(item < 0 ? id : id.substring(0, item));
      if (item >= 0) {
        // A month without a report is in no fact.
        if (!id.startsWith("acg_")) {
          assertThat(known).contains(id.substring(item + 1));
        }
      }
    }
  }

  private static void bothLanguages(dev.fairground.kernel.Text text) {
    assertThat(text.locale()).isEqualTo("zh");
    assertThat(text.value()).containsPattern("\\p{IsHan}").doesNotContain("null", "%s");
    assertThat(text.translations()).containsOnlyKeys("en");
    assertThat(text.translations().get("en"))
        .containsPattern("[a-z] [a-z]")
        .doesNotContain("null", "%s");
  }

  @Test
  void a_result_has_the_gravest_outcome_of_its_reasons_and_these_stand_first() {
    seeds()
        .forEach(
            seed ->
                CheckRules.of(GROUND, new GeneratedFacts(seed).any()).stream()
                    .filter(result -> !result.reasons().isEmpty())
                    .forEach(
                        result -> {
                          assertThat(result.reasons().getFirst().outcome())
                              .isEqualTo(result.outcome());
                          assertThat(result.reasons())
                              .isSortedAccordingTo(
                                  (one, other) -> other.outcome().compareTo(one.outcome()));
                        }));
  }

  @Test
  void what_is_said_of_a_subject_rests_on_a_document_that_is_named() {
    seeds()
        .forEach(
            seed ->
                CheckRules.of(GROUND, new GeneratedFacts(seed).any())
                    .forEach(
                        result -> {
                          assertThat(result.rules()).as(result.check().code()).isNotEmpty();
                          result
                              .rules()
                              .forEach(
                                  rule ->
                                      assertThat(GROUND.rules().basis(rule)).as(rule).isNotNull());
                        }));
  }

  @Test
  void a_reason_does_not_count_the_days_that_pass() {
    // A run is kept where it says something new; counting would make it new every day.
    var tomorrow = NationalGround.on(GeneratedFacts.DAY.plusDays(1));
    seeds()
        .forEach(
            seed -> {
              var facts = new GeneratedFacts(seed).any();
              var later = reasons(CheckRules.of(tomorrow, facts));
              reasons(CheckRules.of(GROUND, facts))
                  .forEach(
                      (what, message) ->
                          assertThat(later.getOrDefault(what, message)).isEqualTo(message));
            });
  }

  private static Map<String, List<String>> reasons(List<Result> results) {
    var messages = new TreeMap<String, List<String>>();
    for (var result : results) {
      for (var reason : result.reasons()) {
        messages
            .computeIfAbsent(
                result.check() + reason.code() + reason.evidence(), unseen -> new ArrayList<>())
            .add(reason.message().value());
      }
    }
    return messages;
  }
}
