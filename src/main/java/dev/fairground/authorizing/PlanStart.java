package dev.fairground.authorizing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a plan begins with. */
record PlanStart(
    UUID institutionId, String jurisdictionCode, @Nullable UUID revisesId, boolean demonstration) {}
