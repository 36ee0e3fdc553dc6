package dev.fairground.jurisdiction;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the values of rules may be, by their units. Pure. */
final class RuleValues {
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern WORDS =
      Pattern.compile("[A-Z][A-Z0-9_]{0,49}( [A-Z][A-Z0-9_]{0,49}){0,19}");

  private static final Map<Rule.Unit, Integer> MOST =
      Map.of(
          Rule.Unit.WORKING_DAYS, 2_500,
          Rule.Unit.DAYS, 36_500,
          Rule.Unit.MONTHS, 1_200,
          Rule.Unit.YEARS, 100,
          Rule.Unit.PERCENT, 1_000,
          Rule.Unit.COUNT, 1_000_000);

  /** Members of the form of a registration, as {@code scenario.prohibited}. */
  private static final String FORM_MEMBERS = "registrationFormMembers";

  private static final Pattern MEMBERS =
      Pattern.compile(
          "[a-z][A-Za-z]{0,49}\\.[a-z][A-Za-z]{0,49}( [a-z][A-Za-z]{0,49}\\.[a-z][A-Za-z]{0,49}){0,19}");

  /**
   * Units of what the server acts on and no shipped rule of the nation names: a first set with
   * another unit would not be understood, and could not be put right either, as a name keeps its
   * unit.
   */
  private static final Map<String, Rule.Unit> UNITS =
      Map.ofEntries(
          Map.entry("supplementWd", Rule.Unit.WORKING_DAYS),
          Map.entry("changeWd", Rule.Unit.WORKING_DAYS),
          Map.entry("changeSubjectWd", Rule.Unit.WORKING_DAYS),
          Map.entry("exitNoticeMonths", Rule.Unit.MONTHS),
          Map.entry("authTermStrict", Rule.Unit.BOOLEAN),
          Map.entry("confirmationSheet", Rule.Unit.BOOLEAN),
          Map.entry("operatorMayBePublicInstitution", Rule.Unit.BOOLEAN),
          Map.entry("operatorKinds", Rule.Unit.CHOICE),
          Map.entry("consentBeforeListing", Rule.Unit.CHOICE),
          Map.entry("registrationPublicFields", Rule.Unit.CHOICE),
          Map.entry(FORM_MEMBERS, Rule.Unit.CHOICE));

  /** Lists of words that the server acts on. */
  private static final Map<String, Set<String>> LISTS =
      Map.of(
          "operatorKinds", Set.of("ORGAN", "PUBLIC_INSTITUTION", "ENTERPRISE", "OTHER"),
          "registrationPublicFields", Set.of("SECTOR", "JOINT_HOLDERS"));

  /** Choices that the server acts on: another word would not be understood. */
  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "productRegistration", Set.of("REQUIRED", "ENCOURAGED"),
          "resourceRegistrationCheck", Set.of("DISCLOSE", "FLAG", "BLOCK"),
          "productRegistrationCheck", Set.of("FLAG", "BLOCK"),
          "consentBeforeListing", Set.of("NONE", "INSTITUTION", "AUTHORITY", "BOTH"),
          "industryPriceBound", Set.of("CEILING", "FREE"),
          "defaultMode", Set.of("OVERALL", "BY_FIELD", "BY_SCENARIO", "OTHER"));

  private static final Pattern EXTENSIONS = Pattern.compile(".+Extensions");
  private static final Pattern EXTENSION_MOST = Pattern.compile(".+WdExtensionMax");

  private RuleValues() {}

  /** The unit that the server reads a name by; null where it reads none, or a rule says it. */
  static Rule.@Nullable Unit unit(String name) {
    if (EXTENSIONS.matcher(name).matches()) {
      return Rule.Unit.COUNT;
    }
    return EXTENSION_MOST.matcher(name).matches() ? Rule.Unit.WORKING_DAYS : UNITS.get(name);
  }

  /** What is wrong with a value, and what would be right; null where nothing is. */
  static @Nullable String fault(String name, Rule.Unit unit, String value) {
    return switch (unit) {
      case WORKING_DAYS, DAYS, MONTHS, YEARS, PERCENT, COUNT -> number(unit, value);
      case MONTH_DAY -> isMonthDay(value) ? null : "has to be a day that every year has, as 03-31";
      case BOOLEAN ->
          value.equals("true") || value.equals("false") ? null : "has to be true or false";
      case CHOICE -> choice(name, value);
    };
  }

  private static @Nullable String number(Rule.Unit unit, String value) {
    int most = MOST.getOrDefault(unit, 0);
    return WHOLE.matcher(value).matches() && Integer.parseInt(value) <= most
        ? null
        : "has to be a whole number from 0 to %d".formatted(most);
  }

  private static boolean isMonthDay(String value) {
    try {
      return value.matches("[0-9]{2}-[0-9]{2}")
          && !MonthDay.parse("--" + value).equals(MonthDay.of(2, 29));
    } catch (DateTimeException none) {
      return false;
    }
  }

  private static @Nullable String choice(String name, String value) {
    var known = CHOICES.get(name);
    if (known != null && !known.contains(value)) {
      return "has to be one of " + String.join(", ", known.stream().sorted().toList());
    }
    if (name.equals(FORM_MEMBERS)) {
      return MEMBERS.matcher(value).matches()
          ? null
          : "has to be members of the form with their blocks, as scenario.prohibited";
    }
    var list = LISTS.get(name);
    if (list != null && !list.containsAll(List.of(value.split(" ", -1)))) {
      return "has to be some of " + String.join(", ", list.stream().sorted().toList());
    }
    return WORDS.matcher(value).matches()
        ? null
        : "has to be a word of capitals, or some with a space between them";
  }
}
