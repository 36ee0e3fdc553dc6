package dev.fairground.event;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened; new values may come. */
public enum EventType {
  /** An operator's list has a new edition. */
  LIST_PUBLISHED,
  /** A product was published, or published again with changes. */
  PRODUCT_CHANGED,
  /** A product was suspended. */
  PRODUCT_SUSPENDED,
  /** A suspended product is offered again. */
  PRODUCT_RESUMED,
  /** A product was taken off its list for good. */
  PRODUCT_DELISTED,
  /** A draft was made, changed, submitted, decided on or given up; read by its organization. */
  DRAFT_CHANGED,
  /** A catalogue of others was brought in. */
  CATALOGUE_IMPORTED,
  /** An import or export began, went on or ended; read by its organization. */
  JOB_CHANGED,
  /** A token was made or ended; read by its organization. */
  TOKEN_CHANGED,
  /** A webhook was made, changed or given up; read by its organization. */
  WEBHOOK_CHANGED,
  /** An application for registration moved on, or a registration was given, changed or ended. */
  REGISTRATION_CHANGED,
  /** An authorization moved on: planned, granted, amended, suspended, ended. */
  AUTHORIZATION_CHANGED,
  /** A link between organizations was declared or ended. */
  AFFILIATION_CHANGED,
  /** An operator set a price of a product, or a bundle. */
  PRICE_CHANGED,
  /** A ceiling of prices was set or ended. */
  CEILING_CHANGED,
  /** A cap on income was set, or income was reported. */
  REVENUE_CAP_CHANGED,
  /** A jurisdiction has a new rule set: its version is the set's number. */
  RULES_CHANGED,
  /** A year of a calendar of working days was published: its version is that of the year. */
  CALENDAR_CHANGED,
  /** A clock comes to its end soon; read by who has to act. */
  CLOCK_DUE_SOON,
  /** A clock has come to its end, and nothing was done; read by who has to act and who waits. */
  CLOCK_OVERDUE,
  /**
   * A check of a product, an authorization or an operator has another outcome; read by its operator
   * and the data authority.
   */
  CHECK_CHANGED,
  /** A product's access policy was published, or standard terms were. */
  ACCESS_POLICY_CHANGED,
  /**
   * A request for access was handed in, or moved on; read by the applicant, the operator, the
   * institution and the data authority.
   */
  ACCESS_REQUEST_CHANGED,
  /** An access grant was given, or moved on; read by the same. */
  ACCESS_GRANT_CHANGED,
  /** Somebody else was given better terms than a holder of a like grant; read by the holder. */
  BETTER_TERMS_GIVEN,
  /** Use was reported; read by the holder, the operator and the data authority. */
  USAGE_REPORTED,
  /** The log of use has a new signed head. */
  USAGE_HEAD_SIGNED,
  /** An event that tests a webhook; never in the log. */
  TEST,
  /** Something that only a newer server on the same database knows by its name. */
  OTHER;

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Enum::name, type -> type));

  static EventType of(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }
}
