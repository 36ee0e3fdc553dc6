package dev.fairground.kernel;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do for an organization, as {@code area:action}: the words of tokens, of {@code
 * @requiresScope} in the schema, and of predicates in statements. Public content needs none.
 */
public enum Scope {
  /** Reads an operator's drafts, and what checks say of them. */
  LIST_READ("list:read"),
  /** Makes, changes and submits an operator's drafts. */
  LIST_WRITE("list:write"),
  /** Publishes an operator's list; suspends, resumes and delists its products. */
  LIST_PUBLISH("list:publish"),
  /** Reads drafts that rest on an institution's authorizations, from their submission on. */
  REVIEW_READ("review:read"),
  /** Decides reviews and confirmations of such drafts; suspends what is published on them. */
  REVIEW_WRITE("review:write"),
  /** Plans, grants, changes and ends authorizations as an institution. */
  AUTHORIZATION_WRITE("authorization:write"),
  /**
   * Decides plans, takes filings of authorizations, orders their suspension as a data authority.
   */
  AUTHORIZATION_SUPERVISE("authorization:supervise"),
  /** Applies for registrations of resources or products. */
  REGISTRATION_WRITE("registration:write"),
  /** Decides applications for registration as a registrar. */
  REGISTRATION_DECIDE("registration:decide"),
  /** Objects, under real names, to registrations that are made public. */
  REGISTRATION_OBJECT("registration:object"),
  /** Sets an operator's prices and bundles, reports its income. */
  PRICE_WRITE("price:write"),
  /** Sets ceilings of prices as an institution. */
  CEILING_WRITE("ceiling:write"),
  /** Sets the highest income of operators as a price authority. */
  CAP_WRITE("cap:write"),
  /** Publishes rule sets and calendars of a jurisdiction as its data authority. */
  RULE_WRITE("rule:write"),
  /** Reads flags and the evidence of checks that are not public. */
  CHECK_READ("check:read"),
  /** Answers flags as an operator; declares what checks need to know. */
  CHECK_ANSWER("check:answer"),
  /** Closes flags, and has checks run again, as a data authority. */
  CHECK_DECIDE("check:decide"),
  /** Declares how an organization is linked to others. */
  AFFILIATION_WRITE("affiliation:write"),
  /** Publishes access policies and standard terms of an operator's products. */
  POLICY_WRITE("policy:write"),
  /** Reads requests for access, decisions and access grants that an organization is a party of. */
  REQUEST_READ("request:read"),
  /** Applies for access, supplements, withdraws, asks for a review; signs and ends as a holder. */
  REQUEST_WRITE("request:write"),
  /** Decides requests for access to an operator's products; keeps the grants that follow. */
  REQUEST_DECIDE("request:decide"),
  /** Decides reviews of refusals, as an institution or a data authority. */
  REQUEST_REVIEW("request:review"),
  /** Reads records of use. */
  USAGE_READ("usage:read"),
  /** Reports use of an operator's products. */
  USAGE_WRITE("usage:write"),
  /** Reads an organization's events that are not public. */
  EVENT_READ("event:read"),
  /** Keeps an organization's webhooks. */
  WEBHOOK_MANAGE("webhook:manage"),
  /** Runs an organization's imports and exports. */
  JOB_RUN("job:run"),
  /** Makes and ends an organization's tokens. */
  TOKEN_MANAGE("token:manage");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** As tokens and the schema write it. */
  public String word() {
    return word;
  }

  /** The scope that a word names, or null. */
  public static @Nullable Scope of(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word.toLowerCase(Locale.ROOT))) {
        return scope;
      }
    }
    return null;
  }

  /** Those that only read. */
  public static Set<Scope> reading() {
    return EnumSet.of(LIST_READ, REVIEW_READ, CHECK_READ, REQUEST_READ, USAGE_READ, EVENT_READ);
  }
}
