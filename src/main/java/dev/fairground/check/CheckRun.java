package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
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
 * @param party whether it is the reader's own request or grant: then it sees reasons, but no
 *     records of others
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
    boolean insider,
    boolean party) {
  static final String PREFIX = "cr";

  /** A result as it was kept, with its rules' full names. */
  record Kept(Result result, List<String> rules) {}

  /** What its reader may see. */
  List<CheckResult> results() {
    return kept.stream()
        .filter(one -> insider || party || !isHidden(one.result()))
        .map(
            one ->
                CheckResult.of(
                    insider || !party ? one.result() : own(one.result()),
                    one.rules(),
                    day,
                    id,
                    // What is to be disclosed is disclosed with its reasons.
                    insider || party || one.result().outcome() == Outcome.DISCLOSE))
        .toList();
  }

  /** Without the ids of grants and requests of others. */
  private Result own(Result result) {
    return new Result(
        result.check(),
        result.outcome(),
        result.reasons().stream().map(this::own).toList(),
        result.rules());
  }

  private Reason own(Reason reason) {
    return new Reason(
        reason.outcome(),
        reason.code(),
        reason.message(),
        reason.evidence().stream()
            .filter(evidence -> evidence.startsWith(subject) || !isAccess(evidence))
            .toList(),
        reason.remedy());
  }

  private static boolean isAccess(String evidence) {
    return evidence.startsWith("acg_") || evidence.startsWith("acr_");
  }

  /** What is not known is left out, too: what is missing here tells nobody that there is a flag. */
  private boolean isHidden(Result result) {
    return result.outcome() == Outcome.UNKNOWN
        || result.outcome() == Outcome.FLAG && hidden.contains(result.check().code());
  }
}
