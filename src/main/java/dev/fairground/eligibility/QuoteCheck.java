package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.eligibility.Quotes.Quoted;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import dev.fairground.pricing.PricingResolver;
import java.math.BigDecimal;
import java.util.Objects;

/** Whether there is a price, and if not, why. A price that is missing stands against nobody. */
final class QuoteCheck {
  private QuoteCheck() {}

  static EligibilityCheck of(Known known, Quoted quoted) {
    var quote = quoted.quote();
    var free = quote != null && quote.freeOfCharge();
    var said =
        new Said(
            "QUOTE",
            text("价格", "A price was published"),
            known.basis(free ? "publicUseFree" : "industryPriceBound"),
            quote == null || quote.items().isEmpty()
                ? new String[] {known.product().globalId()}
                : quote.items().stream()
                    .map(item -> Ids.write(PricingResolver.TARIFF, item.tariffId()))
                    .toArray(String[]::new));
    if (quote == null) {
      return said.of(Outcome.UNKNOWN, why(quoted), remedy(quoted));
    }
    if (free) {
      return said.pass(text("免费。", "It is free of charge."));
    }
    return quote.total() == null
        ? said.of(
            Outcome.NOT_APPLICABLE,
            text("未说明数量，无法计算总价。", "Without a quantity there is no total."),
            text("请说明数量。", "Say how much is wanted."))
        : said.pass(
            text(plain(quote.total(), quote.currency()), plain(quote.total(), quote.currency())));
  }

  private static Text why(Quoted quoted) {
    return switch (Objects.requireNonNull(quoted.missing())) {
      case NO_TARIFF -> text("该日没有公布的价格。", "No price is published for the first day of the term.");
      case NO_TARIFF_FOR_CLASS -> text("没有适用于该用途类别的价格。", "No price is for this class of purpose.");
      case NO_TARIFF_FOR_UNIT -> text("没有按该计量单位的价格。", "No price is by this unit.");
      case UNIT_NEEDED -> text("有多种计量单位。", "There are prices by several units.");
      case CURRENCIES_DIFFER -> text("各项目币种不同。", "The items are in several currencies.");
    };
  }

  private static Text remedy(Quoted quoted) {
    var units = String.join("; ", quoted.units());
    return switch (Objects.requireNonNull(quoted.missing())) {
      case NO_TARIFF, NO_TARIFF_FOR_CLASS, CURRENCIES_DIFFER ->
          text("请向运营机构询价。", "Ask the operator, who publishes one before it decides.");
      case NO_TARIFF_FOR_UNIT, UNIT_NEEDED ->
          text("请选择计量单位：%s。".formatted(units), "Choose a unit: %s.".formatted(units));
    };
  }

  private static String plain(BigDecimal amount, String currency) {
    return amount.stripTrailingZeros().toPlainString() + " " + currency;
  }
}
