package dev.fairground.registration;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an application begins with. */
record ApplicationStart(
    Registration.Kind kind,
    Registration.Subject subjectKind,
    @Nullable UUID resourceId,
    @Nullable UUID operatorId,
    @Nullable UUID productId,
    @Nullable UUID registrationId,
    UUID applicantId,
    List<UUID> jointApplicantIds,
    UUID registrarId,
    String jurisdictionCode,
    @Nullable LocalDate providedOn,
    JsonObject content,
    JsonObject request) {}
