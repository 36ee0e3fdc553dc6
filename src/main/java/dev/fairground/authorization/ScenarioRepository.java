package dev.fairground.authorization;

import dev.fairground.party.OrganizationRepository;
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
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over scenarios. */
public final class ScenarioRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          scenario_id, [version: version], [validFrom: valid_from], [code: code], [title: title, locale, title_translations],
          [description: description], [jurisdictionCode/jurisdiction: jurisdiction_code], [field: field], [classCode: class_code],
          [purposeClass: purpose_class], [purposeLabel: purpose_label], [source: source], [demonstration: demonstration],
          [prohibited: prohibited], [approvedBy: approved_by_id], [approvedOn: approved_on], [term: starts_on, ends_on]
          """);

  /** One scenario by its id. */
  public static final One<Scenario> ONE =
      new One<>(
          "scenariosById",
          "scenario_version",
          "s",
          true,
          COLUMNS,
          ScenarioRepository::scenario,
          new Join("approvedBy", "approved_by_id", OrganizationRepository.ONE));

  static final PageSelect<Scenario> LIST = PageSelect.of("scenarios", ONE);

  private static final VersionedSql BY_CODE =
      VersionedSql.of(
          1,
          "-- scenariosByCode\nselect "
              + COLUMNS.all("s")
              + """

               from scenario known
               join scenario_version s on s.scenario_id = known.id
              where known.code = any($1)
                and {s}
              """);

  private final Database database;

  ScenarioRepository(Database database) {
    this.database = database;
  }

  Future<List<Scenario>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  Future<List<Scenario>> findByCodes(Reading reading, Collection<String> codes) {
    return BY_CODE.list(
        database, reading, ScenarioRepository::scenario, (Object) codes.toArray(String[]::new));
  }

  private static Scenario scenario(Row row) {
    return new Scenario(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        row.getString(3),
        Rows.text(row, 4, 5, 6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        Rows.truth(row, 14),
        row.getString(15),
        row.getUUID(16),
        row.getLocalDate(17),
        Rows.periodOrNull(row, 18, 19));
  }
}
