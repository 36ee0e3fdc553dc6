package dev.fairground.access;

import dev.fairground.access.RequestGround.Ground;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pure: the facts that leave nothing to be decided, so that a request is not taken. What is a
 * condition of the access policy hinders nobody from applying: its operator has to decide on it,
 * with reasons.
 */
final class SubmissionRules {

  private SubmissionRules() {}

  static List<UserError> problems(
      Arguments input, RequestForm form, Ground ground, LocalDate today) {
    var errors = new ArrayList<UserError>(form.errors());
    if (form.scenarioId() != null && ground.scenarioPurpose() == null) {
      errors.add(InputError.notFound(input, "scenarioId"));
    }
    if (form.renewsGrantId() != null && !ground.renewable()) {
      errors.add(InputError.notFound(input, "renewsGrantId"));
    }
    if (ground.operatorId().equals(form.applicantId())) {
      errors.add(
          at(
              input,
              "applicantId",
              UserErrorCode.FORBIDDEN,
              "NOT_OF_ONESELF",
              "An operator decides on the requests of others, and does not ask itself for access."));
    }
    product(input, ground, errors);
    authorization(input, ground, today, errors);
    term(input, form, ground, today, errors);
    purpose(input, form, ground, errors);
    return errors;
  }

  private static void product(Arguments input, Ground ground, List<UserError> errors) {
    if (!ground.status().equals("PUBLISHED")) {
      errors.add(
          at(
              input,
              "productId",
              UserErrorCode.NOT_IN_FORCE,
              "PRODUCT_OFFERED",
              "The product is %s%s. Apply when it is offered again, or for another one."
                  .formatted(
                      ground.status(),
                      ground.statusReason() == null ? "" : ": " + ground.statusReason())));
    }
  }

  private static void authorization(
      Arguments input, Ground ground, LocalDate today, List<UserError> errors) {
    var until = ground.newAccessUntil();
    if (!isGiving(ground.authorizationState(), until)) {
      errors.add(
          at(
              input,
              "productId",
              UserErrorCode.NOT_IN_FORCE,
              "FA-02",
              "The authorization that the product rests on is %s, so that no access is given. Apply when it is in force."
                  .formatted(ground.authorizationState())));
    } else if (until != null && today.isAfter(until)) {
      errors.add(
          at(
              input,
              "productId",
              UserErrorCode.NOT_IN_FORCE,
              "FA-02",
              "The authorization that the product rests on ends, and new access was given until %s only."
                  .formatted(until)));
    }
  }

  /** One that runs off takes new access up to the day that its exit notice names. */
  private static boolean isGiving(String state, @Nullable LocalDate until) {
    return state.equals("ACTIVE") || state.equals("EXITING") && until != null;
  }

  private static void term(
      Arguments input, RequestForm form, Ground ground, LocalDate today, List<UserError> errors) {
    if (form.startsOn().isBefore(today)) {
      errors.add(
          at(
              input,
              "startsOn",
              UserErrorCode.INVALID,
              "TERM_AHEAD",
              "Access begins today or later, but %s is over.".formatted(form.startsOn())));
    }
    var last = earlier(ground.authorizationEndsOn(), ground.productEndsOn());
    if (last != null && form.endsOn().isAfter(last)) {
      errors.add(
          at(
              input,
              "endsOn",
              UserErrorCode.OUTSIDE_SCOPE,
              "FA-02",
              "The product is offered until %s. End the term by then.".formatted(last)));
    }
    var first = ground.productStartsOn();
    if (first != null && form.startsOn().isBefore(first)) {
      errors.add(
          at(
              input,
              "startsOn",
              UserErrorCode.OUTSIDE_SCOPE,
              "FA-02",
              "The product is offered from %s on. Begin the term then.".formatted(first)));
    }
  }

  private static void purpose(
      Arguments input, RequestForm form, Ground ground, List<UserError> errors) {
    if (Boolean.FALSE.equals(ground.scenarioAllowed())) {
      errors.add(
          at(
              input,
              "scenarioId",
              UserErrorCode.OUTSIDE_SCOPE,
              "FA-03",
              "The product is not given for this scenario. Name another scenario, or another product."));
    }
    var of = ground.scenarioPurpose();
    if (of != null && form.purposeClass() != null && !form.purposeClass().equals(of)) {
      errors.add(
          at(
              input,
              "purposeClass",
              UserErrorCode.INVALID,
              "FA-07",
              "The scenario is of the class %s. Leave the class out.".formatted(of)));
    }
  }

  private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }

  private static InputError at(
      Arguments input, String member, UserErrorCode code, String rule, String message) {
    return new InputError(code, message, input.path(member), rule);
  }
}
