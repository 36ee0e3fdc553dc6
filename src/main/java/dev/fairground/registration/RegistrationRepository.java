package dev.fairground.registration;

import dev.fairground.catalog.ProductRepository;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.resource.DataResourceRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over registrations. */
final class RegistrationRepository {
  static final Columns COLUMNS =
      Columns.of(
          """
          registration_id, [version: version], [validFrom: valid_from], [code: code],
          [registrar: registrar_id], [subjectKind: subject_kind], [resource: resource_id],
          [product: product_id], [kind: kind], [state: state], [stateReason: state_reason],
          [confirmationSheet: confirmation_sheet], [codedOn: coded_on], [validUntil: valid_until], [disputeMark: dispute_mark],
          [source: source], [demonstration: demonstration], [registrant: registrant_id],
          [registrantName: registrant_name], [dataName: data_name], [contentSummary: content_summary],
          [termStartsOn: term_starts_on]
          """);

  private static final One<Registration> ONE =
      new One<>(
          "registrationsById",
          "registration_version",
          "r",
          true,
          COLUMNS,
          RegistrationRepository::registration,
          new Join("registrar", "registrar_id", OrganizationRepository.ONE),
          new Join("resource", "resource_id", DataResourceRepository.ONE),
          new Join("product", "product_id", ProductRepository.ONE),
          new Join("registrant", "registrant_id", OrganizationRepository.ONE));

  static final PageSelect<Registration> LIST = PageSelect.of("registrations", ONE);

  static final PageSelect<Registration> OF_RESOURCES =
      LIST.linked("registrationsOfResources", "r.resource_id");

  static final PageSelect<Registration> OF_PRODUCTS =
      LIST.linked("registrationsOfProducts", "r.product_id");

  private final Database database;

  RegistrationRepository(Database database) {
    this.database = database;
  }

  Future<List<Registration>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  static Registration registration(Row row) {
    return new Registration(
        row.getUUID(0),
        Rows.number(row, 1),
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
        Rows.truth(row, 14),
        row.getString(15),
        Rows.truth(row, 16),
        row.getUUID(17),
        row.getString(18),
        row.getString(19),
        row.getString(20),
        row.getLocalDate(21));
  }
}
