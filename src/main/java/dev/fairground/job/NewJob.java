package dev.fairground.job;

import dev.fairground.format.FileFormat;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that is asked for. */
record NewJob(
    UUID id,
    UUID organizationId,
    BulkJob.Kind kind,
    FileFormat format,
    JsonObject input,
    boolean validateOnly,
    @Nullable Instant asOf) {}
