package dev.fairground.draft;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.resource.ResourceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input {@code ProductContentInput}: the members that are given, a null for each that is
 * cleared. What has not the form it must have is told, all of it.
 */
final class DraftContent {
  /** The members whose change wants new reviews: what was reviewed, and for which use. */
  static final List<String> SCOPE =
      List.of(
          "authorization",
          "resources",
          "scenarios",
          "purposeClass",
          "form",
          "grade",
          "personalInformation",
          "tier");

  /** The grade of what must not be offered. */
  static final String NEVER_OFFERED = "CORE";

  static final String NEVER_OFFERED_TEXT = "Core data is never offered. Choose a lower grade.";

  private static final int MOST_DATA_ITEMS = 500;
  private static final int MOST_LANGUAGES = 50;
  private static final int LONGEST_ITEM = 500;
  private static final int LONGEST_LEAD_TIME = 10_000;

  private static final List<String> VALUES =
      List.of("form", "tier", "purposeClass", "updateFrequency", "grade", "capabilityKind");

  private static final Map<String, Integer> TEXTS =
      new TreeMap<>(
          Map.of(
              "field", 200,
              "sectorCode", 64,
              "regionCode", 64,
              "capacity", 1_000,
              "accessTerms", 10_000,
              "tradingVenue", 500));

  private final Arguments input;
  private final JsonObject given = new JsonObject();
  private final List<UserError> errors = new ArrayList<>();

  private DraftContent(Arguments input) {
    this.input = input;
  }

  /**
   * What was read.
   *
   * @param given the members that were given, null for those that are cleared
   * @param errors what has not the form it must have
   */
  record Given(JsonObject given, List<UserError> errors) {
    /** The content with what was given put into it. */
    JsonObject into(JsonObject content) {
      var merged = content.copy();
      given.forEach(
          member -> {
            if (member.getValue() == null) {
              merged.remove(member.getKey());
            } else {
              merged.put(member.getKey(), member.getValue());
            }
          });
      return ordered(merged);
    }
  }

  /** Nothing was given where {@code input} is null. */
  static Given read(@Nullable Arguments input) {
    if (input == null) {
      return new Given(new JsonObject(), List.of());
    }
    var content = new DraftContent(input);
    content.readAll();
    return new Given(content.given, List.copyOf(content.errors));
  }

  private void readAll() {
    texts("title", 500);
    texts("summary", 10_000);
    if (input.isGiven("authorization")) {
      var id = input.id("authorization", AuthorizationResolver.PREFIX);
      given.put("authorization", id == null ? null : Ids.write(AuthorizationResolver.PREFIX, id));
    }
    resources();
    scenarios();
    VALUES.stream().filter(input::isGiven).forEach(name -> given.put(name, input.string(name)));
    TEXTS.forEach(this::text);
    if (input.isGiven("deliveries")) {
      put("deliveries", new JsonArray(input.strings("deliveries").stream().distinct().toList()));
    }
    day("dataUpdatedOn");
    day("startsOn");
    day("endsOn");
    if (input.isGiven("personalInformation")) {
      given.put("personalInformation", input.bool("personalInformation"));
    }
    leadTime();
    if (NEVER_OFFERED.equals(input.string("grade"))) {
      error("grade", UserErrorCode.INVALID, NEVER_OFFERED_TEXT);
    }
  }

  private void texts(String name, int longest) {
    if (!input.isGiven(name)) {
      return;
    }
    var texts = new JsonArray();
    var locales = new HashSet<String>();
    for (var text : input.inputs(name)) {
      var locale = Objects.requireNonNull(text.string("locale"));
      var value = Objects.requireNonNull(text.string("value"));
      if (!locales.add(locale)) {
        errors.add(
            InputError.at(
                text, "locale", UserErrorCode.INVALID, "This language is there twice. Give one."));
      }
      length(text, "value", value, longest);
      texts.add(new JsonObject().put("locale", locale).put("value", value));
    }
    if (texts.size() > MOST_LANGUAGES) {
      error(name, UserErrorCode.INVALID, "At most " + MOST_LANGUAGES + " languages.");
    }
    put(name, texts);
  }

  private void resources() {
    if (!input.isGiven("resources")) {
      return;
    }
    var byId = new TreeMap<String, JsonObject>();
    for (var one : input.inputs("resources")) {
      var id = Ids.write(ResourceResolver.PREFIX, id(one, "resource", ResourceResolver.PREFIX));
      var resource = new JsonObject().put("resource", id);
      var items = one.strings("dataItems").stream().distinct().toList();
      items.forEach(item -> length(one, "dataItems", item, LONGEST_ITEM));
      if (items.size() > MOST_DATA_ITEMS) {
        errors.add(
            InputError.at(
                one,
                "dataItems",
                UserErrorCode.INVALID,
                "At most " + MOST_DATA_ITEMS + "; leave them out for the whole resource."));
      }
      if (!items.isEmpty()) {
        resource.put("dataItems", new JsonArray(items));
      }
      once(one, "resource", byId.put(id, resource));
    }
    put("resources", new JsonArray(List.copyOf(byId.values())));
  }

  private void scenarios() {
    if (!input.isGiven("scenarios")) {
      return;
    }
    var byId = new TreeMap<String, JsonObject>();
    for (var one : input.inputs("scenarios")) {
      var prefix = AuthorizationResolver.SCENARIO;
      var id = Ids.write(prefix, id(one, "scenario", prefix));
      var allowed = !Boolean.FALSE.equals(one.bool("allowed"));
      var scenario = new JsonObject().put("scenario", id).put("allowed", allowed);
      once(one, "scenario", byId.put(id, scenario));
    }
    put("scenarios", new JsonArray(List.copyOf(byId.values())));
  }

  private static java.util.UUID id(Arguments one, String name, String prefix) {
    return Objects.requireNonNull(one.id(name, prefix));
  }

  private void once(Arguments one, String name, @Nullable JsonObject before) {
    if (before != null) {
      errors.add(
          InputError.at(one, name, UserErrorCode.INVALID, "It is there twice. Name it once."));
    }
  }

  private void text(String name, int longest) {
    if (!input.isGiven(name)) {
      return;
    }
    var value = input.string(name);
    if (value != null) {
      length(input, name, value, longest);
    }
    given.put(name, value);
  }

  private void length(Arguments at, String name, String value, int longest) {
    var length = value.codePointCount(0, value.length());
    if (value.isBlank() || length > longest) {
      errors.add(
          InputError.at(
              at,
              name,
              UserErrorCode.INVALID,
              "Must have 1 to %d characters and not only blanks, but has %d. Leave it out to have none."
                  .formatted(longest, length)));
    }
  }

  private void day(String name) {
    if (!input.isGiven(name)) {
      return;
    }
    var day = input.date(name);
    if (day != null && (day.getYear() < 1900 || day.getYear() > 2200)) {
      error(name, UserErrorCode.INVALID, "Must be a day of the years 1900 to 2200.");
    }
    given.put(name, day == null ? null : day.toString());
  }

  private void leadTime() {
    if (!input.isGiven("leadTimeWorkingDays")) {
      return;
    }
    var days = input.integer("leadTimeWorkingDays");
    if (days != null && (days < 0 || days > LONGEST_LEAD_TIME)) {
      error(
          "leadTimeWorkingDays",
          UserErrorCode.INVALID,
          "Must be 0 to " + LONGEST_LEAD_TIME + " working days.");
    }
    given.put("leadTimeWorkingDays", days);
  }

  private void put(String name, JsonArray list) {
    given.put(name, list.isEmpty() ? null : list);
  }

  private void error(String name, UserErrorCode code, String message) {
    errors.add(InputError.at(input, name, code, message));
  }

  /** The texts in the order of an entry: the language of the title first, then by their tags. */
  private static JsonObject ordered(JsonObject content) {
    var titles = content.getJsonArray("title");
    var main = titles == null ? null : titles.getJsonObject(0).getString("locale");
    order(content, "title", main);
    order(content, "summary", main);
    return content;
  }

  private static void order(JsonObject content, String name, @Nullable String main) {
    var texts = content.getJsonArray(name);
    if (texts == null) {
      return;
    }
    var byLocale = new TreeMap<String, JsonObject>();
    var first = main == null ? texts.getJsonObject(0).getString("locale") : main;
    for (int i = 0; i < texts.size(); i++) {
      var text = texts.getJsonObject(i);
      byLocale.put(
          (text.getString("locale").equals(first) ? " " : "+") + text.getString("locale"), text);
    }
    content.put(name, new JsonArray(List.copyOf(byLocale.values())));
  }

  /** What does not go together in a whole content; each at its member. */
  static List<UserError> contradictions(
      Arguments around, @Nullable Arguments given, JsonObject content, ProductDraft.Kind kind) {
    return contradictions((given == null ? around : given)::path, content, kind);
  }

  /**
   * The same of content that no input gave.
   *
   * @param at the path of a member
   */
  static List<UserError> contradictions(
      Function<String, List<String>> at, JsonObject content, ProductDraft.Kind kind) {
    var errors = new ArrayList<UserError>();
    var startsOn = content.getString("startsOn");
    var endsOn = content.getString("endsOn");
    if (startsOn != null
        && endsOn != null
        && LocalDate.parse(endsOn).isBefore(LocalDate.parse(startsOn))) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "It ends before it starts, on " + startsOn + ".",
              at.apply("endsOn"),
              null));
    }
    if (endsOn != null && startsOn == null) {
      errors.add(
          new InputError(
              UserErrorCode.REQUIRED,
              "What has a last day has a first one, too.",
              at.apply("startsOn"),
              null));
    }
    if (kind == ProductDraft.Kind.DATA_PRODUCT) {
      for (var member : List.of("capabilityKind", "capacity", "leadTimeWorkingDays")) {
        if (content.containsKey(member)) {
          errors.add(
              new InputError(
                  UserErrorCode.INVALID,
                  "Only a service capability has it. Clear it.",
                  at.apply(member),
                  null));
        }
      }
    }
    return errors;
  }
}
