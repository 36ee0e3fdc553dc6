package dev.fairground.equal;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of a grant, the time of its decision apart. Pure.
 *
 * @param onTariff whether the price follows from the tariff and the discount, and from nothing else
 * @param clauses kinds and digests in order, parted by commas; empty for none
 */
record Terms(
    @Nullable BigDecimal unitPrice,
    boolean onTariff,
    BigDecimal discountPercent,
    @Nullable String delivery,
    @Nullable Integer paymentDays,
    BigDecimal deposit,
    BigDecimal minimumQuantity,
    String clauses) {

  static Terms of(Candidate candidate) {
    return new Terms(
        candidate.unitPrice(),
        candidate.onTariff(),
        candidate.discountPercent(),
        candidate.delivery(),
        candidate.paymentDays(),
        orZero(candidate.deposit()),
        orZero(candidate.minimumQuantity()),
        clauses(candidate.clauses()));
  }

  static Terms of(TermsGroup group) {
    return new Terms(
        group.unitPrice(),
        group.onTariff(),
        group.discountPercent(),
        group.delivery(),
        group.paymentDays(),
        orZero(group.deposit()),
        orZero(group.minimumQuantity()),
        group.clauses());
  }

  private static BigDecimal orZero(@Nullable BigDecimal amount) {
    return amount == null ? ZERO : amount;
  }

  /** As the database writes it: {@code KIND:md5}, sorted. */
  static String clauses(List<Candidate.Clause> clauses) {
    return clauses.stream()
        .map(clause -> clause.kind() + ":" + md5(clause.text()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How a field stands to that of others. */
  enum Side {
    SAME,
    /** Better for the holder. */
    BETTER,
    WORSE,
    /** Neither is better. */
    OTHER
  }

  /**
   * How these terms stand to others in a field.
   *
   * @param pricePercent by how much of the other's price they may differ and are the same still
   */
  Side against(Terms other, TermsField field, int pricePercent) {
    return switch (field) {
      case UNIT_PRICE -> price(other, pricePercent);
      case DISCOUNT -> more(discountPercent, other.discountPercent);
      case PAYMENT_DAYS ->
          paymentDays == null || other.paymentDays == null
              ? same(paymentDays, other.paymentDays)
              : more(BigDecimal.valueOf(paymentDays), BigDecimal.valueOf(other.paymentDays));
      case DEPOSIT -> more(other.deposit, deposit);
      case MINIMUM_QUANTITY -> more(other.minimumQuantity, minimumQuantity);
      case DELIVERY -> same(delivery, other.delivery);
      case CLAUSE -> same(clauses, other.clauses);
      case DECISION_DAYS -> Side.SAME;
    };
  }

  /** Prices that follow from the tariff are the same plan, however much is taken and whenever. */
  private Side price(Terms other, int percent) {
    if (onTariff && other.onTariff) {
      return Side.SAME;
    }
    if (unitPrice == null || other.unitPrice == null) {
      return same(unitPrice, other.unitPrice);
    }
    var distance = unitPrice.subtract(other.unitPrice).abs().movePointRight(2);
    return distance.compareTo(other.unitPrice.multiply(BigDecimal.valueOf(percent))) <= 0
        ? Side.SAME
        : more(other.unitPrice, unitPrice);
  }

  private static Side more(BigDecimal mine, BigDecimal others) {
    int sign = mine.compareTo(others);
    return sign == 0 ? Side.SAME : sign > 0 ? Side.BETTER : Side.WORSE;
  }

  private static Side same(@Nullable Object mine, @Nullable Object others) {
    return Objects.equals(mine, others) ? Side.SAME : Side.OTHER;
  }

  /** A field in words; empty where nothing was said. */
  String text(TermsField field) {
    return switch (field) {
      case UNIT_PRICE -> unitPrice == null ? "" : plain(unitPrice);
      case DISCOUNT -> plain(discountPercent);
      case DELIVERY -> Objects.requireNonNullElse(delivery, "");
      case PAYMENT_DAYS -> paymentDays == null ? "" : paymentDays.toString();
      case DEPOSIT -> plain(deposit);
      case MINIMUM_QUANTITY -> plain(minimumQuantity);
      case CLAUSE -> kinds();
      case DECISION_DAYS -> "";
    };
  }

  /** What a clause says stays with the parties. */
  private String kinds() {
    return clauses.isEmpty()
        ? ""
        : List.of(clauses.split(",", -1)).stream()
            .map(clause -> clause.substring(0, clause.indexOf(':')))
            .collect(Collectors.joining(", "));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
