package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a grant may be used on a day, with what it rests on.
 *
 * @param stoppedBy everything that stops its use; empty where nothing does
 * @param productStatus where the product stands
 * @param authorizationState where the operator's authorization stands
 * @param runsOff whether one of both has ended or leaves, and the grant runs off to its last day
 */
record GrantStanding(
    UUID grantId,
    List<Stop> stoppedBy,
    String productStatus,
    @Nullable String productStatusReason,
    String authorizationState,
    boolean runsOff) {
  GrantStanding {
    stoppedBy = List.copyOf(stoppedBy);
  }

  /** What stops the use of a grant. */
  enum Stop {
    NOT_SIGNED,
    NOT_STARTED,
    OVER,
    SUSPENDED,
    ENDED,
    PRODUCT_SUSPENDED,
    AUTHORIZATION_SUSPENDED
  }

  boolean usable() {
    return stoppedBy.isEmpty();
  }

  /**
   * Pure. A suspension of the product or of the authorization stops use and ends no grant; when
   * they end, what was given runs off to its last day, be the product suspended with its
   * authorization or not.
   */
  static GrantStanding of(
      AccessGrant grant,
      LocalDate today,
      String productStatus,
      @Nullable String productStatusReason,
      String authorizationState) {
    var stops = new ArrayList<Stop>();
    var state = grant.state();
    if (state == State.ENDED) {
      stops.add(Stop.ENDED);
    } else {
      if (state == State.AWAITING_SIGNATURE) {
        stops.add(Stop.NOT_SIGNED);
      }
      if (state == State.SUSPENDED) {
        stops.add(Stop.SUSPENDED);
      }
      if (today.isBefore(grant.startsOn())) {
        stops.add(Stop.NOT_STARTED);
      }
      if (today.isAfter(grant.endsOn())) {
        stops.add(Stop.OVER);
      }
      var authorizationEnded = "ENDED".equals(authorizationState);
      if ("SUSPENDED".equals(productStatus) && !authorizationEnded) {
        stops.add(Stop.PRODUCT_SUSPENDED);
      }
      if ("SUSPENDED".equals(authorizationState)) {
        stops.add(Stop.AUTHORIZATION_SUSPENDED);
      }
    }
    return new GrantStanding(
        grant.id(),
        stops,
        productStatus,
        productStatusReason,
        authorizationState,
        state != State.ENDED
            && ("DELISTED".equals(productStatus)
                || "ENDED".equals(authorizationState)
                || "EXITING".equals(authorizationState)));
  }
}
