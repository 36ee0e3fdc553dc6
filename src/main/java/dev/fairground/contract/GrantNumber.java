package dev.fairground.contract;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Numbers of grants: the day, and eight letters and digits that nobody takes for one another. */
final class GrantNumber {
  // Crockford's: without I, L, O and U.
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 8;

  private GrantNumber() {}

  /** Pure: the number of the grant with a random id that was given on a day. */
  static String of(LocalDate day, UUID id) {
    var bits = id.getLeastSignificantBits();
    var number = new StringBuilder("AG-");
    number.append(DateTimeFormatter.BASIC_ISO_DATE.format(day)).append('-');
    for (int i = 0; i < LENGTH; i++) {
      number.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
    }
    return number.toString();
  }
}
