package dev.fairground.job;

import dev.fairground.format.FileFormat;
import dev.fairground.kernel.Viewer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of a worker.
 *
 * @param viewer who started it, with the rights of that time
 * @param attempt how often it was taken, this time included
 */
record ClaimedJob(
    UUID id,
    UUID organizationId,
    BulkJob.Kind kind,
    FileFormat format,
    JsonObject input,
    boolean validateOnly,
    @Nullable Instant asOf,
    Viewer viewer,
    String requestId,
    int attempt,
    Instant createdAt) {}
