package dev.fairground.clock;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has to do until a day.
 *
 * @param subject the global id of what it runs for
 * @param rule the parameter of the rule set that says how long
 * @param ruleSetCode the jurisdiction whose rule set said it
 * @param responsibleId who has to act; null for nobody in particular
 * @param waitingId who waits for it; null for nobody in particular
 * @param startedOn the day of the event; counting begins on the day after
 * @param dueOn the last day
 * @param provisional whether it reaches a year whose calendar is not known yet
 * @param endedOn when it was met or stopped
 */
public record Clock(
    UUID id,
    String subject,
    String rule,
    String jurisdictionCode,
    String ruleSetCode,
    int ruleSetVersion,
    @Nullable UUID responsibleId,
    @Nullable UUID waitingId,
    String unit,
    int length,
    LocalDate startedOn,
    LocalDate dueOn,
    boolean provisional,
    State state,
    @Nullable LocalDate pausedOn,
    @Nullable String pauseReason,
    int extendedBy,
    @Nullable String extensionReason,
    @Nullable LocalDate endedOn) {

  /** Where a clock stands; that it is overdue is told by its day. */
  public enum State {
    RUNNING,
    PAUSED,
    MET,
    STOPPED
  }

  /** Whether it ran, or runs, beyond its last day. */
  public boolean isOverdue(LocalDate today) {
    return switch (state) {
      case RUNNING -> today.isAfter(dueOn);
      case MET -> endedOn != null && endedOn.isAfter(dueOn);
      case PAUSED, STOPPED -> false;
    };
  }
}
