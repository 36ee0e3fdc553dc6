package dev.fairground.fairaccess;

import dev.fairground.fairaccess.ProductFacts.Base;
import dev.fairground.fairaccess.ProductFacts.Bundle;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Condition;
import dev.fairground.fairaccess.ProductFacts.Conversion;
import dev.fairground.fairaccess.ProductFacts.Declaration;
import dev.fairground.fairaccess.ProductFacts.Grant;
import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.Member;
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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Facts from a seed: the same seed, the same facts. From few values each, and mostly those of a
 * good market, so that every outcome of every check comes about, and few of them at once.
 */
final class GeneratedFacts {
  static final LocalDate DAY = LocalDate.of(2026, 6, 15);
  private static final List<String> ITEMS = List.of("a", "b", "c");
  private static final List<String> CLASSES =
      List.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE", "INDUSTRY");

  private final Random random;

  GeneratedFacts(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  Facts any() {
    return switch (random.nextInt(14)) {
      case 0 -> grant();
      case 1 -> operator();
      case 2 -> market();
      case 3, 4 -> new GeneratedAccess(random).request();
      case 5, 6, 7 -> new GeneratedAccess(random).grant();
      default -> product();
    };
  }

  ProductFacts product() {
    var resources = random.nextInt(1, chance(15) ? 12 : 3);
    var uses = list(resources, this::use);
    var scenarios = some(3, this::scenario);
    return new ProductFacts(
        id("dp", 1),
        chance(50) ? null : 1,
        org(1),
        NationalGround.NATION,
        chance(90) ? "DATA_PRODUCT" : "SERVICE_CAPABILITY",
        mostly("API", "DATASET"),
        mostly("BASE", "REDEVELOPED"),
        mostly("INDUSTRY", "PUBLIC_WELFARE"),
        grade(),
        flag(false),
        chance(90) ? some(2, () -> one("API", "FILE", "SANDBOX", "VERIFICATION")) : null,
        orNull(80, () -> day(-300, 10)),
        orNull(80, () -> day(100, 900)),
        orNull(60, () -> day(-60, 5)),
        orNull(80, () -> day(-60, 0)),
        grantOf(),
        chance(95) ? distinct(uses, Use::resourceId) : null,
        chance(90) ? distinct(scenarios, Scenario::scenarioId) : null,
        chance(90) ? distinct(some(3, this::price), Price::id) : null,
        distinct(some(4, this::ceiling), Ceiling::id),
        chance(60) ? List.of(registration()) : some(3, this::registration),
        some(2, this::declaration),
        chance(80) ? org(random.nextInt(1, 5)) : null,
        chance(70)
            ? new Base(
                id("dp", 2),
                org(random.nextInt(1, 3)),
                orNull(15, () -> day(-100, -10)),
                chance(85) ? some(3, this::related) : null)
            : null,
        chance(70) ? List.of() : some(2, this::bundle),
        chance(70) ? ProductFacts.Offer.NONE : new GeneratedAccess(random).offer());
  }

  private Grant grantOf() {
    return new Grant(
        id("ag", 1),
        "AG-1",
        mostly("ACTIVE", "ENDED", "EXITING", "SUSPENDED"),
        mostly("BY_SCENARIO", "OVERALL", "BY_FIELD"),
        orNull(5, () -> day(-700, 20)),
        orNull(5, () -> day(-20, chance(20) ? 2500 : 900)),
        orNull(50, () -> "because"),
        distinct(
            list(14, () -> new InScope(resource(), chance(70) ? null : items())),
            InScope::resourceId),
        distinct(
            some(9, () -> new ScopedScenario(id("sce", random.nextInt(4)), chance(85))),
            ScopedScenario::scenarioId));
  }

  private Use use() {
    var used = chance(50) ? null : items();
    return new Use(
        resource(),
        used,
        chance(80) ? ITEMS : null,
        mostly("ORIGINAL", "SHARED_IN", "UNKNOWN"),
        flag(true),
        orNull(8, () -> mostly("UNCONDITIONAL", "NOT_OPEN")),
        grade(),
        flag(false),
        orNull(14, () -> one("t1", "t2", "t3", "t4", "t5", "t6")),
        chance(80)
            ? (used == null ? ITEMS : used).stream().filter(item -> chance(50)).toList()
            : null,
        chance(70) ? List.of(registration()) : some(2, this::registration));
  }

  private Scenario scenario() {
    return new Scenario(
        id("sce", random.nextInt(4)),
        chance(85),
        mostly("INDUSTRY", "PUBLIC_WELFARE", "PUBLIC_GOVERNANCE"),
        orNull(80, () -> day(-10, 100)));
  }

  private Price price() {
    var free = chance(20);
    return new Price(
        id("tar", random.nextInt(100)),
        set(),
        "item",
        one("QUERY", "QUERY", "DATA"),
        mostly("PER_CALL", "PER_TIME"),
        orNull(90, () -> "1000"),
        mostly("CNY", "USD"),
        orNull(70, () -> free ? BigDecimal.ZERO : amount()),
        null,
        free ? CLASSES : chance(90) ? List.of("INDUSTRY") : List.of("PUBLIC_WELFARE"),
        free,
        chance(10),
        day(-30, 10),
        orNull(70, () -> day(0, 100)),
        tiers(free));
  }

  private Ceiling ceiling() {
    return new Ceiling(
        id("pc", random.nextInt(100)),
        set(),
        one("QUERY", "QUERY", "DATA"),
        orNull(75, () -> id("sce", random.nextInt(4))),
        mostly("PER_CALL", "PER_TIME"),
        orNull(90, () -> "1000"),
        mostly("CNY", "USD"),
        chance(10),
        day(-100, 10),
        orNull(60, () -> day(-10, 400)),
        orNull(30, this::amount),
        null,
        tiers(false),
        some(2, () -> new Conversion(one("PER_CALL", "PER_TIME"), null, BigDecimal.TEN)));
  }

  private List<Tier> tiers(boolean free) {
    var tiers = new ArrayList<Tier>();
    for (int i = 0, count = random.nextInt(1, 4); i < count; i++) {
      tiers.add(new Tier(BigDecimal.valueOf(i * 100L), free ? BigDecimal.ZERO : amount()));
    }
    return tiers;
  }

  private Registration registration() {
    return new Registration(
        id("reg", random.nextInt(100)),
        mostly("VALID", "VALID", "DEREGISTERED", "REVOKED"),
        day(-400, 5),
        day(chance(20) ? -30 : 10, 600),
        chance(10));
  }

  private Declaration declaration() {
    return new Declaration(
        id("decl", random.nextInt(100)),
        one("REGRADED", "PERSONAL_INFORMATION_BASIS", "TECHNICAL_NEED", "PROCESSED"),
        "because",
        orNull(30, () -> "a report"));
  }

  private Related related() {
    return new Related(
        org(random.nextInt(1, 6)), chance(50), chance(60), List.of(id("af", random.nextInt(100))));
  }

  private Bundle bundle() {
    return new Bundle(
        id("pb", random.nextInt(100)),
        list(
            random.nextInt(1, 4),
            () -> new Member(id("dp", random.nextInt(100)), orNull(10, this::amount), chance(95))),
        amount(),
        "CNY",
        some(2, () -> new Condition("buy computing too", orNull(50, () -> "it needs a key"))));
  }

  GrantFacts grant() {
    return new GrantFacts(
        id("ag", 1),
        NationalGround.NATION,
        "AG-1",
        mostly("ACTIVE", "ENDED", "AGREED", "SELECTING"),
        org(2),
        org(chance(90) ? 1 : 2),
        chance(90) ? List.of("OPERATOR") : List.of("OPERATOR", "DATA_AUTHORITY"),
        chance(90) ? some(2, () -> org(random.nextInt(2, 6))) : null,
        chance(80) ? some(3, this::related) : null,
        day(-100, 0),
        day(100, 900),
        null,
        orNull(6, () -> mostly("OPEN_TENDER", "OTHER", "NEGOTIATION")),
        orNull(50, () -> "a basis"),
        orNull(10, () -> day(-200, -195)),
        orNull(10, () -> day(-194, -180)),
        orNull(10, () -> random.nextInt(1, 5)),
        flag(false),
        orNull(50, () -> "a reason"),
        orNull(10, () -> "FCR-1"));
  }

  OperatorFacts operator() {
    return new OperatorFacts(
        id("org", 1),
        NationalGround.NATION,
        chance(90) ? 1 : 0,
        orNull(10, () -> day(-10, 0)),
        orNull(20, () -> 3),
        day(-10, 0),
        chance(60)
            ? List.of()
            : distinct(
                some(3, () -> new OperatorFacts.Changed(id("dp", random.nextInt(9)), day(-9, 0))),
                OperatorFacts.Changed::productId),
        chance(80) ? List.of() : List.of(id("dp", 10)),
        chance(80) ? List.of() : List.of(id("dp", 11)),
        5,
        chance(60),
        some(3, this::cap));
  }

  private OperatorFacts.Cap cap() {
    var ended = chance(40);
    return new OperatorFacts.Cap(
        id("rc", random.nextInt(100)),
        day(ended ? -500 : -200, ended ? -400 : -10),
        ended ? day(-60, -1) : day(10, 200),
        "CNY",
        BigDecimal.valueOf(100),
        orNull(20, () -> BigDecimal.valueOf(random.nextInt(130))),
        orNull(10, () -> day(ended ? -60 : -30, 0)),
        orNull(50, () -> BigDecimal.valueOf(random.nextInt(30))));
  }

  MarketFacts market() {
    return new MarketFacts(
        "market",
        NationalGround.NATION,
        chance(95) ? List.of("NAME", "RELEVANCE") : List.of("NAME", "OWNERSHIP"),
        chance(85) ? some(6, () -> one("NAME", "RELEVANCE", "NAME", "OWNERSHIP")) : null,
        some(3, () -> new MarketFacts.Change(random.nextInt(1, 4), day(-5, 0), day(0, 10))),
        chance(85) ? (chance(80) ? List.of() : List.of(id("dp", 12))) : null);
  }

  private static String id(String prefix, int number) {
    return prefix + "_" + String.format("%032x", number);
  }

  static UUID org(int number) {
    return new UUID(0, number);
  }

  private String resource() {
    return id("res", random.nextInt(chance(75) ? 4 : 9));
  }

  private @Nullable String grade() {
    return orNull(4, () -> mostly("GENERAL_1", "GENERAL_2", "IMPORTANT", "CORE"));
  }

  private @Nullable Boolean flag(boolean usual) {
    return chance(85) ? (Boolean) usual : chance(50) ? (Boolean) !usual : null;
  }

  private List<String> items() {
    var items = new ArrayList<>(ITEMS);
    items.remove(random.nextInt(3));
    return chance(70) ? items : List.of(items.getFirst());
  }

  private Instant set() {
    return DAY.minusDays(random.nextInt(40)).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextInt(1, 60), 2);
  }

  private LocalDate day(int from, int to) {
    return DAY.plusDays(random.nextInt(from, to + 1));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** The first mostly. */
  @SafeVarargs
  private <T> T mostly(T first, T... others) {
    return chance(85) ? first : others[random.nextInt(others.length)];
  }

  @SafeVarargs
  private <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> @Nullable T orNull(int percentNull, Supplier<T> value) {
    return chance(percentNull) ? null : value.get();
  }

  private <T> List<T> some(int below, Supplier<T> make) {
    return list(random.nextInt(below + 1), make);
  }

  /** The first of each key. */
  private static <T> List<T> distinct(List<T> list, Function<T, String> key) {
    var seen = new HashSet<String>();
    return list.stream().filter(one -> seen.add(key.apply(one))).toList();
  }

  private static <T> List<T> list(int count, Supplier<T> make) {
    var list = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      list.add(make.get());
    }
    return list;
  }
}
