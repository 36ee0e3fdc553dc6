package dev.fairground.policy;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of words, texts and numbers in a policy; reports all that is amiss. */
final class PolicyForm {
  private static final int MOST_LANGUAGES = 20;
  private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(14);

  private PolicyForm() {}

  static @Nullable String words(
      Arguments input, String member, int longest, List<UserError> errors) {
    var words = input.string(member);
    if (words != null
        && (words.isBlank()
            || !words.strip().equals(words)
            || words.indexOf('\0') >= 0
            || words.codePointCount(0, words.length()) > longest)) {
      errors.add(
          invalid(
              input,
              member,
              "Must have 1 to %d characters, without blanks around them.".formatted(longest)));
    }
    return words;
  }

  /**
   * A text in some languages, the first of them its original.
   *
   * @param original the language that has to be its original; null for the first one
   */
  static @Nullable Text text(
      Arguments input,
      String member,
      int longest,
      @Nullable String original,
      List<UserError> errors) {
    var texts = new LinkedHashMap<String, String>();
    var given = input.inputs(member);
    for (var one : given) {
      var value = Objects.requireNonNull(words(one, "value", longest, errors));
      if (texts.put(Objects.requireNonNull(one.string("locale")), value) != null) {
        errors.add(invalid(one, "locale", "This language is there twice. Give one text of it."));
      }
    }
    if (given.size() > MOST_LANGUAGES) {
      errors.add(InputError.at(input, member, UserErrorCode.QUOTA, "Give at most 20 languages."));
    }
    if (texts.isEmpty()) {
      return null;
    }
    var locale = original == null ? texts.keySet().iterator().next() : original;
    var value = texts.remove(locale);
    if (value == null) {
      errors.add(
          invalid(
              input,
              member,
              "Give it in %s too, the first language of the title.".formatted(locale)));
      return null;
    }
    return new Text(value, locale, texts);
  }

  /** A text that has to be there. */
  static Text needed(
      Arguments input,
      String member,
      int longest,
      @Nullable String original,
      List<UserError> errors) {
    var before = errors.size();
    var text = text(input, member, longest, original, errors);
    if (text == null) {
      if (errors.size() == before) {
        errors.add(
            InputError.at(
                input, member, UserErrorCode.REQUIRED, "Give it in one language at least."));
      }
      return Text.of("-", "und");
    }
    return text;
  }

  /** An exact number above 0. */
  static @Nullable BigDecimal number(
      Arguments input, String member, int decimals, List<UserError> errors) {
    var number = input.decimal(member);
    if (number != null
        && (number.signum() <= 0
            || number.compareTo(TOO_MUCH) >= 0
            || number.stripTrailingZeros().scale() > decimals)) {
      errors.add(
          invalid(
              input,
              member,
              "Must be above 0 and below 10^14, with at most %d decimals. Leave it out for none."
                  .formatted(decimals)));
    }
    return number;
  }

  static @Nullable Integer days(
      Arguments input, String member, int least, int most, List<UserError> errors) {
    var days = input.integer(member);
    if (days != null && (days < least || days > most)) {
      errors.add(invalid(input, member, "Must be between %d and %d.".formatted(least, most)));
    }
    return days;
  }

  /** Something that says why, which is senseless without what it explains. */
  static @Nullable String why(
      Arguments input, String member, String explained, List<UserError> errors) {
    var why = words(input, member, 10_000, errors);
    if (why != null && !input.has(explained)) {
      errors.add(
          invalid(
              input, member, "It says why there is a %s, and there is none.".formatted(explained)));
    }
    return why;
  }

  static void atMost(Arguments input, String member, int given, int most, List<UserError> errors) {
    if (given > most) {
      errors.add(
          InputError.at(
              input, member, UserErrorCode.QUOTA, "There may be at most %d.".formatted(most)));
    }
  }

  static InputError invalid(Arguments input, String member, String message) {
    return InputError.at(input, member, UserErrorCode.INVALID, message);
  }
}
