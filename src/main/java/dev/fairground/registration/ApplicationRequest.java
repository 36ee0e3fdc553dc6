package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an application's kind needs besides the blocks of the form. */
final class ApplicationRequest {
  private static final int LONGEST = 2_000;

  private ApplicationRequest() {}

  /** What is there, with the members that are given put over it; a null takes one away. */
  static JsonObject read(@Nullable Arguments input, JsonObject before, List<UserError> errors) {
    var request = before.copy();
    if (input == null) {
      return request;
    }
    if (input.isGiven("ground")) {
      put(request, "ground", input.string("ground"));
    }
    if (input.isGiven("years")) {
      var years = input.integer("years");
      if (years != null && years < 1) {
        errors.add(InputError.at(input, "years", UserErrorCode.INVALID, "Must be 1 or more."));
      }
      put(request, "years", years);
    }
    if (input.isGiven("changedOn")) {
      var day = input.date("changedOn");
      put(request, "changedOn", day == null ? null : day.toString());
    }
    for (var member : List.of("consent", "explanation")) {
      if (input.isGiven(member)) {
        put(request, member, ApplicationForm.text(input, member, LONGEST, errors));
      }
    }
    if (input.isGiven("evidence")) {
      var evidence = input.strings("evidence");
      if (evidence.size() > 50
          || !evidence.stream().allMatch(text -> ApplicationForm.fits(text, LONGEST))) {
        errors.add(
            InputError.at(
                input,
                "evidence",
                UserErrorCode.INVALID,
                "At most 50 texts of 1 to %d characters.".formatted(LONGEST)));
      }
      put(request, "evidence", evidence.isEmpty() ? null : new JsonArray(evidence));
    }
    return request;
  }

  private static void put(JsonObject request, String member, @Nullable Object value) {
    if (value == null) {
      request.remove(member);
    } else {
      request.put(member, value);
    }
  }
}
