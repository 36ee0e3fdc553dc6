package dev.fairground.registration;

import dev.fairground.kernel.Ids;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An objection to an application in publicity.
 *
 * @param organizationId for whom it was raised; null for a person, for whom the registrar entered
 *     it
 * @param personName the real name of who raised it
 * @param contact null for readers other than the registrar and who raised it
 */
record RegistrationObjection(
    UUID id,
    UUID applicationId,
    @Nullable UUID organizationId,
    String personName,
    @Nullable String contact,
    String grounds,
    List<String> evidence,
    OffsetDateTime receivedAt,
    State state,
    @Nullable String answer,
    @Nullable OffsetDateTime answeredAt,
    @Nullable String reasons,
    @Nullable OffsetDateTime decidedAt,
    int version) {
  /** The prefix of objections' ids. */
  static final String PREFIX = "robj";

  String globalId() {
    return Ids.write(PREFIX, id);
  }

  /** Where it stands. */
  enum State {
    OPEN,
    UPHELD,
    REJECTED,
    /** Not decided: another one was upheld, which ended the application. */
    CLOSED
  }
}
