package dev.fairground.authorization;

import dev.fairground.kernel.Period;
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

/** SQL over authorizations and their scope. */
final class AuthorizationRepository {
  private static final String COLUMNS =
      "g.grant_id, g.version, g.valid_from, g.number, g.institution_id, g.operator_id,"
          + " g.jurisdiction_code, g.title, g.locale, g.title_translations, g.mode, g.mode_text,"
          + " g.state, g.state_reason, g.starts_on, g.ends_on, g.term_reason, g.fields,"
          + " g.region_codes, g.content, g.exit_terms, g.security_duties, g.selection_method,"
          + " g.agreement_number, g.filed_on, g.disclosed_on, g.source, g.demonstration";

  static final PageSelect<AuthorizationGrant> LIST =
      PageSelect.of(
          "authorizations",
          COLUMNS,
          "authorization_grant_version g",
          AuthorizationRepository::grant,
          "g");

  static final PageSelect<AuthorizationGrant> OF_OPERATORS =
      LIST.linked(
          "authorizationsOfOperators",
          "authorization_grant_version g",
          "g.operator_id = parent.id",
          "g");

  static final PageSelect<AuthorizationGrant> OF_INSTITUTIONS =
      LIST.linked(
          "authorizationsOfInstitutions",
          "authorization_grant_version g",
          "g.institution_id = parent.id",
          "g");

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
      PageSelect.of(
              "authorizedResources",
              "a.resource_id, a.data_items",
              "authorized_resource a",
              AuthorizationRepository::resource,
              "a")
          .linked(
              "resourcesOfAuthorizations", "authorized_resource a", "a.grant_id = parent.id", "a");

  static final PageSelect<AuthorizedScenario> SCENARIOS =
      PageSelect.of(
              "authorizedScenarios",
              "a.scenario_id, a.allowed",
              "authorized_scenario a",
              row -> new AuthorizedScenario(row.getUUID(0), row.getBoolean(1)),
              "a")
          .linked(
              "scenariosOfAuthorizations", "authorized_scenario a", "a.grant_id = parent.id", "a");

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- authorizationsById\nselect "
              + COLUMNS
              + """

               from authorization_grant_version g
              where g.grant_id = any($1)
                and {g}
              """);

  private static final VersionedSql BY_NUMBER =
      VersionedSql.of(
          1,
          "-- authorizationsByNumber\nselect "
              + COLUMNS
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
    return BY_ID.list(database, reading, AuthorizationRepository::grant, (Object) Rows.ids(ids));
  }

  Future<List<AuthorizationGrant>> findByNumbers(Reading reading, Collection<String> numbers) {
    return BY_NUMBER.list(
        database, reading, AuthorizationRepository::grant, (Object) numbers.toArray(String[]::new));
  }

  private static AuthorizationGrant grant(Row row) {
    var startsOn = row.getLocalDate(14);
    return new AuthorizationGrant(
        row.getUUID(0),
        row.getInteger(1),
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
        row.getBoolean(27));
  }

  private static AuthorizedResource resource(Row row) {
    var items = row.getArrayOfStrings(1);
    return new AuthorizedResource(row.getUUID(0), items == null ? null : List.of(items));
  }
}
