package dev.fairground.fairaccess;

import dev.fairground.fairaccess.AccessGrantFacts.Authorization;
import dev.fairground.fairaccess.AccessGrantFacts.Clause;
import dev.fairground.fairaccess.AccessGrantFacts.Deviation;
import dev.fairground.fairaccess.AccessGrantFacts.Held;
import dev.fairground.fairaccess.AccessGrantFacts.Peer;
import dev.fairground.fairaccess.AccessGrantFacts.Terms;
import dev.fairground.fairaccess.RequestFacts.Decision;
import dev.fairground.fairaccess.RequestFacts.Given;
import dev.fairground.fairaccess.RequestFacts.Month;
import dev.fairground.fairaccess.RequestFacts.Notice;
import dev.fairground.fairaccess.RequestFacts.Permit;
import dev.fairground.fairaccess.RequestFacts.Span;
import dev.fairground.fairaccess.RequestFacts.Use;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests, access grants and terms of products from a seed, mostly good ones. */
final class GeneratedAccess {
  private static final LocalDate DAY = GeneratedFacts.DAY;
  private static final List<String> FACTORS = List.of("SCALE", "TERM", "CREDIT");

  private final Random random;

  GeneratedAccess(Random random) {
    this.random = random;
  }

  ProductFacts.Offer offer() {
    var first = policy(1);
    var policies = chance(60) ? List.of(first) : List.of(first, policy(2));
    return new ProductFacts.Offer(
        chance(90) ? policies : List.of(),
        chance(70)
            ? null
            : new ProductFacts.SoleHolder(
                id("acg", 7), day(-800, -10), chance(50) ? List.of() : List.of(id("acr", 7))));
  }

  private StatedPolicy policy(int version) {
    var shown = day(-400, -100);
    return new StatedPolicy(
        id("acp", version),
        version,
        shown,
        shown.plusDays(chance(90) ? 10 : 2),
        version == 1 ? "FIRST" : one("TIGHTER", "LOOSER", "NEUTRAL"),
        chance(80)
            ? StatedPolicy.BASIC_REASONS
            : List.of("BAD_CREDIT", "CAPACITY_EXHAUSTED", "FORBIDDEN_BY_LAW"),
        chance(80) ? FACTORS : List.of("TERM"),
        orNull(70, () -> chance(80) ? 30 : 90),
        orNull(80, () -> BigDecimal.TEN),
        orNull(50, () -> "it costs that much"),
        orNull(80, () -> BigDecimal.TEN),
        orNull(50, () -> "it is a risk"),
        chance(80)
            ? List.of()
            : List.of(
                new StatedPolicy.Passage(id("stt", 1), one("使用方享有独家使用权", "不得转让", "以独家口径发布"))));
  }

  RequestFacts request() {
    var first = chance(95) ? 1 : 2;
    var policies = new ArrayList<>(List.of(policy(1), policy(2)));
    if (chance(10)) {
      policies.removeFirst();
    }
    var decided = chance(70);
    return new RequestFacts(
        id("acr", 1),
        NationalGround.NATION,
        "AR-1",
        id("dp", 1),
        decided
            ? one("GRANTED", "REFUSED", "REFUSED", "WITHDRAWN", "REFUSAL_UPHELD")
            : one("SUBMITTED", "INCOMPLETE"),
        chance(95) ? day(-90, -1) : day(-500, -400),
        orNull(10, () -> day(-5, 20)),
        chance(20),
        chance(90) ? 0 : 2,
        chance(60) ? List.of() : list(chance(80) ? 1 : 2, this::notice),
        first,
        policies,
        orNull(5, this::permit),
        decided ? list(1, this::decision) : List.of(),
        orNull(60, () -> use(id("acg", 9))));
  }

  private Notice notice() {
    return new Notice(
        day(-40, -30), orNull(70, () -> day(-29, -20)), orNull(15, () -> day(-15, 3)));
  }

  private Decision decision() {
    return new Decision(
        id("acd", 1),
        one("APPROVED", "REFUSED", "REFUSED", "REFUSED", "OVERTURNED", "UPHELD"),
        day(-10, 0),
        orNull(10, () -> chance(80)),
        chance(90) ? list(chance(80) ? 1 : 2, this::given) : List.of());
  }

  private Given given() {
    return new Given(
        one(
            "SCENARIO_NOT_ALLOWED",
            "CLASSIFICATION",
            "FORBIDDEN_BY_LAW",
            "BAD_CREDIT",
            "CAPACITY_EXHAUSTED",
            "INCOMPLETE_AFTER_NOTICE"),
        orNull(25, () -> "a law"),
        orNull(25, () -> "12"),
        orNull(
            5,
            () ->
                one("第 3 位，预计 2026-09-01", "not possible", "申请人是我方竞争对手", "queue: 4, on 2026-8-1")),
        orNull(50, () -> "come back"));
  }

  private Permit permit() {
    return new Permit(
        id("ag", 1),
        "AG-1",
        mostly("BY_SCENARIO", "OVERALL", "BY_FIELD"),
        orNull(10, () -> id("sce", 1)),
        chance(75) ? (Boolean) true : orNull(50, () -> false),
        chance(90));
  }

  private Use use(String grant) {
    var from = day(-200, -20);
    var months = new ArrayList<Month>();
    var reported = chance(85) ? 95 : 30;
    for (var on = from.withDayOfMonth(1); on.isBefore(DAY); on = on.plusMonths(1)) {
      if (chance(reported)) {
        months.add(
            new Month(
                on,
                chance(80),
                chance(50),
                rarely(),
                rarely(),
                rarely(),
                rarely(),
                rarely(),
                rarely()));
      }
    }
    return new Use(
        grant,
        chance(80) ? List.of(new Span(from, orNull(50, () -> day(-10, 300)))) : List.of(),
        months);
  }

  private int rarely() {
    return chance(98) ? 0 : 3;
  }

  AccessGrantFacts grant() {
    var used = chance(85) ? 1 : 2;
    var policies = new ArrayList<>(List.of(policy(1), policy(2)));
    if (chance(10)) {
      policies.remove(random.nextInt(2));
    }
    var ended = chance(25);
    var until = day(100, 300);
    var ends = chance(60) ? until : day(-5, 60);
    return new AccessGrantFacts(
        id("acg", 1),
        NationalGround.NATION,
        "ACG-1",
        id("dp", 1),
        mostly("PUBLISHED", "DELISTED"),
        mostly("INDUSTRY", "PUBLIC_WELFARE", "PUBLIC_GOVERNANCE"),
        ended ? "ENDED" : mostly("ACTIVE", "AWAITING_SIGNATURE", "SUSPENDED"),
        ended
            ? one(
                "EXPIRED",
                "AGREED",
                "BREACH",
                "SECURITY",
                "PRODUCT_EXIT",
                "AUTHORIZATION_EXIT",
                "NOT_SIGNED")
            : null,
        orNull(50, () -> "because"),
        orNull(50, () -> chance(80) ? day(-60, 0) : ends),
        day(-200, -20),
        ends,
        until,
        day(-230, -201),
        chance(75),
        terms(),
        orNull(15, () -> chance(50)),
        chance(95) ? 1 : 2,
        used,
        policies,
        chance(60) ? List.of() : list(random.nextInt(1, 3), this::clause),
        chance(70) ? List.of() : list(1, this::deviation),
        orNull(8, () -> chance(70) ? List.of() : list(random.nextInt(1, 3), this::unlike)),
        chance(30) ? List.of() : list(random.nextInt(1, 3), this::peer),
        new Authorization(
            id("ag", 1),
            "AG-1",
            mostly("ACTIVE", "EXITING", "ENDED"),
            orNull(5, () -> day(-900, -190)),
            orNull(5, () -> day(50, 900)),
            orNull(5, () -> day(chance(90) ? 300 : 50, 900)),
            orNull(95, () -> day(-230, -100))),
        orNull(5, this::permit),
        use(id("acg", 1)),
        orNull(5, () -> new Held(topics(), chance(80) ? 0 : 4)));
  }

  private List<String> topics() {
    var topics = new ArrayList<String>();
    for (int i = 0, count = random.nextInt(chance(70) ? 5 : 11); i < count; i++) {
      topics.add("topic" + i);
    }
    return topics;
  }

  private Terms terms() {
    return new Terms(
        orNull(8, () -> BigDecimal.valueOf(chance(90) ? 100 : 95)),
        mostly("CNY", "USD"),
        chance(95) ? BigDecimal.ZERO : BigDecimal.TEN,
        orNull(20, () -> mostly("API", "FILE")),
        orNull(40, () -> mostly(30, 7)),
        orNull(85, () -> BigDecimal.valueOf(chance(50) ? 10 : 20)),
        orNull(90, () -> BigDecimal.ONE));
  }

  private Deviation deviation() {
    return new Deviation(
        one("UNIT_PRICE", "DEPOSIT", "PAYMENT_DAYS", "MINIMUM_QUANTITY"),
        one("SCALE", "TERM", "CREDIT"),
        "because",
        orNull(20, () -> "a record"));
  }

  private Peer peer() {
    return new Peer(id("acg", random.nextInt(20, 99)), terms());
  }

  private AccessGrantFacts.Unlike unlike() {
    var holds = chance(50);
    return new AccessGrantFacts.Unlike(
        one("UNIT_PRICE", "DEPOSIT", "DECISION_DAYS", "CLAUSE"),
        chance(70),
        orNull(20, () -> chance(50)),
        holds ? "CREDIT" : null,
        holds ? null : "No reason of the closed list is named.");
  }

  private Clause clause() {
    return new Clause(
        random.nextInt(1, 9),
        one("DELIVERY", "SECURITY", "OTHER", "ADDITIONAL_PURCHASE", "LOYALTY_DISCOUNT"),
        mostly(
            "按接口交付",
            "使用方享有独家使用权",
            "未经同意不得向第三方披露数据",
            "以独家口径发布",
            "全部需求向甲方采购的，享受九折",
            "the licence is exclusive use"),
        orNull(50, () -> "it needs a key"));
  }

  private static String id(String prefix, int number) {
    return prefix + "_" + String.format("%032x", number);
  }

  private LocalDate day(int from, int to) {
    return DAY.plusDays(random.nextInt(from, to + 1));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

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

  private static <T> List<T> list(int count, Supplier<T> make) {
    var list = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      list.add(make.get());
    }
    return list;
  }
}
