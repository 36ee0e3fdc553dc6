package dev.fairground.jurisdiction;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All that stands against a rule set, from its input and from what is published. Pure. */
record RuleSetDecision(Arguments input, Ground ground, LocalDate today) {
  static final int MOST_PARAMETERS = 200;

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{1,63}");

  /**
   * What is published.
   *
   * @param version the newest set's number; 0 where there is none
   * @param lastEffectiveOn the latest day on which one of the sets begins; null where there is none
   * @param coveredUntil the last day of the sets; null where one has no end, or where there is none
   * @param units by name, of the jurisdiction's own rules and of those above
   */
  record Ground(
      int version,
      @Nullable LocalDate lastEffectiveOn,
      @Nullable LocalDate coveredUntil,
      Map<String, Rule.Unit> units) {}

  List<UserError> errors() {
    var errors = new ArrayList<UserError>();
    length(errors, input, "title.zh", title("zh"), 200);
    length(errors, input, "title.en", title("en"), 200);
    days(errors);
    parameters(errors);
    return errors;
  }

  private @Nullable String title(String language) {
    return Objects.requireNonNull(input.input("title")).string(language);
  }

  private void days(List<UserError> errors) {
    var from = Objects.requireNonNull(input.date("effectiveOn"));
    var to = input.date("endsOn");
    if (from.isBefore(today)) {
      errors.add(
          broken(
              "effectiveOn",
              "RULES_NOT_BACKDATED",
              "A rule set begins today (%s) or later: what was decided by others stays decided."
                  .formatted(today)));
    }
    if (to != null && to.isBefore(from)) {
      errors.add(
          broken(
              "endsOn",
              "TERM_NOT_REVERSED",
              "The last day has to be %s or later.".formatted(from)));
    }
    var last = ground.lastEffectiveOn();
    var replaces = Boolean.TRUE.equals(input.bool("replaces"));
    if (last != null && (from.isBefore(last) || replaces && from.isEqual(last))) {
      errors.add(
          broken(
              "effectiveOn",
              "RULES_IN_ORDER",
              replaces
                  ? "It would reach back behind a published set, which begins on %s: a set that replaces others begins after them."
                      .formatted(last)
                  : "It would reach back behind a published set, which begins on %s. Take that day or a later one."
                      .formatted(last)));
    }
    var covered = ground.coveredUntil();
    if (covered != null) {
      // Where they ended before today there is a hole already, and today is the first day that ends
      // it.
      var next = covered.isBefore(today) ? today : covered.plusDays(1);
      if (from.isAfter(next)) {
        errors.add(
            broken(
                "effectiveOn",
                "RULES_WITHOUT_HOLE",
                "The published sets end on %s, and no rule would be in force until this one begins. Take %s or an earlier day."
                    .formatted(covered, next)));
      }
    }
  }

  private void parameters(List<UserError> errors) {
    var parameters = input.inputs("parameters");
    if (parameters.isEmpty() || parameters.size() > MOST_PARAMETERS) {
      errors.add(
          InputError.at(
              input,
              "parameters",
              parameters.isEmpty() ? UserErrorCode.REQUIRED : UserErrorCode.QUOTA,
              "A rule set has from 1 to %d parameters.".formatted(MOST_PARAMETERS)));
      return;
    }
    var seen = new HashSet<String>();
    for (var parameter : parameters) {
      var name = Objects.requireNonNull(parameter.string("name"));
      if (!NAME.matcher(name).matches()) {
        errors.add(
            InputError.at(
                parameter,
                "name",
                UserErrorCode.INVALID,
                "A name has 2 to 64 letters and digits and begins with a small letter, as reviewWd."));
      } else if (!seen.add(name)) {
        errors.add(
            new InputError(
                UserErrorCode.ALREADY_EXISTS,
                "A rule set has each parameter once.",
                parameter.path("name"),
                "RULE_ONCE"));
      }
      value(errors, parameter, name);
      length(errors, parameter, "description.zh", text(parameter, "zh"), 1_000);
      length(errors, parameter, "description.en", text(parameter, "en"), 1_000);
      length(errors, parameter, "document", parameter.string("document"), 500);
      if (parameter.has("clause")) {
        length(errors, parameter, "clause", parameter.string("clause"), 100);
      }
      if (parameter.has("url") && !isWebAddress(parameter.string("url"))) {
        errors.add(
            InputError.at(
                parameter, "url", UserErrorCode.INVALID, "It is an address of http or https."));
      }
    }
  }

  private static boolean isWebAddress(@Nullable String text) {
    try {
      var uri = URI.create(Objects.requireNonNull(text));
      return text.length() <= 2_000
          && uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static @Nullable String text(Arguments parameter, String language) {
    return Objects.requireNonNull(parameter.input("description")).string(language);
  }

  private void value(List<UserError> errors, Arguments parameter, String name) {
    var unit = Objects.requireNonNull(parameter.value("unit", Rule.Unit.class));
    var known = ground.units().getOrDefault(name, RuleValues.unit(name));
    if (known != null && known != unit) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "%s is counted in %s, and stays so: whatever reads it expects that."
                  .formatted(name, known),
              parameter.path("unit"),
              "RULE_KEEPS_ITS_UNIT"));
    }
    var fault = RuleValues.fault(name, unit, Objects.requireNonNull(parameter.string("value")));
    if (fault != null) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "A value in %s %s.".formatted(unit, fault),
              parameter.path("value"),
              "RULE_VALUE_BY_UNIT"));
    }
  }

  private static void length(
      List<UserError> errors, Arguments at, String member, @Nullable String text, int most) {
    if (text == null || text.isBlank() || text.length() > most) {
      errors.add(
          InputError.at(
              at,
              member,
              UserErrorCode.INVALID,
              "It has from 1 to %,d characters.".formatted(most)));
    }
  }

  private InputError broken(String member, String rule, String message) {
    return new InputError(UserErrorCode.INVALID, message, input.path(member), rule);
  }
}
