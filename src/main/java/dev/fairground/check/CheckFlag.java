package dev.fairground.check;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a check found and that people have to look at.
 *
 * @param check the check's code: {@code FA-06}
 * @param subject the global id of what was checked
 * @param outcome what the check said when it was opened
 */
public record CheckFlag(
    UUID id,
    int version,
    String check,
    String subject,
    String subjectKind,
    @Nullable UUID operatorId,
    String jurisdictionCode,
    Outcome outcome,
    State state,
    UUID openedRun,
    OffsetDateTime openedAt,
    LocalDate openedOn,
    @Nullable String answer,
    @Nullable String answerEvidence,
    @Nullable OffsetDateTime answeredAt,
    @Nullable String answeredBy,
    @Nullable Conclusion conclusion,
    @Nullable String conclusionText,
    @Nullable OffsetDateTime closedAt,
    @Nullable LocalDate closedOn,
    @Nullable String closedBy) {
  static final String PREFIX = "cf";

  /** Where it stands. */
  public enum State {
    OPEN,
    ANSWERED,
    CLOSED
  }

  /** How it ended. */
  public enum Conclusion {
    /** It was not so. */
    CLEARED,
    /** It was so. */
    CONFIRMED,
    /** It was so, for a reason that was accepted. */
    ACCEPTED_REASON,
    /** The check passes again. */
    PASSED_AGAIN
  }

  String globalId() {
    return Ids.write(PREFIX, id);
  }
}
