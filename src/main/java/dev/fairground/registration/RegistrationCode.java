package dev.fairground.registration;

import java.security.SecureRandom;

/**
 * Codes of registrations that a registrar has made here. To us every code is opaque; ours look like
 * those of the national platform, with two digits of the province before random ones.
 */
final class RegistrationCode {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DIGITS = 22;

  private RegistrationCode() {}

  static String make(String jurisdiction) {
    var code = new StringBuilder(DIGITS);
    jurisdiction
        .chars()
        .filter(Character::isDigit)
        .limit(2)
        .forEach(digit -> code.append((char) digit));
    while (code.length() < DIGITS) {
      code.append((char) ('0' + RANDOM.nextInt(10)));
    }
    return code.toString();
  }

  /** The number of the sheet that confirms a code. */
  static String sheet(String code) {
    return "QRD-" + code;
  }
}
