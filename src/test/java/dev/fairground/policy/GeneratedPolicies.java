package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Policies, applicants and what they ask for, by chance, of few words so that they often agree. */
final class GeneratedPolicies {
  static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-000000000001");
  static final UUID PRODUCT = UUID.fromString("00000000-0000-4000-b000-000000000011");
  static final LocalDate TODAY = LocalDate.parse("2027-03-01");

  private static final List<String> KINDS = List.of("ORGAN", "ENTERPRISE", "OTHER");
  private static final List<String> REGIONS = List.of("11", "1101", "110108", "31", "3101");

  private final Random random;

  GeneratedPolicies(long seed) {
    this.random = new Random(seed);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<String> some(List<String> of) {
    var all = new ArrayList<>(of);
    Collections.shuffle(all, random);
    return all.subList(0, 1 + random.nextInt(all.size()));
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextInt(3) == 0 ? value : null;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  AccessPolicy policy(int version, LocalDate effectiveOn) {
    var deposit = maybe(BigDecimal.valueOf(1 + below(3)));
    return new AccessPolicy(
        OPERATOR,
        PRODUCT,
        version,
        new UUID(1, version),
        null,
        effectiveOn,
        maybe(1 + below(10)),
        conditions(),
        reasons(),
        Arrays.stream(DifferenceFactor.values()).filter(factor -> below(9) == 0).toList(),
        terms(below(5) == 0 ? "另一正文" : "正文"),
        maybe(BigDecimal.valueOf(1 + below(3))),
        null,
        deposit,
        deposit == null ? null : one(List.of("CNY", "USD")),
        null,
        maybe(below(60)));
  }

  /** The same policy with some parts of another. */
  AccessPolicy mixed(AccessPolicy some, AccessPolicy other) {
    return new AccessPolicy(
        OPERATOR,
        PRODUCT,
        some.version() + 1,
        new UUID(2, below(1_000_000)),
        null,
        some.effectiveOn(),
        below(3) == 0 ? other.decisionDays() : some.decisionDays(),
        below(3) == 0 ? other.conditions() : some.conditions(),
        below(3) == 0 ? other.reasons() : some.reasons(),
        below(9) == 0 ? other.differenceFactors() : some.differenceFactors(),
        below(9) == 0 ? other.terms() : some.terms(),
        below(3) == 0 ? other.minimumQuantity() : some.minimumQuantity(),
        null,
        some.deposit(),
        some.depositCurrency(),
        null,
        below(9) == 0 ? other.paymentDays() : some.paymentDays());
  }

  static StandardTerms terms(String text) {
    return new StandardTerms(
        OPERATOR,
        PRODUCT,
        1,
        PRODUCT,
        Text.of("条款", "zh"),
        Text.of(text, "zh"),
        new JsonObject(),
        "",
        null,
        null,
        false);
  }

  private List<PolicyCondition> conditions() {
    var conditions = new ArrayList<PolicyCondition>();
    for (var rule : ConditionRule.values()) {
      if (below(4) == 0) {
        conditions.add(condition(rule.name(), rule));
      }
    }
    if (below(4) == 0) {
      conditions.add(condition("LOOKED_AT", null));
    }
    return conditions;
  }

  private PolicyCondition condition(String code, @Nullable ConditionRule rule) {
    return new PolicyCondition(
        code,
        Text.of(below(9) == 0 ? "别的话" : "条件", "zh"),
        "理由",
        rule,
        switch (rule) {
          case null -> List.of();
          case APPLICANT_KIND -> some(KINDS);
          case APPLICANT_ROLE -> some(List.of("DEVELOPER", "PURCHASER"));
          case APPLICANT_REGION -> some(REGIONS);
          case PURPOSE_CLASS -> some(List.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE", "INDUSTRY"));
          case SCENARIO -> some(List.of(scenario(1), scenario(2)));
          case TERM_MONTHS_AT_MOST, QUANTITY_AT_LEAST, QUANTITY_AT_MOST ->
              List.of(String.valueOf(1 + below(5)));
          case DOCUMENT -> List.of(one(List.of("PLAN", "LICENCE")));
          case APPLICANT_CREDIT_CODE, NO_UNCORRECTED_MISUSE -> List.of();
        });
  }

  private static String scenario(int n) {
    return "sce_" + "%032x".formatted(n);
  }

  private List<PolicyReason> reasons() {
    return Arrays.stream(RefusalReasonCode.values())
        .filter(code -> BasicPolicy.STANDING.contains(code) || below(3) == 0)
        .map(code -> new PolicyReason(code, below(9) == 0 ? Text.of("具体", "zh") : null))
        .toList();
  }

  Applicant applicant() {
    return below(9) == 0
        ? Applicant.NOBODY
        : new Applicant(
            PRODUCT,
            one(KINDS),
            Set.copyOf(some(List.of("DEVELOPER", "PURCHASER", "AUDITOR"))),
            maybe(one(List.of("110108", "110109", "310101", "440300"))),
            maybe("91350100M000100Y43"),
            null,
            maybe(below(2) == 0));
  }

  Asked asked() {
    return new Asked(
        one(List.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE", "INDUSTRY")),
        maybe(new UUID(0, 1 + below(3))),
        TODAY,
        TODAY.plusDays(below(200)),
        maybe(BigDecimal.valueOf(1 + below(6))),
        below(2) == 0 ? Set.of() : Set.copyOf(some(List.of("PLAN", "LICENCE"))));
  }
}
