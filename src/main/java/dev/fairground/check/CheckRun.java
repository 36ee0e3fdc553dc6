package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Result;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of the checks of one subject.
 *
 * @param subject the global id of what was checked
 * @param readAt the moment at which the facts stood so
 * @param results all of them, whoever reads
 * @param hidden codes of checks whose results people still have to look at, where the reader may
 *     not see them
 * @param insider whether the reader sees reasons
 */
record CheckRun(
    UUID id,
    String subject,
    Check.Subject subjectKind,
    UUID subjectId,
    @Nullable Integer subjectVersion,
    String jurisdictionCode,
    LocalDate day,
    OffsetDateTime readAt,
    OffsetDateTime runAt,
    String ruleSets,
    String digest,
    Cause cause,
    List<Kept> kept,
    List<String> hidden,
    boolean insider) {
  static final String PREFIX = "cr";

  /** A result as it was kept, with its rules' full names. */
  record Kept(Result result, List<String> rules) {}

  /** What its reader may see. */
  List<CheckResult> results() {
    return kept.stream()
        .filter(one -> insider || !isHidden(one.result()))
        .map(
            one ->
                CheckResult.of(
                    one.result(),
                    one.rules(),
                    day,
                    id,
                    // What is to be disclosed is disclosed with its reasons.
                    insider || one.result().outcome() == Outcome.DISCLOSE))
        .toList();
  }

  /** What is not known is left out, too: what is missing here tells nobody that there is a flag. */
  private boolean isHidden(Result result) {
    return result.outcome() == Outcome.UNKNOWN
        || result.outcome() == Outcome.FLAG && hidden.contains(result.check().code());
  }
}
