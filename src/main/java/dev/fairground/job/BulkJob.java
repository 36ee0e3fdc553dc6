package dev.fairground.job;

import dev.fairground.format.FileFormat;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import or export.
 *
 * @param progress from 0 to 1; null while unknown
 */
record BulkJob(
    UUID id,
    UUID organizationId,
    Kind kind,
    Status status,
    FileFormat format,
    boolean validateOnly,
    @Nullable Double progress,
    int rowsRead,
    int rowsFailed,
    @Nullable OffsetDateTime asOf,
    @Nullable StoredFile result,
    @Nullable StoredFile errorFile,
    @Nullable ListDifferenceCounts difference,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    String startedBy,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime startedAt,
    @Nullable OffsetDateTime finishedAt,
    OffsetDateTime expiresAt) {
  static final String PREFIX = "job";

  /** What a job does. */
  enum Kind {
    EXPORT,
    IMPORT
  }

  /** Where a job stands. */
  enum Status {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    PARTIAL,
    FAILED,
    CANCELLED;

    boolean isEnd() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** How many entries of a list differ how from what is there. */
  record ListDifferenceCounts(int added, int changed, int unchanged, int missing) {}

  /** Whether the row was left out. */
  enum Severity {
    ERROR,
    WARNING
  }

  /**
   * Something that is wrong in an imported file.
   *
   * @param number its place among the errors of its job, from 1
   */
  record BulkError(
      int number,
      @Nullable Integer row,
      @Nullable String column,
      Severity severity,
      String code,
      @Nullable String rule,
      String message) {}
}
