package dev.fairground.registration;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Pure: how long registrations are valid (公共数据资源登记管理暂行办法, 15). */
final class Validity {
  private Validity() {}

  /**
   * The last day of a first term, which begins on the day of the code.
   *
   * @param authorizedUntil the last day of the authorization that a product rests on; null for
   *     resources
   */
  static LocalDate first(LocalDate codedOn, int years, @Nullable LocalDate authorizedUntil) {
    return earlier(codedOn.plusYears(years).minusDays(1), authorizedUntil);
  }

  /** The last day of the term that follows on one that ends on {@code validUntil}. */
  static LocalDate renewed(LocalDate validUntil, int years, @Nullable LocalDate authorizedUntil) {
    return earlier(validUntil.plusDays(1).plusYears(years).minusDays(1), authorizedUntil);
  }

  /** Whether a renewal may be applied for: so many days before the end, or later, until it. */
  static boolean mayRenew(LocalDate validUntil, int windowDays, LocalDate today) {
    return !today.isBefore(validUntil.minusDays(windowDays)) && !today.isAfter(validUntil);
  }

  private static LocalDate earlier(LocalDate day, @Nullable LocalDate bound) {
    return bound != null && bound.isBefore(day) ? bound : day;
  }
}
