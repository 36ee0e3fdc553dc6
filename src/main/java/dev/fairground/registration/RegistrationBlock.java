package dev.fairground.registration;

import static dev.fairground.registration.RegistrationBlock.Need.ALWAYS;
import static dev.fairground.registration.RegistrationBlock.Need.IF_OTHER;
import static dev.fairground.registration.RegistrationBlock.Need.IF_REPRESENTED;
import static dev.fairground.registration.RegistrationBlock.Need.IF_TRADED;
import static dev.fairground.registration.RegistrationBlock.Need.NEVER;
import static dev.fairground.registration.RegistrationBlock.Type.CHOICE;
import static dev.fairground.registration.RegistrationBlock.Type.DAY;
import static dev.fairground.registration.RegistrationBlock.Type.INSTANT;
import static dev.fairground.registration.RegistrationBlock.Type.TEXT;
import static dev.fairground.registration.RegistrationBlock.Type.TEXTS;

import java.util.List;

/**
 * The seven blocks that the form of an application holds (公共数据资源登记管理暂行办法, 9), and what belongs into
 * each: the one place that says it, for reading, checking and showing them.
 */
enum RegistrationBlock {
  /** Who registers. */
  SUBJECT(
      "subject",
      new Member("name", TEXT, ALWAYS, 500),
      new Member("creditCode", TEXT, ALWAYS, 18),
      new Member("address", TEXT, ALWAYS, 500),
      new Member("organizationKind", CHOICE, ALWAYS, 0),
      new Member("contactName", TEXT, ALWAYS, 200),
      new Member("contactPhone", TEXT, ALWAYS, 64),
      new Member("agentName", TEXT, NEVER, 200),
      new Member("powerOfAttorney", TEXT, IF_REPRESENTED, 500),
      new Member("jointHolders", TEXTS, NEVER, 500)),
  /** Where the data comes from, and why that is lawful. */
  LAWFUL_SOURCE(
      "lawfulSource",
      new Member("sourceType", CHOICE, ALWAYS, 0),
      new Member("sourceText", TEXT, IF_OTHER, 1_000),
      new Member("legalBasis", TEXT, ALWAYS, 2_000),
      new Member("agreementReference", TEXT, IF_TRADED, 500)),
  /** The data. */
  RESOURCE(
      "resource",
      new Member("name", TEXT, ALWAYS, 500),
      new Member("summary", TEXT, ALWAYS, 10_000),
      new Member("sectorCode", TEXT, ALWAYS, 64),
      new Member("regionCode", TEXT, ALWAYS, 64),
      new Member("dataItems", TEXTS, ALWAYS, 500),
      new Member("volume", TEXT, ALWAYS, 200),
      new Member("startsOn", DAY, NEVER, 0),
      new Member("endsOn", DAY, NEVER, 0),
      new Member("updateFrequency", CHOICE, ALWAYS, 0),
      new Member("format", TEXT, ALWAYS, 200),
      new Member("grade", CHOICE, ALWAYS, 0),
      new Member("quality", TEXT, NEVER, 2_000),
      new Member("openness", CHOICE, ALWAYS, 0)),
  /** The evidence that was deposited before the application. */
  EVIDENCE_DEPOSIT(
      "evidenceDeposit",
      new Member("provider", TEXT, ALWAYS, 500),
      new Member("hash", TEXT, ALWAYS, 256),
      new Member("depositedAt", INSTANT, ALWAYS, 0),
      new Member("certificateNumber", TEXT, ALWAYS, 200)),
  /** What is made of the data; only where a product is registered. */
  PRODUCT_SERVICE(
      "productService",
      new Member("name", TEXT, ALWAYS, 500),
      new Member("form", CHOICE, ALWAYS, 0),
      new Member("resourceCodes", TEXTS, ALWAYS, 128),
      new Member("functions", TEXT, ALWAYS, 10_000),
      new Member("deliveries", TEXTS, ALWAYS, 64),
      new Member("price", TEXT, NEVER, 1_000)),
  /** What it is for, and what not. */
  SCENARIO(
      "scenario",
      new Member("description", TEXT, ALWAYS, 10_000),
      new Member("allowed", TEXTS, NEVER, 500),
      new Member("prohibited", TEXTS, NEVER, 500)),
  /** How safe it is. */
  SECURITY_ASSESSMENT(
      "securityAssessment",
      new Member("assessor", TEXT, ALWAYS, 500),
      new Member("assessedOn", DAY, ALWAYS, 0),
      new Member("result", TEXT, ALWAYS, 2_000),
      new Member("report", TEXT, ALWAYS, 500));

  /** What a member's value is. */
  enum Type {
    TEXT,
    TEXTS,
    /** A constant that the schema checks. */
    CHOICE,
    DAY,
    INSTANT
  }

  /** When a member has to be given. */
  enum Need {
    ALWAYS,
    NEVER,
    /** Where somebody acts for the registrant. */
    IF_REPRESENTED,
    /** Where the source is described in words. */
    IF_OTHER,
    /** Where the data was bought. */
    IF_TRADED
  }

  /**
   * A member of a block.
   *
   * @param longest in characters, of a text or of each of several
   */
  record Member(String name, Type type, Need need, int longest) {}

  private final String field;
  private final List<Member> members;

  RegistrationBlock(String field, Member... members) {
    this.field = field;
    this.members = List.of(members);
  }

  /** Its name in the schema and in kept content. */
  String field() {
    return field;
  }

  List<Member> members() {
    return members;
  }
}
