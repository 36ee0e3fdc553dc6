package dev.fairground.registration;

import dev.fairground.graphql.Write;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over applications for registration. */
final class RegistrationApplications {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, kind, subject_kind, resource_id, operator_id, product_id, registration_id, applicant_id, joint_applicant_ids,
          registrar_id, jurisdiction_code, provided_on, late, content, request, version, state, state_reason, supplement,
          supplement_at, due_on, delay_reason, code_by_itself, publicity_ends_on, submitted_at, submitted_by, accepted_on,
          created_at, created_by, updated_at, updated_by
          """);

  private static final One<RegistrationApplication> ONE =
      new One<>(
          "registrationApplicationsById",
          "registration_application",
          "p",
          false,
          COLUMNS,
          RegistrationApplications::application,
          new Join("applicant", "applicant_id", OrganizationRepository.ONE),
          new Join("registrar", "registrar_id", OrganizationRepository.ONE));

  static final PageSelect<RegistrationApplication> LIST =
      PageSelect.of("registrationApplications", ONE);

  private final Database database;

  RegistrationApplications(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- registrationApplicationsById\nselect "
          + COLUMNS.all("p")
          + " from registration_application p where p.id = any($3) and "
          + ApplicationAccess.VISIBLE;

  /** Those that the caller may see. */
  Future<List<RegistrationApplication>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        ApplicationAccess.of(reading.viewer()).tuple().addValue(Rows.ids(ids)),
        RegistrationApplications::application);
  }

  private static final String FOR_UPDATE =
      "-- registrationApplicationForUpdate\nselect "
          + COLUMNS.all("p")
          + " from registration_application p where p.id = $3 and "
          + ApplicationAccess.VISIBLE
          + " for no key update of p";

  /** One that the caller may see, which nobody else changes until the transaction ends. */
  Future<@Nullable RegistrationApplication> findForUpdate(
      SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        FOR_UPDATE,
        ApplicationAccess.of(write.viewer()).tuple().addValue(id),
        RegistrationApplications::application);
  }

  private static final String LOCKED =
      "-- registrationApplicationLocked\nselect "
          + COLUMNS.all("p")
          + " from registration_application p where p.id = $1 for no key update of p";

  /** One, whoever may see it: for what is done by what is public of it, or by the server. */
  Future<@Nullable RegistrationApplication> lock(SqlConnection transaction, UUID id) {
    return database.first(transaction, LOCKED, Tuple.of(id), RegistrationApplications::application);
  }

  private static final String ENDED =
      "-- nextEndedPublicity\nselect "
          + COLUMNS.all("p")
          + """
             from registration_application p
            where p.state = 'IN_PUBLICITY'
              and p.code_by_itself
              and p.publicity_ends_on < $1
              and not exists (
                select 1 from clock c
                 where c.subject = global_id('rapp', p.id) and c.rule = 'publicityWd' and c.state = 'RUNNING'
                   and c.unknown_years <> '{}')
              and (p.publicity_ends_on, p.id) > ($2, $3)
            order by p.publicity_ends_on, p.id
            limit 1
              for no key update of p skip locked
            """;

  /**
   * The next one whose publicity is over and whose code the server gives, after another one. Where
   * the last day is provisional, because a year's calendar is not known, the server waits for it.
   */
  Future<@Nullable RegistrationApplication> nextEnded(
      SqlConnection transaction,
      java.time.LocalDate today,
      java.time.LocalDate afterDay,
      UUID after) {
    return database.first(
        transaction,
        ENDED,
        Tuple.of(today, afterDay, after),
        RegistrationApplications::application);
  }

  private static final String INSERT =
      """
      -- insertRegistrationApplication
      insert into registration_application as p (id, kind, subject_kind, resource_id, operator_id, product_id,
             registration_id, applicant_id, joint_applicant_ids, registrar_id, jurisdiction_code, provided_on, content,
             request, created_at, created_by, updated_at, updated_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $16)
      returning\s"""
          + COLUMNS.all("p");

  /** A draft. */
  Future<RegistrationApplication> insert(
      SqlConnection transaction, Write write, ApplicationStart start) {
    return database
        .first(
            transaction,
            INSERT,
            Tuple.of(UUID.randomUUID(), start.kind().name(), start.subjectKind().name())
                .addValue(start.resourceId())
                .addValue(start.operatorId())
                .addValue(start.productId())
                .addValue(start.registrationId())
                .addValue(start.applicantId())
                .addValue(Rows.ids(start.jointApplicantIds()))
                .addValue(start.registrarId())
                .addValue(start.jurisdictionCode())
                .addValue(start.providedOn())
                .addValue(start.content())
                .addValue(start.request())
                .addValue(now(write))
                .addValue(write.actor().name()),
            RegistrationApplications::application)
        .map(Objects::requireNonNull);
  }

  private static final String SAVE =
      """
      -- saveRegistrationApplication
      update registration_application as p
         set version = version + 1, updated_at = $2, updated_by = $3, registration_id = $4, joint_applicant_ids = $5,
             provided_on = $6, late = $7, content = $8, request = $9, state = $10, state_reason = $11, supplement = $12,
             supplement_at = $13, due_on = $14, delay_reason = $15, code_by_itself = $16, publicity_ends_on = $17,
             submitted_at = $18, submitted_by = $19, accepted_on = $20
       where id = $1
      returning\s"""
          + COLUMNS.all("p");

  Future<RegistrationApplication> save(
      SqlConnection transaction, Write write, RegistrationApplication of) {
    var supplement = of.supplement();
    return database
        .first(
            transaction,
            SAVE,
            Tuple.of(of.id(), now(write), write.actor().name())
                .addValue(of.registrationId())
                .addValue(Rows.ids(of.jointApplicantIds()))
                .addValue(of.providedOn())
                .addValue(of.late())
                .addValue(of.content())
                .addValue(of.request())
                .addValue(of.state().name())
                .addValue(of.stateReason())
                .addValue(
                    supplement == null
                        ? null
                        : new JsonArray(supplement.stream().map(RegistrationGap::json).toList()))
                .addValue(of.supplementAt())
                .addValue(of.dueOn())
                .addValue(of.delayReason())
                .addValue(of.codeByItself())
                .addValue(of.publicityEndsOn())
                .addValue(of.submittedAt())
                .addValue(of.submittedBy())
                .addValue(of.acceptedOn()),
            RegistrationApplications::application)
        .map(Objects::requireNonNull);
  }

  static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }

  private static RegistrationApplication application(Row row) {
    return new RegistrationApplication(
        row.getUUID(0),
        Rows.value(row, 1, Registration.Kind.class),
        Rows.value(row, 2, Registration.Subject.class),
        row.getUUID(3),
        row.getUUID(4),
        row.getUUID(5),
        row.getUUID(6),
        row.getUUID(7),
        List.of(row.getArrayOfUUIDs(8)),
        row.getUUID(9),
        row.getString(10),
        row.getLocalDate(11),
        Rows.truth(row, 12),
        Objects.requireNonNull((JsonObject) row.getValue(13)),
        Objects.requireNonNull((JsonObject) row.getValue(14)),
        row.getInteger(15),
        Rows.value(row, 16, State.class),
        row.getString(17),
        gaps((JsonArray) row.getValue(18)),
        row.getOffsetDateTime(19),
        row.getLocalDate(20),
        row.getString(21),
        Rows.truth(row, 22),
        row.getLocalDate(23),
        row.getOffsetDateTime(24),
        row.getString(25),
        row.getLocalDate(26),
        row.getOffsetDateTime(27),
        row.getString(28),
        row.getOffsetDateTime(29),
        row.getString(30));
  }

  private static @Nullable List<RegistrationGap> gaps(@Nullable JsonArray gaps) {
    if (gaps == null) {
      return null;
    }
    var found = new ArrayList<RegistrationGap>();
    for (int i = 0; i < gaps.size(); i++) {
      found.add(RegistrationGap.of(gaps.getJsonObject(i)));
    }
    return List.copyOf(found);
  }
}
