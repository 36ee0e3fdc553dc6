package dev.fairground.fairness;

import dev.fairground.fairaccess.RefusalReasonCode;

/** How many refusals name a reason. */
public record ReasonCount(RefusalReasonCode reason, int count) {}
