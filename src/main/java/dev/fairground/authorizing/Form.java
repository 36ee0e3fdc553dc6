package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.resource.ResourceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads members of inputs, and adds what has not the form it must have. Pure. */
final class Form {
  static final int LONG = 10_000;
  static final int SHORT = 500;
  static final int NUMBER = 128;
  private static final int MOST_IN_SCOPE = 2_000;
  private static final int MOST_DATA_ITEMS = 500;

  private final Arguments input;
  private final List<UserError> errors;

  Form(Arguments input, List<UserError> errors) {
    this.input = input;
    this.errors = errors;
  }

  /** A text that may be left out; blank is as if it were. */
  @Nullable String text(String member, int longest) {
    var text = input.string(member);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.codePointCount(0, text.length()) > longest) {
      error(member, UserErrorCode.INVALID, "Must have at most %,d characters.".formatted(longest));
    }
    return text;
  }

  /** A text that has to be there. */
  String needed(String member, int longest) {
    var text = text(member, longest);
    if (text == null) {
      error(member, UserErrorCode.REQUIRED, "This step needs it. Give it a value.");
      return "";
    }
    return text;
  }

  /** A reason that has to be there. */
  String reason(String member) {
    var text = text(member, LONG);
    if (text == null) {
      error(member, UserErrorCode.REASON_REQUIRED, "This step needs a reason. Say why.");
      return "";
    }
    return text;
  }

  void error(String member, UserErrorCode code, String message) {
    errors.add(InputError.at(input, member, code, message));
  }

  void error(String member, UserErrorCode code, String message, String rule) {
    errors.add(new InputError(code, message, input.path(member), rule));
  }

  /** The resources of a scope, as plans keep them. */
  JsonArray resources() {
    var byId = new TreeMap<String, JsonObject>();
    for (var one : input.inputs("resources")) {
      var id = id(one, "resource", ResourceResolver.PREFIX);
      var resource = new JsonObject().put("resource", id);
      var items = one.strings("dataItems").stream().distinct().sorted().toList();
      if (items.size() > MOST_DATA_ITEMS) {
        errors.add(
            InputError.at(
                one,
                "dataItems",
                UserErrorCode.INVALID,
                "At most %d; leave them out for the whole resource.".formatted(MOST_DATA_ITEMS)));
      }
      if (!items.isEmpty()) {
        resource.put("dataItems", new JsonArray(items));
      }
      once(one, "resource", byId.put(id, resource));
    }
    return bounded("resources", byId);
  }

  /** The scenarios of a scope, as plans keep them. */
  JsonArray scenarios() {
    var byId = new TreeMap<String, JsonObject>();
    for (var one : input.inputs("scenarios")) {
      var id = id(one, "scenario", AuthorizationResolver.SCENARIO);
      once(
          one,
          "scenario",
          byId.put(id, new JsonObject().put("scenario", id).put("allowed", one.bool("allowed"))));
    }
    return bounded("scenarios", byId);
  }

  private static String id(Arguments one, String member, String prefix) {
    return Ids.write(prefix, Objects.requireNonNull(one.id(member, prefix)));
  }

  private void once(Arguments one, String member, @Nullable JsonObject before) {
    if (before != null) {
      errors.add(
          InputError.at(one, member, UserErrorCode.INVALID, "It is named twice. Name it once."));
    }
  }

  private JsonArray bounded(String member, TreeMap<String, JsonObject> byId) {
    if (byId.size() > MOST_IN_SCOPE) {
      error(member, UserErrorCode.INVALID, "At most %,d.".formatted(MOST_IN_SCOPE));
    }
    return new JsonArray(List.copyOf(byId.values()));
  }

  /** Members of a nested input, each by the same reading, without those that are left out. */
  @Nullable JsonObject nested(
      String member, List<String> names, Function<Form, Function<String, @Nullable String>> read) {
    var inner = input.input(member);
    if (inner == null) {
      return null;
    }
    var form = new Form(inner, errors);
    var values = new JsonObject();
    for (var name : names) {
      var value = read.apply(form).apply(name);
      if (value != null && !value.isEmpty()) {
        values.put(name, value);
      }
    }
    return values;
  }
}
