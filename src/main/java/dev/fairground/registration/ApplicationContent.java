package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.registration.RegistrationBlock.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of an application's form: the members that are given, a null for each that is
 * cleared. What has not the form it must have is told, all of it.
 */
final class ApplicationContent {
  /** How many texts a member holds at most. */
  static final int MOST_TEXTS = 250;

  private ApplicationContent() {}

  /**
   * What was read.
   *
   * @param given the blocks with the members that were given, null for what is cleared
   */
  record Given(JsonObject given, List<UserError> errors) {
    /** The content with what was given put into it. */
    JsonObject into(JsonObject content) {
      return merged(content, given);
    }
  }

  /** Nothing was given where {@code input} is null. */
  static Given read(@Nullable Arguments input) {
    var given = new JsonObject();
    var errors = new ArrayList<UserError>();
    if (input == null) {
      return new Given(given, errors);
    }
    for (var block : RegistrationBlock.values()) {
      if (!input.isGiven(block.field())) {
        continue;
      }
      var members = input.input(block.field());
      if (members == null) {
        given.putNull(block.field());
        continue;
      }
      var values = new JsonObject();
      for (var member : block.members()) {
        if (members.isGiven(member.name())) {
          values.put(member.name(), value(members, member, errors));
        }
      }
      given.put(block.field(), values);
    }
    return new Given(given, List.copyOf(errors));
  }

  private static @Nullable Object value(Arguments input, Member member, List<UserError> errors) {
    if (!input.has(member.name())) {
      return null;
    }
    return switch (member.type()) {
      case CHOICE -> input.string(member.name());
      case TEXT -> ApplicationForm.text(input, member.name(), member.longest(), errors);
      case INSTANT -> String.valueOf(input.instant(member.name()));
      case DAY -> {
        var day = input.date(member.name());
        if (day != null && (day.getYear() < 1900 || day.getYear() > 2200)) {
          errors.add(
              InputError.at(
                  input,
                  member.name(),
                  UserErrorCode.INVALID,
                  "Must be a day between the years 1900 and 2200."));
        }
        yield String.valueOf(day);
      }
      case TEXTS -> {
        var texts = input.strings(member.name());
        if (texts.size() > MOST_TEXTS) {
          errors.add(
              InputError.at(
                  input, member.name(), UserErrorCode.INVALID, "At most " + MOST_TEXTS + "."));
        }
        texts.stream()
            .filter(text -> !ApplicationForm.fits(text, member.longest()))
            .findFirst()
            .ifPresent(
                text -> errors.add(ApplicationForm.length(input, member.name(), member.longest())));
        yield new JsonArray(texts.stream().distinct().toList());
      }
    };
  }

  /** Blocks with the members of others put over them; a null takes a member or a block away. */
  static JsonObject merged(JsonObject content, JsonObject over) {
    var merged = new JsonObject();
    for (var block : RegistrationBlock.values()) {
      var name = block.field();
      var values = new JsonObject();
      if (content.getJsonObject(name) != null
          && !(over.containsKey(name) && over.getValue(name) == null)) {
        values.mergeIn(content.getJsonObject(name));
      }
      if (over.getJsonObject(name) != null) {
        over.getJsonObject(name)
            .forEach(
                member -> {
                  if (member.getValue() == null) {
                    values.remove(member.getKey());
                  } else {
                    values.put(member.getKey(), member.getValue());
                  }
                });
      }
      if (!values.isEmpty()) {
        merged.put(name, values);
      }
    }
    return merged;
  }

  /** What the content says against itself, whoever wrote it. */
  static List<UserError> contradictions(Arguments input, JsonObject content) {
    var errors = new ArrayList<UserError>();
    var resource = content.getJsonObject(RegistrationBlock.RESOURCE.field());
    if (resource != null && resource.containsKey("startsOn") && resource.containsKey("endsOn")) {
      var starts = LocalDate.parse(resource.getString("startsOn"));
      if (LocalDate.parse(resource.getString("endsOn")).isBefore(starts)) {
        var path = new ArrayList<>(input.path("content"));
        path.addAll(List.of("resource", "endsOn"));
        errors.add(
            new InputError(
                UserErrorCode.INVALID,
                "The span of the data ends before it begins. Give a day from %s on."
                    .formatted(starts),
                path,
                null));
      }
    }
    return errors;
  }
}
