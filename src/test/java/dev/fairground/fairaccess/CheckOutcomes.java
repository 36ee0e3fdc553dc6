package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Outcome.BLOCK;
import static dev.fairground.fairaccess.Outcome.DISCLOSE;
import static dev.fairground.fairaccess.Outcome.FLAG;
import static dev.fairground.fairaccess.Outcome.NOT_APPLICABLE;
import static dev.fairground.fairaccess.Outcome.PASS;
import static dev.fairground.fairaccess.Outcome.UNKNOWN;

import java.util.EnumSet;
import java.util.Set;

/** Which outcomes each check can have under the national rules; docs/checks.md says the same. */
final class CheckOutcomes {
  private CheckOutcomes() {}

  static Set<Outcome> of(Check check) {
    return switch (check) {
      case FA_01 -> EnumSet.of(NOT_APPLICABLE, PASS, UNKNOWN, BLOCK);
      case FA_02, FA_11, FA_25 -> EnumSet.allOf(Outcome.class);
      case FA_09 -> EnumSet.of(NOT_APPLICABLE, PASS, DISCLOSE, FLAG, BLOCK);
      case FA_03, FA_10 -> EnumSet.of(NOT_APPLICABLE, PASS, UNKNOWN, FLAG, BLOCK);
      case FA_15 -> EnumSet.of(NOT_APPLICABLE, PASS, FLAG, BLOCK);
      case FA_08, FA_12 -> EnumSet.of(NOT_APPLICABLE, PASS, DISCLOSE, UNKNOWN, FLAG);
      case FA_26 -> EnumSet.of(NOT_APPLICABLE, PASS, UNKNOWN, FLAG);
      case FA_04 -> EnumSet.of(PASS, DISCLOSE, UNKNOWN, FLAG, BLOCK);
      case FA_05, FA_06, FA_17 -> EnumSet.allOf(Outcome.class);
      case FA_07, FA_16 -> EnumSet.of(NOT_APPLICABLE, PASS, UNKNOWN, FLAG, BLOCK);
      case FA_13, FA_21 -> EnumSet.of(NOT_APPLICABLE, PASS, DISCLOSE, UNKNOWN, FLAG);
      case FA_18 -> EnumSet.of(DISCLOSE, UNKNOWN, FLAG, BLOCK);
      case FA_19 -> EnumSet.of(NOT_APPLICABLE, PASS, DISCLOSE, UNKNOWN, BLOCK);
      case FA_20 -> EnumSet.of(NOT_APPLICABLE, PASS, UNKNOWN, FLAG);
      case FA_24 -> EnumSet.of(NOT_APPLICABLE, PASS, DISCLOSE, UNKNOWN, FLAG);
    };
  }
}
