package dev.fairground.policy;

/** Unified social credit codes after GB 32100-2015. Pure. */
final class CreditCode {
  private static final String DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final int LENGTH = 18;
  private static final int BASE = 31;

  private CreditCode() {}

  /** Whether it has eighteen digits of the code and the last one is the check digit of the rest. */
  static boolean isRight(String code) {
    if (code.length() != LENGTH) {
      return false;
    }
    var sum = 0;
    var weight = 1;
    for (int i = 0; i < LENGTH - 1; i++) {
      var digit = DIGITS.indexOf(code.charAt(i));
      if (digit < 0) {
        return false;
      }
      sum += digit * weight;
      weight = weight * 3 % BASE;
    }
    return DIGITS.indexOf(code.charAt(LENGTH - 1)) == (BASE - sum % BASE) % BASE;
  }
}
