package dev.fairground.authorizing;

import dev.fairground.authorizing.GrantRepository.Other;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.UserError;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement, or a change of one, says about scope and term; and what stands against it.
 * Pure.
 *
 * @param termReason why it is longer than the rules want
 */
record AgreedTerms(
    GrantedScope scope, LocalDate startsOn, LocalDate endsOn, @Nullable String termReason) {
  private static final int MOST_TOLD = 20;

  /** What is given, and for the rest what is there. */
  static AgreedTerms read(Arguments input, Grant grant, List<UserError> errors) {
    var form = new Form(input, errors);
    var scope = grant.scope();
    if (input.has("resources")) {
      scope = scope.withResources(form.resources());
    }
    if (input.has("scenarios")) {
      scope = scope.withScenarios(form.scenarios());
    }
    var startsOn = input.date("startsOn");
    var endsOn = input.date("endsOn");
    var reason = form.text("termReason", Form.LONG);
    return new AgreedTerms(
        scope,
        startsOn == null ? grant.startsOn() : startsOn,
        endsOn == null ? grant.endsOn() : endsOn,
        reason == null ? grant.text("term_reason") : reason);
  }

  /**
   * What goes beyond the plan that binds, and beyond what is agreed already.
   *
   * @param plan null where the authorization came from none: then what is agreed is the limit
   * @param agreed whether {@code grant} is what was agreed, or only what was planned
   */
  List<UserError> beyond(
      Arguments input, Grant grant, @Nullable AuthorizationPlan plan, boolean agreed) {
    var errors = new ArrayList<UserError>();
    var id = plan == null ? null : plan.id();
    var within = agreed && scope.beyond(grant.scope()).isEmpty();
    var beyond = scope.beyond(plan == null ? grant.scope() : plan.scope());
    if (!within && !beyond.isEmpty()) {
      errors.add(
          new BeyondPlanError(
              input.path(input.has("resources") ? "resources" : "scenarios"), id, beyond));
    }
    var shorter = agreed && !startsOn.isBefore(grant.startsOn()) && !endsOn.isAfter(grant.endsOn());
    if (!shorter && !endsOn.isBefore(startsOn) && isTermBeyond(grant, plan)) {
      errors.add(new BeyondPlanError(input.path("endsOn"), id, List.of()));
    }
    return errors;
  }

  /** A plan says how long, and not before which day; when the agreement comes is not its matter. */
  private boolean isTermBeyond(Grant grant, @Nullable AuthorizationPlan plan) {
    var from = plan == null ? grant.startsOn() : plan.dayOf("startsOn");
    var to = plan == null ? grant.endsOn() : plan.dayOf("endsOn");
    return startsOn.isBefore(from)
        || endsOn.isAfter(startsOn.plus(Period.between(from, to.plusDays(1))).minusDays(1));
  }

  /** The operator has one authorization for the same use of the same data at a time. */
  List<UserError> overlapping(Arguments input, List<Other> others) {
    var met = others.stream().filter(other -> scope.meets(other.scope())).limit(MOST_TOLD).toList();
    return met.isEmpty()
        ? List.of()
        : List.of(
            new OverlappingAuthorizationError(
                input.path(input.has("startsOn") ? "startsOn" : "id"),
                met.stream().map(Other::number).toList(),
                met.stream().map(Other::id).toList()));
  }
}
