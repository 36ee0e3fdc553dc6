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
    boolean demonstration) {

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
