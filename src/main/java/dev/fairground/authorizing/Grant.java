package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authorization as it stands, with what its jurisdiction's rules of the day say about it.
 *
 * @param row its newest version, by the names of the columns
 * @param exitNoticeMonths null where no rule says it
 */
record Grant(
    JsonObject row, GrantedScope scope, TermRules.Limit limit, @Nullable Integer exitNoticeMonths) {

  UUID id() {
    return uuid("grant_id");
  }

  String globalId() {
    return Ids.write(AuthorizationResolver.PREFIX, id());
  }

  String number() {
    return row.getString("number");
  }

  UUID institutionId() {
    return uuid("institution_id");
  }

  UUID operatorId() {
    return uuid("operator_id");
  }

  String jurisdictionCode() {
    return row.getString("jurisdiction_code");
  }

  int version() {
    return row.getInteger("version");
  }

  State state() {
    return State.valueOf(row.getString("state"));
  }

  GrantRules.Standing standing() {
    return new GrantRules.Standing(state(), "AUTHORITY".equals(row.getString("suspended_by")));
  }

  boolean isInUse() {
    return state() == State.ACTIVE || state() == State.SUSPENDED;
  }

  boolean isDemonstration() {
    return row.getBoolean("demonstration");
  }

  @Nullable LocalDate day(String column) {
    var day = row.getString(column);
    return day == null ? null : LocalDate.parse(day);
  }

  /** The first day; there is one from the candidate on. */
  LocalDate startsOn() {
    return Objects.requireNonNull(day("starts_on"));
  }

  /** The last day of the term. */
  LocalDate endsOn() {
    return Objects.requireNonNull(day("ends_on"));
  }

  @Nullable String text(String column) {
    return row.getString(column);
  }

  private UUID uuid(String column) {
    return UUID.fromString(row.getString(column));
  }

  /** What a plan says of it: its scope, its term, and the words that are public. */
  JsonObject planned() {
    var translations = new LinkedHashMap<String, String>();
    // Null for a title in one language.
    if (row.getValue("title_translations") instanceof JsonObject others) {
      others.forEach(one -> translations.put(one.getKey(), String.valueOf(one.getValue())));
    }
    var title = new JsonArray();
    new Text(row.getString("title"), row.getString("locale"), translations)
        .inAll()
        .forEach(
            text ->
                title.add(
                    new JsonObject().put("locale", text.locale()).put("value", text.value())));
    var planned =
        new JsonObject()
            .put("title", title)
            .put("mode", row.getString("mode"))
            .put("fields", row.getJsonArray("fields"))
            .put("regionCodes", row.getJsonArray("region_codes"));
    planned.mergeIn(scope.json());
    put(planned, "modeText", "mode_text");
    put(planned, "content", "content");
    put(planned, "exitTerms", "exit_terms");
    put(planned, "startsOn", "starts_on");
    put(planned, "endsOn", "ends_on");
    put(planned, "termReason", "term_reason");
    return planned;
  }

  private void put(JsonObject planned, String item, String column) {
    var value = row.getString(column);
    if (value != null) {
      planned.put(item, value);
    }
  }
}
