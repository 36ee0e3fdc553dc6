package dev.fairground.registration;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes registrations: a first version, or the next one of what is there. */
final class RegisteredVersions {
  private final Database database;
  private final EventLog events;

  RegisteredVersions(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  // Its row is never changed, so it is what waits; the versions are read behind it.
  private static final String LOCK =
      "-- lockRegistration\nselect id from registration where id = $1 for no key update";

  private static final String CURRENT =
      "-- currentRegistration\nselect "
          + RegistrationRepository.COLUMNS.all("r")
          + " from registration_version r where r.registration_id = $1 and r.valid_to = 'infinity'";

  /** The current version, which nobody else follows up until the transaction ends. */
  Future<@Nullable Registration> lock(SqlConnection transaction, UUID id) {
    return database
        .rows(transaction, LOCK, Tuple.of(id))
        .compose(
            locked ->
                database.first(
                    transaction, CURRENT, Tuple.of(id), RegistrationRepository::registration));
  }

  // Whoever gives a code waits for who gives one to the same thing, or the same code.
  private static final String TURN =
      """
      -- turnToRegister
      select pg_advisory_xact_lock(hashtextextended($1, 725)), pg_advisory_xact_lock(hashtextextended($2, 726))
      """;

  private static final String TAKEN =
      "-- codeOfRegistrationTaken\nselect exists (select 1 from registration r where r.code = $1)";

  /** Whether there is a registration with this code already, with whichever registrar. */
  Future<Boolean> isTaken(SqlConnection transaction, UUID subject, String code) {
    return database
        .rows(transaction, TURN, Tuple.of(subject.toString(), code))
        .compose(
            waited -> database.first(transaction, TAKEN, Tuple.of(code), row -> row.getBoolean(0)))
        .map(Boolean.TRUE::equals);
  }

  private static final String REGISTRATION =
      """
      -- insertRegistration
      insert into registration (id, registrar_id, code, subject_kind, resource_id, operator_id, product_id, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String FIRST =
      """
      -- insertRegistrationVersion
      insert into registration_version (registration_id, version, valid_from, code, registrar_id, subject_kind, resource_id,
             product_id, kind, state, confirmation_sheet, coded_on, valid_until, registrant_id, registrant_name,
             data_name, content_summary, demonstration)
      values ($1, 1, $2, $3, $4, $5, $6, $7, $8, 'VALID', $9, $10, $11, $12, $13, $14, $15, $16)
      """;

  /** Enters a registration. */
  Future<Void> insert(
      SqlConnection transaction, Write write, Registration first, @Nullable UUID operatorId) {
    var now = RegistrationApplications.now(write);
    return database
        .rows(
            transaction,
            REGISTRATION,
            Tuple.of(first.id(), first.registrarId(), first.code(), first.subjectKind().name())
                .addValue(first.resourceId())
                .addValue(operatorId)
                .addValue(first.productId())
                .addValue(now))
        .compose(
            entered ->
                database.rows(
                    transaction,
                    FIRST,
                    Tuple.of(first.id(), now, first.code(), first.registrarId())
                        .addValue(first.subjectKind().name())
                        .addValue(first.resourceId())
                        .addValue(first.productId())
                        .addValue(first.kind().name())
                        .addValue(first.confirmationSheet())
                        .addValue(first.codedOn())
                        .addValue(first.validUntil())
                        .addValue(first.registrantId())
                        .addValue(first.registrantName())
                        .addValue(first.dataName())
                        .addValue(first.contentSummary())
                        .addValue(first.demonstration())))
        .compose(written -> tell(transaction, write, first, 1, List.of()));
  }

  private static final String CLOSE =
      """
      -- closeRegistrationVersion
      update registration_version r
         set valid_to = greatest($2, r.valid_from + interval '1 microsecond')
       where r.registration_id = $1
         and r.valid_to = 'infinity'
      returning r.valid_to
      """;

  private static final String NEXT =
      """
      -- nextRegistrationVersion
      insert into registration_version (registration_id, version, valid_from, code, registrar_id, subject_kind, resource_id,
             product_id, kind, state, state_reason, confirmation_sheet, coded_on, valid_until, dispute_mark, source,
             registrant_id, registrant_name, data_name, content_summary, term_starts_on, demonstration)
      select r.registration_id, r.version + 1, r.valid_to, r.code, r.registrar_id, r.subject_kind, r.resource_id,
             r.product_id, $3, $4, $5, $6, r.coded_on, $7, $8, r.source, $9, $10, $11, $12, $13, r.demonstration
        from registration_version r
       where r.registration_id = $1
         and r.valid_to = $2
      """;

  /**
   * Writes the next version of one that is locked.
   *
   * @param next as it is to be; its version is that of the one before
   */
  Future<Void> next(
      SqlConnection transaction, Write write, Registration next, List<String> changedFields) {
    return database
        .first(
            transaction,
            CLOSE,
            Tuple.of(next.id(), RegistrationApplications.now(write)),
            row -> row.getOffsetDateTime(0))
        .map(Objects::requireNonNull)
        .compose(
            moment ->
                database.rows(
                    transaction,
                    NEXT,
                    Tuple.of(next.id(), moment, next.kind().name(), next.state().name())
                        .addValue(next.stateReason())
                        .addValue(next.confirmationSheet())
                        .addValue(next.validUntil())
                        .addValue(next.disputeMark())
                        .addValue(next.registrantId())
                        .addValue(next.registrantName())
                        .addValue(next.dataName())
                        .addValue(next.contentSummary())
                        .addValue(next.termStartsOn())))
        .compose(written -> tell(transaction, write, next, next.version() + 1, changedFields));
  }

  private Future<Void> tell(
      SqlConnection transaction,
      Write write,
      Registration of,
      int version,
      List<String> changedFields) {
    return events.append(
        transaction,
        write,
        List.of(
            new NewEvent(
                EventType.REGISTRATION_CHANGED,
                Ids.write(Registration.PREFIX, of.id()),
                version,
                of.registrarId(),
                true,
                changedFields)));
  }

  private static final String CONTENT =
      "-- contentOfRegistration\nselect c.content from registration_content c where c.registration_id = $1";

  /** The blocks that were registered; empty where a source brought the registration. */
  Future<JsonObject> content(SqlConnection transaction, UUID id) {
    return database
        .first(transaction, CONTENT, Tuple.of(id), row -> (JsonObject) row.getValue(0))
        .map(found -> found == null ? new JsonObject() : found);
  }

  private static final String KEEP =
      """
      -- keepContentOfRegistration
      insert into registration_content as c (registration_id, application_id, content)
      values ($1, $2, $3)
          on conflict (registration_id) do update
         set application_id = excluded.application_id, content = excluded.content
      """;

  Future<Void> keep(SqlConnection transaction, UUID id, UUID application, JsonObject content) {
    return database.rows(transaction, KEEP, Tuple.of(id, application, content)).mapEmpty();
  }
}
