package dev.fairground.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.eligibility.Quotes.Missing;
import dev.fairground.eligibility.Quotes.Wanted;
import dev.fairground.fairaccess.PriceComparison;
import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Conversion;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every quote, over thousands of prices from seeds. A failure names its seed. */
class QuotesPropertyTest {
  private static final int SEEDS = 3_000;
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate END = LocalDate.of(2027, 3, 1);

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  private static Price price(
      String unit,
      String currency,
      @Nullable BigDecimal fee,
      @Nullable String period,
      List<Tier> tiers) {
    return new Price(
        "tar_1",
        Instant.EPOCH,
        "查询",
        "query",
        unit,
        null,
        currency,
        fee,
        period,
        List.of("INDUSTRY"),
        false,
        false,
        LocalDate.of(2020, 1, 1),
        null,
        tiers);
  }

  private static PricedItem item(Price price) {
    return new PricedItem(UUID.randomUUID(), 1, 1, null, price);
  }

  private static Wanted wanted(@Nullable BigDecimal quantity) {
    return new Wanted("INDUSTRY", DAY, END, null, null, quantity);
  }

  private static Quote quote(
      List<PricedItem> items, List<Ceiling> ceilings, @Nullable BigDecimal quantity) {
    return Objects.requireNonNull(
        Quotes.of(wanted(quantity), items, ceilings, List.of(), 1).quote());
  }

  private static BigDecimal known(@Nullable BigDecimal amount) {
    return Objects.requireNonNull(amount);
  }

  private static BigDecimal amount(Random random, int most, int decimals) {
    return BigDecimal.valueOf(random.nextLong(most * (long) Math.pow(10, decimals)) + 1, decimals);
  }

  private static List<Tier> tiers(Random random) {
    var tiers = new ArrayList<Tier>();
    var from = BigDecimal.ZERO;
    for (int i = 0; i <= random.nextInt(5); i++) {
      tiers.add(new Tier(from, amount(random, 10, 6)));
      from = from.add(amount(random, 1_000, 2));
    }
    return tiers;
  }

  private static PricedItem generated(Random random) {
    var fee = random.nextBoolean() ? amount(random, 1_000, 2) : null;
    return item(
        price(
            "PER_CALL",
            "CNY",
            fee,
            fee == null ? null : List.of("ONCE", "MONTH", "YEAR").get(random.nextInt(3)),
            tiers(random)));
  }

  /** The same sum, one small amount after the other. */
  private static BigDecimal slowly(List<Tier> tiers, BigDecimal quantity) {
    var sum = BigDecimal.ZERO;
    for (var at = BigDecimal.ZERO; at.compareTo(quantity) < 0; at = at.add(number("0.5"))) {
      var price = tiers.getFirst().unitPrice();
      for (var tier : tiers) {
        if (tier.fromQuantity().compareTo(at) <= 0) {
          price = tier.unitPrice();
        }
      }
      sum = sum.add(price.multiply(number("0.5")));
    }
    return sum;
  }

  @Test
  void each_part_of_a_quantity_costs_the_price_of_the_step_that_it_lies_in() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var tiers = new ArrayList<Tier>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        tiers.add(
            new Tier(number(String.valueOf(i * (5 + random.nextInt(3)))), amount(random, 10, 4)));
      }
      var quantity = BigDecimal.valueOf(1 + random.nextInt(80)).divide(number("2"));
      var quote =
          quote(List.of(item(price("PER_CALL", "CNY", null, null, tiers))), List.of(), quantity);

      assertThat(quote.total()).as("seed " + seed).isEqualByComparingTo(slowly(tiers, quantity));
    }
  }

  @Test
  void steps_divide_the_whole_quantity_and_add_up_to_the_total() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var item = generated(random);
      var quantity = amount(random, 10_000, 6);
      var quote = quote(List.of(item), List.of(), quantity);
      var only = quote.items().getFirst();
      var fee = only.fee() == null ? BigDecimal.ZERO : only.fee().total();

      assertThat(
              only.steps().stream()
                  .map(QuoteStep::quantity)
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .as("seed " + seed)
          .isEqualByComparingTo(quantity);
      assertThat(only.steps().stream().map(QuoteStep::amount).reduce(fee, BigDecimal::add))
          .as("seed " + seed)
          .isEqualByComparingTo(only.total());
      assertThat(quote.total()).isEqualByComparingTo(only.total());
      assertThat(quote.unitPrice())
          .isEqualByComparingTo(known(quote.total()).divide(quantity, 6, RoundingMode.HALF_UP));
    }
  }

  @Test
  void more_never_costs_less_and_a_longer_term_never_either() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var items = List.of(generated(random));
      var quantity = amount(random, 5_000, 3);
      var more = quantity.add(amount(random, 100, 6));
      var longer =
          Objects.requireNonNull(
              Quotes.of(
                      new Wanted(
                          "INDUSTRY", DAY, END.plusDays(random.nextInt(900)), null, null, quantity),
                      items,
                      List.of(),
                      List.of(),
                      1)
                  .quote());
      var quote = quote(items, List.of(), quantity);

      assertThat(quote(items, List.of(), more).total())
          .as("seed " + seed)
          .isGreaterThanOrEqualTo(quote.total());
      assertThat(longer.total()).as("seed " + seed).isGreaterThanOrEqualTo(quote.total());
    }
  }

  @Test
  void several_items_of_a_unit_cost_what_each_of_them_does_together() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var quantity = amount(random, 5_000, 3);
      var items = List.of(generated(random), generated(random), generated(random));
      var each =
          items.stream()
              .map(item -> known(quote(List.of(item), List.of(), quantity).total()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);

      assertThat(quote(items, List.of(), quantity).total())
          .as("seed " + seed)
          .isEqualByComparingTo(each);
    }
  }

  private static Ceiling ceiling(Random random, boolean converted) {
    return new Ceiling(
        "pc_1",
        Instant.EPOCH,
        "query",
        null,
        converted ? "PER_VOLUME" : "PER_CALL",
        null,
        "CNY",
        false,
        LocalDate.of(2020, 1, 1),
        null,
        amount(random, 1_000, 2),
        "MONTH",
        tiers(random),
        converted
            ? List.of(
                new Conversion("PER_CALL", null, BigDecimal.valueOf(1 + random.nextInt(1_000))))
            : List.of());
  }

  @Test
  void a_price_that_keeps_its_ceiling_at_every_step_has_headroom_at_every_quantity() {
    var compared = 0;
    for (int seed = 0; seed < SEEDS * 3; seed++) {
      var random = new Random(seed);
      var ceiling = ceiling(random, random.nextBoolean());
      var price = price("PER_CALL", "CNY", amount(random, 300, 2), "MONTH", tiers(random));
      var kept =
          PriceComparison.lines(List.of(price), List.of(ceiling), List.of(), new Period(DAY, DAY))
              .stream()
              .allMatch(line -> line.kind() == Kind.WITHIN);
      var quote = quote(List.of(item(price)), List.of(ceiling), amount(random, 5_000, 6));
      if (kept) {
        compared++;
        assertThat(quote.headroom()).as("seed " + seed).isNotNull();
        assertThat(known(quote.headroom()).signum()).as("seed " + seed).isNotNegative();
      }
      if (quote.headroom() != null) {
        assertThat(known(quote.total()).add(quote.headroom()))
            .isEqualByComparingTo(quote.ceilingTotal());
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  @Test
  void a_price_as_high_as_its_ceiling_leaves_nothing() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var ceiling = ceiling(random, false);
      var price =
          price("PER_CALL", "CNY", ceiling.baseFee(), ceiling.baseFeePeriod(), ceiling.tiers());
      var quote = quote(List.of(item(price)), List.of(ceiling), amount(random, 5_000, 6));

      assertThat(quote.headroom()).as("seed " + seed).isEqualByComparingTo(BigDecimal.ZERO);
    }
  }

  @Test
  void use_for_governance_and_welfare_is_free_whatever_the_prices_say() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      for (var purpose : List.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE")) {
        var quote =
            Objects.requireNonNull(
                Quotes.of(
                        new Wanted(purpose, DAY, END, "PER_CALL", null, amount(random, 99, 2)),
                        random.nextBoolean() ? List.of() : List.of(generated(random)),
                        List.of(),
                        List.of(),
                        3)
                    .quote());
        assertThat(quote.freeOfCharge()).isTrue();
        assertThat(quote.total()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(quote.unitPrice()).isEqualByComparingTo(BigDecimal.ZERO);
      }
    }
  }

  private static @Nullable Missing missing(Wanted wanted, PricedItem... items) {
    return Quotes.of(wanted, List.of(items), List.of(), List.of(), 1).missing();
  }

  @Test
  void where_no_price_fits_it_says_why() {
    var tiers = List.of(new Tier(BigDecimal.ZERO, BigDecimal.ONE));
    var calls = item(price("PER_CALL", "CNY", null, null, tiers));
    var whole = item(price("PER_PRODUCT", "CNY", BigDecimal.TEN, "YEAR", List.of()));
    var dollars = item(price("PER_CALL", "USD", null, null, tiers));
    var later = wanted(BigDecimal.ONE);

    assertThat(missing(later)).isEqualTo(Missing.NO_TARIFF);
    assertThat(missing(later, calls, whole)).isEqualTo(Missing.UNIT_NEEDED);
    assertThat(missing(later, calls, dollars)).isEqualTo(Missing.CURRENCIES_DIFFER);
    assertThat(
            missing(
                new Wanted("INDUSTRY", DAY, END, "PER_TIME", null, BigDecimal.ONE), calls, whole))
        .isEqualTo(Missing.NO_TARIFF_FOR_UNIT);
    assertThat(
            missing(new Wanted("INDUSTRY", LocalDate.of(2019, 1, 1), END, null, null, null), calls))
        .isEqualTo(Missing.NO_TARIFF);
  }

  @Test
  void without_a_quantity_a_fee_has_a_total_and_a_price_by_quantity_has_none() {
    var tiers = List.of(new Tier(BigDecimal.ZERO, BigDecimal.ONE));
    var whole = item(price("PER_PRODUCT", "CNY", BigDecimal.TEN, "YEAR", List.of()));

    assertThat(quote(List.of(whole), List.of(), null).total()).isEqualByComparingTo("10");
    assertThat(
            quote(List.of(item(price("PER_CALL", "CNY", null, null, tiers))), List.of(), null)
                .total())
        .isNull();
  }

  @Test
  void the_largest_quantity_keeps_every_decimal() {
    var tiers = List.of(new Tier(BigDecimal.ZERO, number("0.000001")));
    var quote =
        quote(
            List.of(item(price("PER_CALL", "CNY", null, null, tiers))),
            List.of(),
            number("99999999999999.999999"));

    assertThat(quote.total()).isEqualByComparingTo("99999999.999999999999");
    assertThat(quote.unitPrice()).isEqualByComparingTo("0.000001");
  }
}
