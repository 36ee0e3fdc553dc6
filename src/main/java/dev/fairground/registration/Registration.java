package dev.fairground.registration;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of the entry of a resource or a product in a public register.
 *
 * @param code the registrar's look-up code, opaque to us
 * @param validUntil the last day on which it is valid
 * @param registrantId who applied for it; null where a source did not say
 * @param termStartsOn the first day of a term that a renewal gave; null for the first term
 */
public record Registration(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    String code,
    UUID registrarId,
    Subject subjectKind,
    @Nullable UUID resourceId,
    @Nullable UUID productId,
    Kind kind,
    State state,
    @Nullable String stateReason,
    @Nullable String confirmationSheet,
    LocalDate codedOn,
    LocalDate validUntil,
    boolean disputeMark,
    @Nullable String source,
    boolean demonstration,
    @Nullable UUID registrantId,
    @Nullable String registrantName,
    @Nullable String dataName,
    @Nullable String contentSummary,
    @Nullable LocalDate termStartsOn) {
  /** The prefix of registrations' ids. */
  static final String PREFIX = "reg";

  /** The same with another kind, state and reason. */
  Registration moved(Kind kind, State state, @Nullable String reason) {
    return new Registration(
        id,
        version,
        validFrom,
        code,
        registrarId,
        subjectKind,
        resourceId,
        productId,
        kind,
        state,
        reason,
        confirmationSheet,
        codedOn,
        validUntil,
        disputeMark,
        source,
        demonstration,
        registrantId,
        registrantName,
        dataName,
        contentSummary,
        termStartsOn);
  }

  /** The same with its dispute mark set or cleared. */
  Registration disputed(boolean marked, @Nullable String reason) {
    return new Registration(
        id,
        version,
        validFrom,
        code,
        registrarId,
        subjectKind,
        resourceId,
        productId,
        kind,
        state,
        reason,
        confirmationSheet,
        codedOn,
        validUntil,
        marked,
        source,
        demonstration,
        registrantId,
        registrantName,
        dataName,
        contentSummary,
        termStartsOn);
  }

  /** The same for another term, which begins when this one ends. */
  Registration renewed(LocalDate lastDay) {
    return new Registration(
        id,
        version,
        validFrom,
        code,
        registrarId,
        subjectKind,
        resourceId,
        productId,
        Kind.RENEWAL,
        state,
        null,
        confirmationSheet,
        codedOn,
        lastDay,
        disputeMark,
        source,
        demonstration,
        registrantId,
        registrantName,
        dataName,
        contentSummary,
        validUntil.plusDays(1));
  }

  /** The same with other content. */
  Registration saying(
      Kind kind,
      UUID registrant,
      @Nullable String name,
      @Nullable String data,
      @Nullable String summary) {
    return new Registration(
        id,
        version,
        validFrom,
        code,
        registrarId,
        subjectKind,
        resourceId,
        productId,
        kind,
        state,
        null,
        confirmationSheet,
        codedOn,
        validUntil,
        disputeMark,
        source,
        demonstration,
        registrant,
        name,
        data,
        summary,
        termStartsOn);
  }

  /** What is registered. */
  public enum Subject {
    RESOURCE,
    PRODUCT,
    OPEN_RESOURCE
  }

  /** What it was registered for. */
  public enum Kind {
    FIRST,
    CHANGE,
    CORRECTION,
    CANCELLATION,
    RENEWAL
  }

  /** Where it stands. */
  public enum State {
    VALID,
    DEREGISTERED,
    REVOKED
  }
}
