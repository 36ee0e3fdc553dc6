package dev.fairground.registration;

import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.registration.ApplicationGrounds.Ground;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pure: everything that stands against submitting an application on a day. */
final class SubmissionRules {
  private SubmissionRules() {}

  /**
   * @param registration what it is about; null for a first registration
   * @param at the path of the application in the arguments
   */
  static List<UserError> problems(
      RegistrationApplication of,
      Ground ground,
      @Nullable Registration registration,
      LocalDate today,
      List<String> at) {
    var errors = new ArrayList<UserError>();
    for (var gap :
        RegistrationGap.of(of.kind(), of.subjectKind(), of.content(), ground.formMembers())) {
      errors.add(
          error(
              UserErrorCode.REQUIRED,
              "The form is not complete without it. Give the application a value for it.",
              "completeApplication",
              at,
              "content",
              gap.block(),
              String.valueOf(gap.member())));
    }
    if (ground.otherOpen()) {
      errors.add(
          error(
              UserErrorCode.ALREADY_EXISTS,
              "Another application of this kind for the same thing is under way. Wait for it, or withdraw it.",
              "oneApplication",
              at));
    }
    if (of.kind() == Registration.Kind.FIRST) {
      first(errors, of, ground, today, at);
    } else {
      ofRegistered(errors, of, ground, registration, today, at);
    }
    return errors;
  }

  private static void first(
      List<UserError> errors,
      RegistrationApplication of,
      Ground ground,
      LocalDate today,
      List<String> at) {
    var providedOn = of.providedOn() == null ? ground.deliveredOn() : of.providedOn();
    if (providedOn == null) {
      errors.add(
          error(
              UserErrorCode.REQUIRED,
              "A first registration is for what was provided or delivered already. Give the day.",
              "registrationGraceWd",
              at,
              "providedOn"));
    } else if (providedOn.isAfter(today)) {
      errors.add(
          error(
              UserErrorCode.INVALID,
              "That day has not come yet, and a first registration is for what was provided or delivered already.",
              "registrationGraceWd",
              at,
              "providedOn"));
    } else if (ground.deliveredOn() != null && !ground.deliveredOn().equals(providedOn)) {
      errors.add(
          error(
              UserErrorCode.INVALID,
              "The first delivery was reported for %s. Give that day, or leave it out."
                  .formatted(ground.deliveredOn()),
              "registrationGraceWd",
              at,
              "providedOn"));
    }
    if (ground.registered()) {
      errors.add(
          error(
              UserErrorCode.ALREADY_EXISTS,
              "It is registered and valid. Apply for a change, a correction or a renewal of that registration.",
              "oneRegistration",
              at));
    }
    var authorized = ground.authorized();
    if (of.productId() != null && (authorized == null || !authorized.inForce(today))) {
      errors.add(
          error(
              UserErrorCode.NOT_IN_FORCE,
              "The authorization that the product rests on is not in force. Register it when it rests on one that is.",
              "authorizationInForce",
              at));
    }
  }

  private static void ofRegistered(
      List<UserError> errors,
      RegistrationApplication of,
      Ground ground,
      @Nullable Registration registration,
      LocalDate today,
      List<String> at) {
    if (registration == null
        || registration.state() != Registration.State.VALID
        || today.isAfter(registration.validUntil())) {
      errors.add(
          error(
              UserErrorCode.NOT_IN_FORCE,
              "The registration is not valid any more. Apply for a first registration.",
              "validRegistration",
              at));
      return;
    }
    var request = of.request();
    switch (of.kind()) {
      case CHANGE -> {
        if (request.getString("changedOn") == null) {
          errors.add(needed("Give the day of the change.", "changeWd", at, "changedOn"));
        } else if (LocalDate.parse(request.getString("changedOn")).isAfter(today)) {
          errors.add(
              error(
                  UserErrorCode.INVALID,
                  "That day has not come yet. Register a change when it has taken place.",
                  "changeWd",
                  at,
                  "request",
                  "changedOn"));
        }
      }
      case CORRECTION -> {
        if (of.content().isEmpty()) {
          errors.add(
              error(
                  UserErrorCode.REQUIRED,
                  "Give what is to be corrected, as it should be.",
                  "correction",
                  at,
                  "content"));
        }
        if (request.getString("consent") == null && request.getJsonArray("evidence") == null) {
          errors.add(
              needed(
                  "A correction rests on the registrant's written consent, or on evidence. Give one.",
                  "correction",
                  at,
                  "evidence"));
        }
      }
      case CANCELLATION -> {
        if (request.getString("ground") == null) {
          errors.add(needed("Give the ground of the cancellation.", "cancellation", at, "ground"));
        }
      }
      case RENEWAL -> renewal(errors, of, ground, registration, today, at);
      case FIRST -> throw new IllegalStateException("a first registration has none before it");
    }
  }

  private static void renewal(
      List<UserError> errors,
      RegistrationApplication of,
      Ground ground,
      Registration registration,
      LocalDate today,
      List<String> at) {
    var window = ground.renewWindowDays();
    if (window != null && !Validity.mayRenew(registration.validUntil(), window, today)) {
      errors.add(
          error(
              UserErrorCode.INVALID,
              "It is valid until %s, and a renewal is applied for within %d days before that. Apply from %s on."
                  .formatted(
                      registration.validUntil(),
                      window,
                      registration.validUntil().minusDays(window)),
              "renewWindowDays",
              at));
    }
    var years = of.request().getInteger("years");
    var most = ground.renewMaxYears();
    if (years != null && most != null && years > most) {
      errors.add(
          error(
              UserErrorCode.INVALID,
              "A renewal is for at most %d years. Ask for that or less.".formatted(most),
              "renewMaxYears",
              at,
              "request",
              "years"));
    }
    var authorized = ground.authorized();
    if (of.productId() != null
        && (authorized == null || !authorized.endsOn().isAfter(registration.validUntil()))) {
      errors.add(
          error(
              UserErrorCode.NOT_IN_FORCE,
              "The authorization of the product ends on %s, and a product is not registered beyond that. Renew the authorization first."
                  .formatted(authorized == null ? null : authorized.endsOn()),
              "withinAuthorization",
              at));
    }
  }

  private static UserError needed(String message, String rule, List<String> at, String member) {
    return error(UserErrorCode.REQUIRED, message, rule, at, "request", member);
  }

  static UserError error(
      UserErrorCode code, String message, String rule, List<String> at, String... more) {
    return new InputError(
        code, message, Stream.concat(at.stream(), Stream.of(more)).toList(), rule);
  }
}
