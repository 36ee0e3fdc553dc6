package dev.fairground.job;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a change to a job. */
record BulkJobPayload(@Nullable BulkJob bulkJob, List<UserError> userErrors) {
  BulkJobPayload {
    userErrors = List.copyOf(userErrors);
  }

  static BulkJobPayload refused(List<UserError> errors) {
    return new BulkJobPayload(null, errors);
  }
}
