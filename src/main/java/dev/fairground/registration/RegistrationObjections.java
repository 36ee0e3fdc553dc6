package dev.fairground.registration;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SQL over objections: read by who raised them, by the applicant and by the registrar; nobody else
 * finds any.
 */
final class RegistrationObjections {
  private static final String SELECT =
      """
      select o.id, o.application_id, o.organization_id, o.person_name,
             case when p.registrar_id = any($2) or o.organization_id = any($3) then o.contact end,
             o.grounds, o.evidence, o.received_at, o.state, o.answer, o.answered_at, o.reasons, o.decided_at, o.version
        from registration_objection o
        join registration_application p on p.id = o.application_id
       where (p.applicant_id = any($1) or p.registrar_id = any($2) or o.organization_id = any($3))
      """;

  private final Database database;

  RegistrationObjections(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- registrationObjectionsById\n" + SELECT + " and o.id = any($4)";

  Future<List<RegistrationObjection>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        viewer(reading.viewer()).addValue(Rows.ids(ids)),
        RegistrationObjections::objection);
  }

  private static final String OF_APPLICATIONS =
      "-- objectionsOfApplications\n"
          + SELECT
          + " and o.application_id = any($4) order by o.received_at, o.id limit 1000";

  Future<List<RegistrationObjection>> findOfApplications(
      Reading reading, Collection<UUID> applications) {
    return database.list(
        reading.reads(),
        OF_APPLICATIONS,
        viewer(reading.viewer()).addValue(Rows.ids(applications)),
        RegistrationObjections::objection);
  }

  private static Tuple viewer(Viewer viewer) {
    return Tuple.of(
        viewer.rights().organizations(Scope.REGISTRATION_WRITE),
        viewer.rights().organizations(Scope.REGISTRATION_DECIDE),
        viewer.rights().organizations(Scope.REGISTRATION_OBJECT));
  }

  /** One that the caller may see; its application is to be locked before. */
  Future<@Nullable RegistrationObjection> find(SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        BY_ID,
        viewer(write.viewer()).addValue(new UUID[] {id}),
        RegistrationObjections::objection);
  }

  private static final String INSERT =
      """
      -- insertRegistrationObjection
      insert into registration_objection (id, application_id, organization_id, person_name, contact, grounds, evidence,
             received_at, entered_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  Future<Void> insert(
      SqlConnection transaction,
      Write write,
      UUID id,
      UUID application,
      @Nullable UUID organization,
      ObjectionForm form,
      OffsetDateTime receivedAt) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.of(id, application)
                .addValue(organization)
                .addValue(form.name())
                .addValue(form.contact())
                .addValue(form.grounds())
                .addValue(form.evidence().toArray(String[]::new))
                .addValue(receivedAt)
                .addValue(write.actor().name()))
        .mapEmpty();
  }

  private static final String OPEN =
      """
      -- openObjectionsOfApplication
      select count(*)::integer from registration_objection o where o.application_id = $1 and o.state = 'OPEN'
      """;

  /** How many are not decided. */
  Future<Integer> open(SqlConnection transaction, UUID application) {
    return database
        .first(transaction, OPEN, Tuple.of(application), row -> row.getInteger(0))
        .map(Objects::requireNonNull);
  }

  private static final String ANSWER =
      """
      -- answerRegistrationObjection
      update registration_objection set answer = $2, answered_at = $3, version = version + 1 where id = $1
      """;

  Future<Void> answer(SqlConnection transaction, Write write, UUID id, String answer) {
    return database
        .rows(transaction, ANSWER, Tuple.of(id, answer, RegistrationApplications.now(write)))
        .mapEmpty();
  }

  private static final String DECIDE =
      """
      -- decideRegistrationObjection
      update registration_objection set state = $2, reasons = $3, decided_at = $4, version = version + 1 where id = $1
      """;

  Future<Void> decide(
      SqlConnection transaction,
      Write write,
      UUID id,
      RegistrationObjection.State state,
      String reasons) {
    return database
        .rows(
            transaction,
            DECIDE,
            Tuple.of(id, state.name(), reasons, RegistrationApplications.now(write)))
        .mapEmpty();
  }

  private static final String CLOSE =
      """
      -- closeRegistrationObjections
      update registration_objection
         set state = 'CLOSED', decided_at = $2, version = version + 1
       where application_id = $1 and state = 'OPEN'
      returning id
      """;

  /** Ends those that are open, and gives back which. */
  Future<List<UUID>> close(SqlConnection transaction, Write write, UUID application) {
    return database.list(
        transaction,
        CLOSE,
        Tuple.of(application, RegistrationApplications.now(write)),
        row -> row.getUUID(0));
  }

  private static RegistrationObjection objection(Row row) {
    return new RegistrationObjection(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Rows.strings(row, 6),
        row.getOffsetDateTime(7),
        Rows.value(row, 8, RegistrationObjection.State.class),
        row.getString(9),
        row.getOffsetDateTime(10),
        row.getString(11),
        row.getOffsetDateTime(12),
        row.getInteger(13));
  }
}
