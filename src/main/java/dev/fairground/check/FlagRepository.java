package dev.fairground.check;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.party.OrganizationRepository;
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
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over flags. */
final class FlagRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, version, check_code, subject, subject_kind, operator_id, jurisdiction_code, outcome, state, opened_run,
          opened_at, opened_on, answer, answer_evidence, answered_at, answered_by, conclusion, conclusion_text, closed_at,
          closed_on, closed_by
          """);

  private static final One<CheckFlag> ONE =
      new One<>(
          "checkFlagsById",
          "check_flag",
          "f",
          false,
          COLUMNS,
          FlagRepository::flag,
          new Join("operator", "operator_id", OrganizationRepository.ONE));

  static final PageSelect<CheckFlag> LIST = PageSelect.of("checkFlags", ONE);

  static final PageSelect<CheckFlag> OF_OPERATORS =
      LIST.linked("checkFlagsOfOperators", "f.operator_id");

  private final Database database;

  FlagRepository(Database database) {
    this.database = database;
  }

  private static final String SEEN = CheckAccess.seen("f", 2);

  private static final String BY_ID =
      "-- checkFlagsById\nselect "
          + COLUMNS.all("f")
          + " from check_flag f where f.id = any($1) and "
          + SEEN;

  /** Those that the caller may see. */
  Future<List<CheckFlag>> findByIds(Reading reading, Collection<UUID> ids) {
    var access = CheckAccess.of(reading.viewer(), reading.moment().day());
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(Rows.ids(ids), access.all(), access.organizations(), access.day()),
        FlagRepository::flag);
  }

  private static final String FOR_UPDATE =
      "-- checkFlagForUpdate\nselect "
          + COLUMNS.all("f")
          + ", f.operator_id = any($3), is_data_authority(array_remove($4, f.operator_id), f.jurisdiction_code, $5)"
          + " from check_flag f where f.id = $1 and (f.operator_id = any($3) or is_data_authority($4, f.jurisdiction_code, $5)"
          + " or f.operator_id = any($2) or f.institution_id = any($2) or is_data_authority($2, f.jurisdiction_code, $5))"
          + " for no key update of f";

  /** A flag, and which of its steps are the caller's. */
  record Held(CheckFlag flag, boolean answering, boolean deciding) {}

  /** One that the caller may see, which nobody else changes until the transaction ends. */
  Future<@Nullable Held> findForUpdate(SqlConnection transaction, Write write, UUID id) {
    var rights = write.viewer().rights();
    return database.first(
        transaction,
        FOR_UPDATE,
        Tuple.of(
            id,
            rights.organizations(Scope.CHECK_READ),
            rights.organizations(Scope.CHECK_ANSWER),
            rights.organizations(Scope.CHECK_DECIDE),
            write.moment().day()),
        row -> new Held(flag(row), Rows.truth(row, 21), Rows.truth(row, 22)));
  }

  private static final String DECIDING =
      """
      -- flagsOfDeciders
      select f.id
        from unnest($2::uuid[], $3::text[], $4::uuid[]) as f (id, jurisdiction_code, operator_id)
       where is_data_authority(array_remove($1, f.operator_id), f.jurisdiction_code, $5)
      """;

  /** Those of the flags that the caller decides; nobody decides its own. */
  Future<List<UUID>> deciding(Reading reading, Collection<CheckFlag> flags) {
    return database.list(
        reading.reads(),
        DECIDING,
        Tuple.of(
            reading.viewer().rights().organizations(Scope.CHECK_DECIDE),
            flags.stream().map(CheckFlag::id).toArray(UUID[]::new),
            flags.stream().map(CheckFlag::jurisdictionCode).toArray(String[]::new),
            flags.stream().map(CheckFlag::operatorId).toArray(UUID[]::new),
            reading.moment().day()),
        row -> row.getUUID(0));
  }

  private static final String AUTHORITY =
      """
      -- authorityOfCheckFlag
      select r.organization_id from organization_role r
       where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = $1 and r.starts_on <= $2
         and (r.ends_on is null or r.ends_on >= $2)
       order by r.starts_on, r.organization_id limit 1
      """;

  /** The data authority that is told of a flag; null where there is none. */
  Future<@Nullable UUID> authority(SqlConnection transaction, String jurisdiction, LocalDate day) {
    return database.first(
        transaction, AUTHORITY, Tuple.of(jurisdiction, day), row -> row.getUUID(0));
  }

  private static final String SAVE =
      """
      -- saveCheckFlag
      update check_flag as f
         set version = version + 1, state = $2, answer = $3, answer_evidence = $4, answered_at = $5, answered_by = $6,
             conclusion = $7, conclusion_text = $8, closed_at = $9, closed_on = $10, closed_by = $11
       where f.id = $1
      returning\s"""
          + COLUMNS.all("f");

  Future<CheckFlag> save(SqlConnection transaction, CheckFlag flag) {
    return database
        .first(
            transaction,
            SAVE,
            Tuple.of(flag.id(), flag.state().name(), flag.answer(), flag.answerEvidence())
                .addValue(flag.answeredAt())
                .addValue(flag.answeredBy())
                .addValue(flag.conclusion() == null ? null : flag.conclusion().name())
                .addValue(flag.conclusionText())
                .addValue(flag.closedAt())
                .addValue(flag.closedOn())
                .addValue(flag.closedBy()),
            FlagRepository::flag)
        .map(Objects::requireNonNull);
  }

  private static final String FIGURES =
      """
      -- checkFigures
      select f.operator_id, f.check_code, to_char(f.opened_on, 'YYYY-"Q"Q') as quarter,
             count(*) filter (where f.outcome = 'BLOCK')::integer,
             count(*) filter (where f.outcome = 'FLAG')::integer,
             count(*) filter (where f.state <> 'CLOSED')::integer,
             count(*) filter (where f.conclusion = 'CLEARED')::integer,
             count(*) filter (where f.conclusion = 'CONFIRMED')::integer,
             count(*) filter (where f.conclusion = 'ACCEPTED_REASON')::integer,
             count(*) filter (where f.conclusion = 'PASSED_AGAIN')::integer
        from check_flag f
       where ($1::uuid is null or f.operator_id = $1)
         and ($2::text is null or f.check_code = $2)
         and f.opened_on between $3 and $4
         and f.opened_at <= $5
       group by f.operator_id, f.check_code, quarter
       order by quarter desc, f.check_code, f.operator_id
       limit 1000
      """;

  Future<List<CheckFigure>> figures(
      Reading reading, @Nullable UUID operator, @Nullable String check, CheckFigure.Quarters of) {
    return database.list(
        reading.reads(),
        FIGURES,
        Tuple.of(
            operator, check, of.from(), of.to(), reading.moment().at().atOffset(ZoneOffset.UTC)),
        row ->
            new CheckFigure(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getInteger(3),
                row.getInteger(4),
                row.getInteger(5),
                row.getInteger(6),
                row.getInteger(7),
                row.getInteger(8),
                row.getInteger(9)));
  }

  private static CheckFlag flag(Row row) {
    return new CheckFlag(
        row.getUUID(0),
        row.getInteger(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getUUID(5),
        row.getString(6),
        Rows.value(row, 7, Outcome.class),
        Rows.value(row, 8, CheckFlag.State.class),
        row.getUUID(9),
        row.getOffsetDateTime(10),
        row.getLocalDate(11),
        row.getString(12),
        row.getString(13),
        row.getOffsetDateTime(14),
        row.getString(15),
        Rows.valueOrNull(row, 16, CheckFlag.Conclusion.class),
        row.getString(17),
        row.getOffsetDateTime(18),
        row.getLocalDate(19),
        row.getString(20));
  }
}
