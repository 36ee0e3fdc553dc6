package dev.fairground.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody is for an organization, and so what they may do there; everybody else is the
 * public, which reads what is published.
 */
public enum Role {
  /** Develops with products, or buys them. */
  DEVELOPER(
      Scope.AFFILIATION_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.REQUEST_READ,
      Scope.REQUEST_WRITE,
      Scope.USAGE_READ,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Keeps and publishes a list of products and service capabilities. */
  OPERATOR(
      Scope.LIST_READ,
      Scope.LIST_WRITE,
      Scope.LIST_PUBLISH,
      Scope.REGISTRATION_WRITE,
      Scope.PRICE_WRITE,
      Scope.CHECK_READ,
      Scope.CHECK_ANSWER,
      Scope.AFFILIATION_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.POLICY_WRITE,
      Scope.REQUEST_READ,
      Scope.REQUEST_WRITE,
      Scope.REQUEST_DECIDE,
      Scope.USAGE_READ,
      Scope.USAGE_WRITE,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Holds the data that products are made of. */
  DATA_SOURCE_UNIT(
      Scope.REGISTRATION_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.REQUEST_READ,
      Scope.REQUEST_WRITE,
      Scope.USAGE_READ,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Authorizes operators, and reviews what rests on its authorizations. */
  IMPLEMENTING_INSTITUTION(
      Scope.REVIEW_READ,
      Scope.REVIEW_WRITE,
      Scope.AUTHORIZATION_WRITE,
      Scope.REGISTRATION_WRITE,
      Scope.CEILING_WRITE,
      Scope.CHECK_READ,
      Scope.AFFILIATION_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.REQUEST_READ,
      Scope.REQUEST_WRITE,
      Scope.REQUEST_REVIEW,
      Scope.USAGE_READ,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Supervises a jurisdiction's public data. */
  DATA_AUTHORITY(
      Scope.REVIEW_READ,
      Scope.REVIEW_WRITE,
      Scope.AUTHORIZATION_SUPERVISE,
      Scope.RULE_WRITE,
      Scope.CHECK_READ,
      Scope.CHECK_DECIDE,
      Scope.AFFILIATION_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.REQUEST_READ,
      Scope.REQUEST_REVIEW,
      Scope.USAGE_READ,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Sets how much operators may take in. */
  PRICE_AUTHORITY(
      Scope.CAP_WRITE,
      Scope.REGISTRATION_OBJECT,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Registers resources and products. */
  REGISTRAR(
      Scope.REGISTRATION_DECIDE,
      Scope.EVENT_READ,
      Scope.WEBHOOK_MANAGE,
      Scope.JOB_RUN,
      Scope.TOKEN_MANAGE),
  /** Reads everything of everybody, and changes nothing. */
  AUDITOR(
      Scope.LIST_READ,
      Scope.REVIEW_READ,
      Scope.CHECK_READ,
      Scope.REQUEST_READ,
      Scope.USAGE_READ,
      Scope.EVENT_READ,
      Scope.TOKEN_MANAGE);

  private final Set<Scope> scopes;

  Role(Scope first, Scope... others) {
    this.scopes = EnumSet.of(first, others);
  }

  /** What it allows. */
  public Set<Scope> scopes() {
    return EnumSet.copyOf(scopes);
  }
}
