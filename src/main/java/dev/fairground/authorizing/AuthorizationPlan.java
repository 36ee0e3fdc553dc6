package dev.fairground.authorizing;

import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan of an institution as it stands.
 *
 * @param version counts its changes
 * @param content its twelve items
 * @param decisionNumber how often it was decided on
 * @param revisesId the authorization whose change it plans; null for a new one
 * @param authorizationId the authorization that it led to
 */
record AuthorizationPlan(
    UUID id,
    UUID institutionId,
    String jurisdictionCode,
    int version,
    PlanState state,
    @Nullable String stateReason,
    JsonObject content,
    int decisionNumber,
    @Nullable LocalDate decidedOn,
    @Nullable String filingNumber,
    @Nullable LocalDate filedOn,
    @Nullable UUID filedWithId,
    @Nullable String selectionMethod,
    @Nullable String selectionBasis,
    @Nullable String fairCompetitionReview,
    @Nullable LocalDate selectionOpenedOn,
    @Nullable UUID revisesId,
    @Nullable UUID authorizationId,
    OffsetDateTime createdAt,
    String createdBy,
    OffsetDateTime updatedAt,
    String updatedBy,
    boolean demonstration) {

  /** The title, its first language being its own; empty until there is one. */
  Text title() {
    var titles = content.getJsonArray("title", new JsonArray());
    if (titles.isEmpty()) {
      return Text.of("", "zh");
    }
    var translations = new LinkedHashMap<String, String>();
    for (int i = 1; i < titles.size(); i++) {
      var title = titles.getJsonObject(i);
      translations.put(title.getString("locale"), title.getString("value"));
    }
    var own = titles.getJsonObject(0);
    return new Text(own.getString("value"), own.getString("locale"), translations);
  }

  @Nullable LocalDate day(String item) {
    var day = content.getString(item);
    return day == null ? null : LocalDate.parse(day);
  }

  /** A day that a decided plan has. */
  LocalDate dayOf(String item) {
    return Objects.requireNonNull(day(item));
  }

  boolean isRevision() {
    return revisesId != null;
  }

  GrantedScope scope() {
    return GrantedScope.of(content);
  }
}
