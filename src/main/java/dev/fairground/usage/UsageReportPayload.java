package dev.fairground.usage;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a report.
 *
 * @param batchId null where nothing was done
 */
record UsageReportPayload(@Nullable UUID batchId, List<UserError> userErrors) {
  static UsageReportPayload refused(List<UserError> errors) {
    return new UsageReportPayload(null, errors);
  }
}
