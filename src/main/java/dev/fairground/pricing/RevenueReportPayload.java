package dev.fairground.pricing;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a report of income. */
record RevenueReportPayload(
    @Nullable UUID reportId, @Nullable UUID capId, List<UserError> userErrors) {
  static RevenueReportPayload refused(List<UserError> errors) {
    return new RevenueReportPayload(null, null, errors);
  }
}
