package dev.fairground.fairaccess;

import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Declaration;
import dev.fairground.fairaccess.ProductFacts.Grant;
import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Registration;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.fairaccess.ProductFacts.Use;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of which every check says PASS or does not apply; a test changes what it is about. */
final class SomeFacts {
  static final String DAY = "2026-06-15";
  static final UUID OPERATOR = GeneratedFacts.org(1);
  static final UUID INSTITUTION = GeneratedFacts.org(2);
  static final UUID AUTHORITY = GeneratedFacts.org(3);
  static final UUID DEVELOPER = GeneratedFacts.org(4);

  private SomeFacts() {}

  static ProductFacts product() {
    return new ProductFacts(
        "dp_1",
        1,
        OPERATOR,
        NationalGround.NATION,
        "DATA_PRODUCT",
        "API",
        "BASE",
        "INDUSTRY",
        "GENERAL_2",
        false,
        List.of("API"),
        day("2026-01-01"),
        day("2026-12-31"),
        day("2026-02-02"),
        null,
        grant(),
        List.of(use("res_1", "a", "b")),
        List.of(scenario("sce_1", "INDUSTRY")),
        List.of(price("0.0100")),
        List.of(ceiling("0.0100")),
        List.of(registration("reg_1", "VALID")),
        List.of(),
        DEVELOPER,
        null,
        List.of(),
        ProductFacts.Offer.NONE);
  }

  static Grant grant() {
    return new Grant(
        "ag_1",
        "AG-1",
        "ACTIVE",
        "BY_SCENARIO",
        day("2025-07-01"),
        day("2028-06-30"),
        null,
        List.of(new InScope("res_1", null), new InScope("res_2", List.of("a"))),
        List.of(new ScopedScenario("sce_1", true), new ScopedScenario("sce_9", false)));
  }

  static ProductFacts inGrant(ProductFacts facts, String name, @Nullable Object value) {
    return Records.with(facts, "grant", Records.with(facts.grant(), name, value));
  }

  static ProductFacts with(ProductFacts facts, String name, @Nullable Object value) {
    return Records.with(facts, name, value);
  }

  static ProductFacts using(Use... uses) {
    return with(product(), "uses", List.of(uses));
  }

  static Use use(String resource, String... items) {
    return new Use(
        resource,
        items.length == 0 ? null : List.of(items),
        List.of("a", "b", "c"),
        "ORIGINAL",
        null,
        "NOT_OPEN",
        "GENERAL_2",
        false,
        "weather",
        List.of(),
        List.of(registration("reg_" + resource, "VALID")));
  }

  static Use use(Use use, String name, @Nullable Object value) {
    return Records.with(use, name, value);
  }

  static Scenario scenario(String id, String purposeClass) {
    return new Scenario(id, true, purposeClass, null);
  }

  static Price price(String... tiers) {
    return new Price(
        "tar_1",
        at("2026-02-01"),
        "Query fee",
        "QUERY",
        "PER_CALL",
        null,
        "CNY",
        null,
        null,
        List.of("INDUSTRY"),
        false,
        false,
        day("2026-02-01"),
        null,
        tiers(tiers));
  }

  static Price freeFor(String... classes) {
    var price = price("0");
    price = Records.with(price, "id", "tar_free");
    price = Records.with(price, "purposeClasses", List.of(classes));
    return Records.with(price, "freeOfCharge", true);
  }

  static Ceiling ceiling(String... tiers) {
    return new Ceiling(
        "pc_1",
        at("2026-01-01"),
        "QUERY",
        null,
        "PER_CALL",
        null,
        "CNY",
        false,
        day("2026-01-01"),
        null,
        null,
        null,
        tiers(tiers),
        List.of());
  }

  /** From quantities 0, 100, 200 and so on. */
  private static List<Tier> tiers(String... prices) {
    var tiers = new ArrayList<Tier>();
    for (var price : prices) {
      tiers.add(new Tier(BigDecimal.valueOf(100L * tiers.size()), new BigDecimal(price)));
    }
    return tiers;
  }

  static Registration registration(String id, String state) {
    return new Registration(id, state, day("2026-02-20"), day("2029-02-19"), false);
  }

  static Declaration declared(String kind, @Nullable String evidence) {
    return new Declaration("decl_" + kind, kind, "as it was done", evidence);
  }

  static GrantFacts authorization() {
    return new GrantFacts(
        "ag_1",
        NationalGround.NATION,
        "AG-1",
        "ACTIVE",
        INSTITUTION,
        OPERATOR,
        List.of("OPERATOR"),
        List.of(AUTHORITY),
        List.of(),
        day("2025-07-01"),
        day("2028-06-30"),
        null,
        "OPEN_TENDER",
        null,
        day("2025-06-03"),
        day("2025-06-05"),
        3,
        false,
        null,
        "FCR-2025-1");
  }

  static OperatorFacts operator() {
    return new OperatorFacts(
        "org_1",
        NationalGround.NATION,
        1,
        day("2025-07-01"),
        4,
        day("2026-06-01"),
        List.of(),
        List.of(),
        List.of(),
        10,
        true,
        List.of(cap("79")));
  }

  static OperatorFacts.Cap cap(@Nullable String income) {
    return new OperatorFacts.Cap(
        "rc_1",
        day("2026-01-01"),
        day("2026-12-31"),
        "CNY",
        new BigDecimal("100"),
        income == null ? null : new BigDecimal(income),
        day("2026-05-31"),
        null);
  }

  static MarketFacts market() {
    return new MarketFacts(
        "market",
        NationalGround.NATION,
        List.of("NAME"),
        List.of("NAME"),
        List.of(new MarketFacts.Change(1, day("2026-01-01"), day("2026-01-01"))),
        List.of());
  }

  static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
