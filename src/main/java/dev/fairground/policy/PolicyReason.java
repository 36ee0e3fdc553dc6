package dev.fairground.policy;

import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a request may be refused.
 *
 * @param text what it means for this product; null where it means what it always does
 */
public record PolicyReason(RefusalReasonCode code, @Nullable Text text) {}
