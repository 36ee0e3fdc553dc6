package dev.fairground.registration;

import dev.fairground.catalog.ProductRepository;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
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
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over notices, which everybody reads. */
final class RegistrationNotices {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, [version: version], [validFrom: valid_from], [kind: kind], [subjectKind: subject_kind], [resource: resource_id],
          [product: product_id], [registration: registration_id], [registrar: registrar_id], [registrant: registrant_id],
          [registrantName: registrant_name], [dataName: data_name], [contentSummary: content_summary],
          [sectorCode: sector_code], [jointHolders: joint_holders], [startsOn: starts_on],
          [endsOn/takesObjections: ends_on], [state/takesObjections: state], [demonstration: demonstration]
          """);

  private static final One<RegistrationNotice> ONE =
      new One<>(
          "registrationNoticesById",
          "registration_notice",
          "n",
          true,
          COLUMNS,
          RegistrationNotices::notice,
          new Join("registrar", "registrar_id", OrganizationRepository.ONE),
          new Join("registrant", "registrant_id", OrganizationRepository.ONE),
          new Join("resource", "resource_id", DataResourceRepository.ONE),
          new Join("product", "product_id", ProductRepository.ONE));

  static final PageSelect<RegistrationNotice> LIST = PageSelect.of("registrationNotices", ONE);

  private final Database database;
  private final EventLog events;

  RegistrationNotices(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  Future<List<RegistrationNotice>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  private static final String INSERT =
      """
      -- insertRegistrationNotice
      insert into registration_notice (id, version, valid_from, kind, subject_kind, resource_id, product_id, registration_id,
             registrar_id, registrant_id, registrant_name, data_name, content_summary, sector_code, joint_holders,
             starts_on, ends_on, state, demonstration)
      values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'OPEN', $17)
      """;

  Future<Void> publish(SqlConnection transaction, Write write, RegistrationNotice of) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.of(of.id(), of.validFrom(), of.kind().name(), of.subjectKind().name())
                .addValue(of.resourceId())
                .addValue(of.productId())
                .addValue(of.registrationId())
                .addValue(of.registrarId())
                .addValue(of.registrantId())
                .addValue(of.registrantName())
                .addValue(of.dataName())
                .addValue(of.contentSummary())
                .addValue(of.sectorCode())
                .addValue(of.jointHolders().toArray(String[]::new))
                .addValue(of.startsOn())
                .addValue(of.endsOn())
                .addValue(of.demonstration()))
        .compose(written -> tell(transaction, write, of.id(), of.registrarId(), 1, List.of()));
  }

  private static final String CLOSE =
      """
      -- closeRegistrationNotice
      with closed as (
        update registration_notice n
           set valid_to = greatest($2, n.valid_from + interval '1 microsecond')
         where n.id = $1
           and n.valid_to = 'infinity'
        returning n.*)
      insert into registration_notice (id, version, valid_from, kind, subject_kind, resource_id, product_id, registration_id,
             registrar_id, registrant_id, registrant_name, data_name, content_summary, sector_code, joint_holders,
             starts_on, ends_on, state, demonstration)
      select n.id, n.version + 1, n.valid_to, n.kind, n.subject_kind, n.resource_id, n.product_id,
             coalesce($4, n.registration_id), n.registrar_id, n.registrant_id, n.registrant_name, n.data_name,
             n.content_summary, n.sector_code, n.joint_holders, n.starts_on, coalesce($5, n.ends_on), coalesce($3, n.state),
             n.demonstration
        from closed n
      returning version, registrar_id
      """;

  /** The next version of a notice: what became of it. Nothing where there is none. */
  Future<Void> end(
      SqlConnection transaction,
      Write write,
      UUID id,
      RegistrationNotice.Stand state,
      @Nullable UUID registrationId) {
    return next(
        transaction,
        write,
        id,
        Tuple.of(id, RegistrationApplications.now(write), state.name())
            .addValue(registrationId)
            .addValue(null),
        List.of("state"));
  }

  /** The next version of a notice: objections are taken until a later day. */
  Future<Void> prolong(SqlConnection transaction, Write write, UUID id, LocalDate endsOn) {
    return next(
        transaction,
        write,
        id,
        Tuple.of(id, RegistrationApplications.now(write), null).addValue(null).addValue(endsOn),
        List.of("endsOn"));
  }

  private Future<Void> next(
      SqlConnection transaction, Write write, UUID id, Tuple values, List<String> changed) {
    return database
        .rows(transaction, CLOSE, values)
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture();
              }
              var row = rows.iterator().next();
              return tell(transaction, write, id, row.getUUID(1), row.getInteger(0), changed);
            });
  }

  private Future<Void> tell(
      SqlConnection transaction,
      Write write,
      UUID id,
      UUID registrar,
      int version,
      List<String> changed) {
    return events.append(
        transaction,
        write,
        List.of(
            new NewEvent(
                EventType.REGISTRATION_CHANGED,
                Ids.write(RegistrationNotice.PREFIX, id),
                version,
                registrar,
                true,
                changed)));
  }

  private static RegistrationNotice notice(Row row) {
    return new RegistrationNotice(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        Rows.value(row, 3, Registration.Kind.class),
        Rows.value(row, 4, Registration.Subject.class),
        row.getUUID(5),
        row.getUUID(6),
        row.getUUID(7),
        row.getUUID(8),
        row.getUUID(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        Rows.strings(row, 14),
        row.getLocalDate(15),
        row.getLocalDate(16),
        Rows.value(row, 17, RegistrationNotice.Stand.class),
        Rows.truth(row, 18));
  }
}
