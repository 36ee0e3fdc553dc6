package dev.fairground.registration;

import dev.fairground.graphql.Write;
import dev.fairground.registration.RegistrationApplication.State;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application with some of its members replaced. */
final class ApplicationCopy {
  private final RegistrationApplication of;
  private @Nullable UUID registrationId;
  private List<UUID> jointApplicantIds;
  private @Nullable LocalDate providedOn;
  private boolean late;
  private JsonObject content;
  private JsonObject request;
  private State state;
  private @Nullable String stateReason;
  private @Nullable List<RegistrationGap> supplement;
  private @Nullable OffsetDateTime supplementAt;
  private LocalDate dueOn;
  private @Nullable String delayReason;
  private boolean codeByItself;
  private @Nullable LocalDate publicityEndsOn;
  private @Nullable OffsetDateTime submittedAt;
  private @Nullable String submittedBy;
  private @Nullable LocalDate acceptedOn;

  ApplicationCopy(RegistrationApplication of) {
    this.of = of;
    registrationId = of.registrationId();
    jointApplicantIds = of.jointApplicantIds();
    providedOn = of.providedOn();
    late = of.late();
    content = of.content();
    request = of.request();
    state = of.state();
    stateReason = of.stateReason();
    supplement = of.supplement();
    supplementAt = of.supplementAt();
    dueOn = of.dueOn();
    delayReason = of.delayReason();
    codeByItself = of.codeByItself();
    publicityEndsOn = of.publicityEndsOn();
    submittedAt = of.submittedAt();
    submittedBy = of.submittedBy();
    acceptedOn = of.acceptedOn();
  }

  /** Another state, in which nothing is due unless {@link #due} says so. */
  ApplicationCopy state(State next, @Nullable String reason) {
    state = next;
    stateReason = reason;
    dueOn = RegistrationApplication.NOTHING_DUE;
    return this;
  }

  ApplicationCopy due(@Nullable LocalDate day) {
    dueOn = day == null ? RegistrationApplication.NOTHING_DUE : day;
    return this;
  }

  ApplicationCopy registration(UUID id) {
    registrationId = id;
    return this;
  }

  ApplicationCopy joint(List<UUID> ids) {
    jointApplicantIds = ids;
    return this;
  }

  ApplicationCopy provided(@Nullable LocalDate day) {
    providedOn = day;
    return this;
  }

  ApplicationCopy late(boolean isLate) {
    late = isLate;
    return this;
  }

  ApplicationCopy content(JsonObject blocks) {
    content = blocks;
    return this;
  }

  ApplicationCopy request(JsonObject members) {
    request = members;
    return this;
  }

  ApplicationCopy supplement(List<RegistrationGap> gaps, Write write) {
    supplement = gaps;
    supplementAt = RegistrationApplications.now(write);
    return this;
  }

  ApplicationCopy delay(String reason) {
    delayReason = reason;
    return this;
  }

  ApplicationCopy codeByItself(boolean does) {
    codeByItself = does;
    return this;
  }

  ApplicationCopy publicity(LocalDate lastDay) {
    publicityEndsOn = lastDay;
    return this;
  }

  /** The first time counts for what was in time; a supplement is none. */
  ApplicationCopy submitted(Write write) {
    if (submittedAt == null) {
      submittedAt = RegistrationApplications.now(write);
    }
    submittedBy = write.actor().name();
    return this;
  }

  ApplicationCopy accepted(LocalDate day) {
    acceptedOn = day;
    return this;
  }

  RegistrationApplication made() {
    return new RegistrationApplication(
        of.id(),
        of.kind(),
        of.subjectKind(),
        of.resourceId(),
        of.operatorId(),
        of.productId(),
        registrationId,
        of.applicantId(),
        jointApplicantIds,
        of.registrarId(),
        of.jurisdictionCode(),
        providedOn,
        late,
        content,
        request,
        of.version(),
        state,
        stateReason,
        supplement,
        supplementAt,
        dueOn,
        delayReason,
        codeByItself,
        publicityEndsOn,
        submittedAt,
        submittedBy,
        acceptedOn,
        of.createdAt(),
        of.createdBy(),
        of.updatedAt(),
        of.updatedBy());
  }
}
