package dev.fairground.clock;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
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
 * @param warningDays working days before its last day from which it is due soon
 * @param startedOn the day of the event; counting begins on the day after
 * @param countedFrom from where its last day is counted: the event, or the resumption
 * @param countedDays days of its count from there; null for months and years of the calendar
 * @param dueSoonOn the first day on which it is due soon
 * @param dueOn the last day; while it is paused, the one that it had
 * @param unknownYears years that it reaches and whose calendar is not known yet
 * @param leftWhenPaused working days, or days, that were left; null unless it is paused
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
    @Nullable String calendarId,
    Unit unit,
    int length,
    int warningDays,
    LocalDate startedOn,
    LocalDate countedFrom,
    @Nullable Integer countedDays,
    LocalDate dueSoonOn,
    LocalDate dueOn,
    List<Integer> unknownYears,
    State state,
    @Nullable LocalDate pausedOn,
    @Nullable Integer leftWhenPaused,
    @Nullable String pauseReason,
    int extensions,
    int extendedBy,
    @Nullable String extensionReason,
    @Nullable LocalDate endedOn) {

  /** The prefix of global ids of clocks. */
  public static final String PREFIX = "clk";

  public Clock {
    unknownYears = List.copyOf(unknownYears);
  }

  /** What a clock counts. */
  public enum Unit {
    WORKING_DAYS,
    DAYS,
    MONTHS,
    YEARS
  }

  /** What was done with a clock; that it is due soon or overdue is told by its days. */
  public enum State {
    RUNNING,
    PAUSED,
    MET,
    STOPPED
  }

  /** Where a clock stands on a day. */
  public enum Standing {
    RUNNING,
    DUE_SOON,
    OVERDUE,
    PAUSED,
    MET,
    MET_LATE,
    STOPPED
  }

  /** Something that happened to a clock after it began. */
  public record Step(
      UUID clockId,
      int number,
      Kind kind,
      LocalDate onDay,
      OffsetDateTime at,
      @Nullable String reason,
      @Nullable Integer days,
      LocalDate dueBefore,
      LocalDate dueOn) {
    /** What can happen to it. */
    public enum Kind {
      PAUSED,
      RESUMED,
      EXTENDED,
      RECOUNTED
    }
  }

  /** Where it stands. */
  public Standing standing(LocalDate today) {
    return switch (state) {
      case RUNNING ->
          today.isAfter(dueOn)
              ? Standing.OVERDUE
              : today.isBefore(dueSoonOn) ? Standing.RUNNING : Standing.DUE_SOON;
      case PAUSED -> Standing.PAUSED;
      case MET -> endedOn != null && endedOn.isAfter(dueOn) ? Standing.MET_LATE : Standing.MET;
      case STOPPED -> Standing.STOPPED;
    };
  }

  /** Whether it runs, or was met, beyond its last day. */
  public boolean isOverdue(LocalDate today) {
    var standing = standing(today);
    return standing == Standing.OVERDUE || standing == Standing.MET_LATE;
  }

  /** Whether its last day may still move because a year's calendar was not known. */
  public boolean isProvisional() {
    return !unknownYears.isEmpty();
  }
}
