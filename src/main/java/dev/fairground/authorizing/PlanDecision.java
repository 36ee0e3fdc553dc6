package dev.fairground.authorizing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collective decision on a plan.
 *
 * @param number counts the decisions on the plan
 * @param decisionRecord the number of its record
 * @param approvedBy the government, or the meeting of the ministry, that approved it
 */
record PlanDecision(
    UUID planId,
    int number,
    LocalDate decidedOn,
    String decisionRecord,
    @Nullable String approvedBy,
    OffsetDateTime recordedAt,
    String recordedBy) {}
