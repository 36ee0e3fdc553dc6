package dev.fairground.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A token as its owner sends it: {@code fg_}, 22 digits of its id, an underscore, 43 digits of 256
 * random bits and 6 digits of a CRC-32 over all before them; digits are those of base 62, {@code
 * 0-9A-Za-z}. Scanners find it by its form, and a slip of the pen is told without a database.
 *
 * @param id the token's own
 * @param text the whole; a secret
 */
record TokenText(UUID id, String text) {
  static final String PREFIX = "fg_";

  private static final Pattern FORM = Pattern.compile("fg_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}");
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int ID_DIGITS = 22;
  private static final int SECRET_DIGITS = 43;
  private static final int CHECK_DIGITS = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  static TokenText make(UUID id) {
    var secret = new BigInteger(256, RANDOM);
    var text = begin(id) + '_' + digits(secret, SECRET_DIGITS);
    return new TokenText(id, text + check(text));
  }

  /** Reads what a caller sent; null if nobody was ever given such a token. */
  static @Nullable TokenText read(String text) {
    if (!FORM.matcher(text).matches()) {
      return null;
    }
    var checked = text.substring(0, text.length() - CHECK_DIGITS);
    var id = number(text.substring(PREFIX.length(), PREFIX.length() + ID_DIGITS));
    if (id.bitLength() > 128 || !text.endsWith(check(checked))) {
      return null;
    }
    return new TokenText(new UUID(id.shiftRight(64).longValue(), id.longValue()), text);
  }

  /** What a token of that id begins with; shown, to recognise it by. */
  static String begin(UUID id) {
    return PREFIX + digits(new BigInteger(id.toString().replace("-", ""), 16), ID_DIGITS);
  }

  /** What is kept of it. */
  String digest() {
    return digest(text);
  }

  /** SHA-256 of a credential, in hexadecimal digits. */
  static String digest(String credential) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(credential.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Whether two digests are equal, in a time that does not tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private static String check(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
  }

  private static String digits(BigInteger number, int length) {
    var digits = new char[length];
    var rest = number;
    for (int i = length - 1; i >= 0; i--) {
      var parts = rest.divideAndRemainder(BASE);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }

  private static BigInteger number(String digits) {
    var number = BigInteger.ZERO;
    for (int i = 0; i < digits.length(); i++) {
      number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(i))));
    }
    return number;
  }

  /** The secret does not go into logs. */
  @Override
  public String toString() {
    return begin(id);
  }
}
