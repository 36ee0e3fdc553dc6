package dev.fairground.authorization;

import dev.fairground.kernel.Period;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.resource.DataResourceRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over authorizations and their scope. */
public final class AuthorizationRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          grant_id, [version: version], [validFrom: valid_from], [number: number],
          [institution/disclosure: institution_id], [operator/disclosure: operator_id],
          [jurisdictionCode/jurisdiction: jurisdiction_code],
          [title/disclosure: title, locale, title_translations], [mode/disclosure: mode],
          [modeText/disclosure: mode_text],
          [state: state], [stateReason: state_reason], [term/disclosure: starts_on, ends_on], [termReason: term_reason],
          [fields/disclosure: fields], [regionCodes/disclosure: region_codes], [content/disclosure: content],
          [exitTerms/disclosure: exit_terms],
          [securityDuties: security_duties], [selectionMethod/disclosure: selection_method],
          [agreementNumber: agreement_number], [filedOn/disclosure: filed_on], [disclosedOn/disclosure: disclosed_on],
          [source: source], [demonstration: demonstration], [selectionBasis/disclosure: selection_basis],
          [publicity/disclosure: publicity_starts_on, publicity_ends_on], [bidders/disclosure: bidders],
          [exclusive/disclosure: exclusive], [exclusiveReason/disclosure: exclusive_reason],
          [fairCompetitionReview/disclosure: fair_competition_review], [decisionRecord: decision_record],
          [signedOn: signed_on], [filingNumber: filing_number], [correctionDueOn: correction_due_on],
          [exitNoticeOn: exit_notice_on], [exitsOn: exits_on], [endKind: end_kind], [endedOn: ended_on],
          [newAccessUntil: new_access_until]
          """);

  /** One authorization by its id. */
  public static final One<AuthorizationGrant> ONE =
      new One<>(
          "authorizationsById",
          "authorization_grant_version",
          "g",
          true,
          COLUMNS,
          AuthorizationRepository::grant,
          new Join("institution", "institution_id", OrganizationRepository.ONE),
          new Join("operator", "operator_id", OrganizationRepository.ONE));

  static final PageSelect<AuthorizationGrant> LIST = PageSelect.of("authorizations", ONE);

  static final PageSelect<AuthorizationGrant> OF_OPERATORS =
      LIST.linked("authorizationsOfOperators", "g.operator_id");

  static final PageSelect<AuthorizationGrant> OF_INSTITUTIONS =
      LIST.linked("authorizationsOfInstitutions", "g.institution_id");

  static final PageSelect<AuthorizationGrant> OF_RESOURCES =
      LIST.linked(
          "authorizationsOfResources",
          "authorized_resource a join authorization_grant_version g on g.grant_id = a.grant_id",
          "a.resource_id = parent.id",
          "a",
          "g");

  static final PageSelect<AuthorizationGrant> OF_SCENARIOS =
      LIST.linked(
          "authorizationsOfScenarios",
          "authorized_scenario a join authorization_grant_version g on g.grant_id = a.grant_id",
          "a.scenario_id = parent.id",
          "a",
          "g");

  static final PageSelect<AuthorizedResource> RESOURCES =
      new PageSelect<>(
          "resourcesOfAuthorizations",
          Columns.of("resource_id, data_items"),
          "a",
          "authorized_resource a",
          List.of("a"),
          "a.grant_id = parent.id",
          List.of(new Join("resource", "resource_id", DataResourceRepository.ONE)),
          AuthorizationRepository::resource);

  static final PageSelect<AuthorizedScenario> SCENARIOS =
      new PageSelect<>(
          "scenariosOfAuthorizations",
          Columns.of("scenario_id, allowed"),
          "a",
          "authorized_scenario a",
          List.of("a"),
          "a.grant_id = parent.id",
          List.of(new Join("scenario", "scenario_id", ScenarioRepository.ONE)),
          row -> new AuthorizedScenario(row.getUUID(0), row.getBoolean(1)));

  private static final VersionedSql BY_NUMBER =
      VersionedSql.of(
          1,
          "-- authorizationsByNumber\nselect "
              + COLUMNS.all("g")
              + """

               from authorization_grant known
               join authorization_grant_version g on g.grant_id = known.id
              where known.number = any($1)
                and {g}
              """);

  private final Database database;

  AuthorizationRepository(Database database) {
    this.database = database;
  }

  Future<List<AuthorizationGrant>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  Future<List<AuthorizationGrant>> findByNumbers(Reading reading, Collection<String> numbers) {
    return BY_NUMBER.list(
        database, reading, AuthorizationRepository::grant, (Object) numbers.toArray(String[]::new));
  }

  private static AuthorizationGrant grant(Row row) {
    var startsOn = row.getLocalDate(14);
    return new AuthorizationGrant(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        row.getString(3),
        row.getUUID(4),
        row.getUUID(5),
        row.getString(6),
        Rows.text(row, 7, 8, 9),
        Rows.value(row, 10, AuthorizationGrant.Mode.class),
        row.getString(11),
        Rows.value(row, 12, AuthorizationGrant.State.class),
        row.getString(13),
        startsOn == null ? null : new Period(startsOn, row.getLocalDate(15)),
        row.getString(16),
        Rows.strings(row, 17),
        Rows.strings(row, 18),
        row.getString(19),
        row.getString(20),
        row.getString(21),
        row.getString(22),
        row.getString(23),
        row.getLocalDate(24),
        row.getLocalDate(25),
        row.getString(26),
        Rows.truth(row, 27),
        row.getString(28),
        Rows.periodOrNull(row, 29, 30),
        row.getInteger(31),
        row.getBoolean(32),
        row.getString(33),
        row.getString(34),
        row.getString(35),
        row.getLocalDate(36),
        row.getString(37),
        row.getLocalDate(38),
        row.getLocalDate(39),
        row.getLocalDate(40),
        row.getString(41),
        row.getLocalDate(42),
        row.getLocalDate(43));
  }

  private static final String VERSIONS =
      """
      -- versionsOfAuthorizations
      select v.grant_id, v.version, v.valid_from, v.valid_to, v.state, v.state_reason, v.starts_on, v.ends_on, v.end_kind,
             (select count(*)::integer from authorized_resource r
               where r.grant_id = v.grant_id and r.grant_version = v.version),
             (select count(*)::integer from authorized_scenario s
               where s.grant_id = v.grant_id and s.grant_version = v.version)
        from unnest($1::uuid[]) as parent (id)
       cross join lateral (
         select grant_id, version, valid_from, nullif(valid_to, 'infinity') as valid_to, state, state_reason, starts_on,
                ends_on, end_kind
           from authorization_grant_version
          where grant_id = parent.id and valid_from <= $2
          order by version desc
          limit 100) as v
       order by v.grant_id, v.version desc
      """;

  /** All versions up to the moment read, the newest first, at most 100 of each. */
  Future<List<AuthorizationVersion>> findVersions(Reading reading, Collection<UUID> grants) {
    return database.list(
        reading.reads(),
        VERSIONS,
        Tuple.of(Rows.ids(grants), reading.moment().at().atOffset(ZoneOffset.UTC)),
        row ->
            new AuthorizationVersion(
                row.getUUID(0),
                Rows.number(row, 1),
                row.getOffsetDateTime(2),
                row.getOffsetDateTime(3),
                Rows.value(row, 4, AuthorizationGrant.State.class),
                row.getString(5),
                Rows.periodOrNull(row, 6, 7),
                row.getString(8),
                Rows.number(row, 9),
                Rows.number(row, 10)));
  }

  private static AuthorizedResource resource(Row row) {
    var items = row.getArrayOfStrings(1);
    return new AuthorizedResource(row.getUUID(0), items == null ? null : List.of(items));
  }
}
