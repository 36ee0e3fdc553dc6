package dev.fairground.registration;

import dev.fairground.registration.RegistrationApplication.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What everybody is told of an application during its publicity. It has the application's id.
 *
 * @param endsOn the last day on which objections are taken
 */
record RegistrationNotice(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    Registration.Kind kind,
    Registration.Subject subjectKind,
    @Nullable UUID resourceId,
    @Nullable UUID productId,
    @Nullable UUID registrationId,
    UUID registrarId,
    UUID registrantId,
    String registrantName,
    String dataName,
    String contentSummary,
    @Nullable String sectorCode,
    List<String> jointHolders,
    LocalDate startsOn,
    LocalDate endsOn,
    Stand state,
    boolean demonstration) {
  /** The prefix of notices' ids. */
  static final String PREFIX = "rnot";

  /** Where it stands. */
  enum Stand {
    OPEN,
    CODED,
    TERMINATED,
    WITHDRAWN
  }

  /** What an application becomes known by. */
  record Said(String registrant, String data, String summary) {
    /** From the blocks of the form; the names of the product for a product. */
    static Said of(Registration.Subject subject, JsonObject content) {
      var named =
          subject == Registration.Subject.PRODUCT
              ? block(content, RegistrationBlock.PRODUCT_SERVICE)
              : block(content, RegistrationBlock.RESOURCE);
      return new Said(
          block(content, RegistrationBlock.SUBJECT).getString("name", ""),
          named.getString("name", ""),
          named.getString(subject == Registration.Subject.PRODUCT ? "functions" : "summary", ""));
    }
  }

  private static JsonObject block(JsonObject content, RegistrationBlock block) {
    return content.getJsonObject(block.field(), new JsonObject());
  }

  /**
   * Of an application whose review was passed.
   *
   * @param fields what the jurisdiction shows besides: SECTOR, JOINT_HOLDERS
   */
  static RegistrationNotice of(
      RegistrationApplication of,
      Set<String> fields,
      OffsetDateTime now,
      LocalDate today,
      LocalDate endsOn,
      boolean demonstration) {
    var said = Said.of(of.subjectKind(), of.content());
    var holders =
        block(of.content(), RegistrationBlock.SUBJECT)
            .getJsonArray("jointHolders", new JsonArray());
    return new RegistrationNotice(
        of.id(),
        1,
        now,
        of.kind(),
        of.subjectKind(),
        of.resourceId(),
        of.productId(),
        of.registrationId(),
        of.registrarId(),
        of.applicantId(),
        said.registrant(),
        said.data(),
        said.summary(),
        fields.contains("SECTOR")
            ? block(of.content(), RegistrationBlock.RESOURCE).getString("sectorCode")
            : null,
        fields.contains("JOINT_HOLDERS")
            ? holders.stream().map(String::valueOf).toList()
            : List.of(),
        today,
        endsOn,
        Stand.OPEN,
        demonstration);
  }

  /** Whether an objection is taken on a day: until the end of the last one. */
  static boolean takesObjections(State state, @Nullable LocalDate endsOn, LocalDate today) {
    return (state == State.IN_PUBLICITY || state == State.OBJECTED)
        && endsOn != null
        && !today.isAfter(endsOn);
  }
}
