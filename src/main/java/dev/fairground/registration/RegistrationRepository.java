package dev.fairground.registration;

import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over registrations. */
final class RegistrationRepository {
  private static final String COLUMNS =
      "r.registration_id, r.version, r.valid_from, r.code, r.registrar_id, r.subject_kind,"
          + " r.resource_id, r.product_id, r.kind, r.state, r.state_reason, r.confirmation_sheet,"
          + " r.coded_on, r.valid_until, r.dispute_mark, r.source, r.demonstration";

  private static final String FROM = "registration_version r";

  static final PageSelect<Registration> LIST =
      PageSelect.of("registrations", COLUMNS, FROM, RegistrationRepository::registration, "r");

  static final PageSelect<Registration> OF_RESOURCES =
      LIST.linked("registrationsOfResources", FROM, "r.resource_id = parent.id", "r");

  static final PageSelect<Registration> OF_PRODUCTS =
      LIST.linked("registrationsOfProducts", FROM, "r.product_id = parent.id", "r");

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- registrationsById\nselect "
              + COLUMNS
              + """

               from registration_version r
              where r.registration_id = any($1)
                and {r}
              """);

  private final Database database;

  RegistrationRepository(Database database) {
    this.database = database;
  }

  Future<List<Registration>> findByIds(Reading reading, Collection<UUID> ids) {
    return BY_ID.list(
        database, reading, RegistrationRepository::registration, (Object) Rows.ids(ids));
  }

  private static Registration registration(Row row) {
    return new Registration(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getString(3),
        row.getUUID(4),
        Rows.value(row, 5, Registration.Subject.class),
        row.getUUID(6),
        row.getUUID(7),
        Rows.value(row, 8, Registration.Kind.class),
        Rows.value(row, 9, Registration.State.class),
        row.getString(10),
        row.getString(11),
        row.getLocalDate(12),
        row.getLocalDate(13),
        row.getBoolean(14),
        row.getString(15),
        row.getBoolean(16));
  }
}
