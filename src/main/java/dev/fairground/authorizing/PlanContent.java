package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant.Mode;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The twelve items of a plan as they are given: what is named changes, a null clears. Pure. */
final class PlanContent {
  static final List<String> CONDITIONS =
      List.of("funds", "management", "technology", "service", "security");

  private static final List<String> TEXTS =
      List.of(
          "need",
          "modeText",
          "content",
          "updateFrequency",
          "quality",
          "termReason",
          "construction",
          "technicalSupport",
          "schedule",
          "evaluation",
          "exitTerms",
          "assets",
          "accounting",
          "security",
          "duties",
          "supervision",
          "other");

  private static final int MOST_WORDS = 50;
  private static final int MOST_PRODUCTS = 500;
  private static final int MOST_LANGUAGES = 50;

  private final Arguments input;
  private final JsonObject given = new JsonObject();
  private final List<UserError> errors = new ArrayList<>();
  private final Form form;

  private PlanContent(Arguments input) {
    this.input = input;
    this.form = new Form(input, errors);
  }

  /**
   * What was read.
   *
   * @param given the members that were given, null for those that are cleared
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
      return merged;
    }
  }

  static Given read(@Nullable Arguments input) {
    if (input == null) {
      return new Given(new JsonObject(), List.of());
    }
    var content = new PlanContent(input);
    content.readAll();
    return new Given(content.given, List.copyOf(content.errors));
  }

  private void readAll() {
    if (input.isGiven("title")) {
      titles();
    }
    TEXTS.stream()
        .filter(input::isGiven)
        .forEach(name -> given.put(name, form.text(name, Form.LONG)));
    if (input.isGiven("operatorConditions")) {
      put(
          "operatorConditions",
          form.nested(
              "operatorConditions", CONDITIONS, inner -> name -> inner.text(name, Form.LONG)));
    }
    if (input.isGiven("mode")) {
      given.put("mode", input.string("mode"));
    }
    words("fields");
    words("regionCodes");
    if (input.isGiven("resources")) {
      put("resources", form.resources());
    }
    if (input.isGiven("scenarios")) {
      put("scenarios", form.scenarios());
    }
    day("startsOn");
    day("endsOn");
    if (input.isGiven("products")) {
      products();
    }
  }

  private void titles() {
    var titles = new JsonArray();
    var locales = new HashSet<String>();
    for (var one : input.inputs("title")) {
      var title = new Form(one, errors);
      var locale = requireNonNull(one.string("locale"));
      if (!locales.add(locale)) {
        title.error("locale", UserErrorCode.INVALID, "This language is there twice. Give one.");
      }
      titles.add(
          new JsonObject().put("locale", locale).put("value", title.needed("value", Form.SHORT)));
    }
    if (titles.size() > MOST_LANGUAGES) {
      form.error("title", UserErrorCode.INVALID, "At most " + MOST_LANGUAGES + " languages.");
    }
    put("title", titles);
  }

  private void words(String name) {
    if (!input.isGiven(name)) {
      return;
    }
    var words = input.strings(name).stream().distinct().toList();
    if (words.size() > MOST_WORDS
        || words.stream().anyMatch(word -> word.isBlank() || word.length() > Form.SHORT)) {
      form.error(
          name,
          UserErrorCode.INVALID,
          "At most %d, each of 1 to %d characters.".formatted(MOST_WORDS, Form.SHORT));
    }
    put(name, new JsonArray(words));
  }

  private void day(String name) {
    if (input.isGiven(name)) {
      var day = input.date(name);
      given.put(name, day == null ? null : day.toString());
    }
  }

  private void products() {
    var products = new JsonArray();
    for (var one : input.inputs("products")) {
      var product = new Form(one, errors);
      var kept =
          new JsonObject()
              .put("title", product.needed("title", Form.SHORT))
              .put("class", one.string("class"));
      var expected = product.text("form", Form.SHORT);
      if (expected != null) {
        kept.put("form", expected);
      }
      products.add(kept);
    }
    if (products.size() > MOST_PRODUCTS) {
      form.error("products", UserErrorCode.INVALID, "At most %d.".formatted(MOST_PRODUCTS));
    }
    put("products", products);
  }

  private void put(String name, @Nullable Object value) {
    var empty =
        value == null
            || value instanceof JsonArray array && array.isEmpty()
            || value instanceof JsonObject object && object.isEmpty();
    given.put(name, empty ? null : value);
  }

  /** Members that do not go together, whoever gave them. */
  static List<UserError> contradictions(Arguments input, JsonObject content) {
    var errors = new ArrayList<UserError>();
    var at = requireNonNull(input.input("content"));
    var form = new Form(at, errors);
    var startsOn = content.getString("startsOn");
    var endsOn = content.getString("endsOn");
    if (startsOn != null
        && endsOn != null
        && LocalDate.parse(endsOn).isBefore(LocalDate.parse(startsOn))) {
      form.error(
          "endsOn",
          UserErrorCode.INVALID,
          "The last day is before the first, which is %s. Name that day or a later one."
              .formatted(startsOn),
          "termInOrder");
    }
    var other = Mode.OTHER.name().equals(content.getString("mode"));
    if (!other && content.getString("modeText") != null) {
      form.error(
          "modeText",
          UserErrorCode.INVALID,
          "Only the mode OTHER is told in words. Leave it out, or name that mode.");
    }
    return errors;
  }
}
