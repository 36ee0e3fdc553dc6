package dev.fairground.webhook;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to an address.
 *
 * @param position the event's, in the log
 * @param attempts how often it was tried
 * @param nextAttemptAt when it is tried next; null when it has arrived or was given up
 * @param httpStatus of the newest answer; null when none came
 * @param error why the newest try failed, for people
 */
public record WebhookDelivery(
    UUID id,
    UUID webhookId,
    long position,
    UUID eventId,
    String eventType,
    String subjectId,
    Status status,
    int attempts,
    @Nullable OffsetDateTime nextAttemptAt,
    @Nullable Integer httpStatus,
    @Nullable String error,
    @Nullable OffsetDateTime deliveredAt) {

  /** How far it has come. */
  public enum Status {
    /** It will be tried, again or for the first time. */
    PENDING,
    /** The address has taken it. */
    DELIVERED,
    /** It was given up after a day; it can be sent again by hand. */
    DEAD
  }

  /**
   * One try.
   *
   * @param millis how long it took
   * @param answer the beginning of what the address answered
   */
  public record Attempt(
      int number,
      OffsetDateTime at,
      int millis,
      @Nullable Integer httpStatus,
      @Nullable String error,
      @Nullable String answer) {}
}
