package dev.fairground.authorization;

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

/** SQL over scenarios. */
final class ScenarioRepository {
  private static final String COLUMNS =
      "s.scenario_id, s.version, s.valid_from, s.code, s.title, s.locale, s.title_translations,"
          + " s.description, s.jurisdiction_code, s.field, s.class_code, s.purpose_class,"
          + " s.purpose_label, s.source, s.demonstration, s.prohibited, s.approved_by_id,"
          + " s.approved_on, s.starts_on, s.ends_on";

  static final PageSelect<Scenario> LIST =
      PageSelect.of("scenarios", COLUMNS, "scenario_version s", ScenarioRepository::scenario, "s");

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- scenariosById\nselect "
              + COLUMNS
              + """

               from scenario_version s
              where s.scenario_id = any($1)
                and {s}
              """);

  private static final VersionedSql BY_CODE =
      VersionedSql.of(
          1,
          "-- scenariosByCode\nselect "
              + COLUMNS
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
    return BY_ID.list(database, reading, ScenarioRepository::scenario, (Object) Rows.ids(ids));
  }

  Future<List<Scenario>> findByCodes(Reading reading, Collection<String> codes) {
    return BY_CODE.list(
        database, reading, ScenarioRepository::scenario, (Object) codes.toArray(String[]::new));
  }

  private static Scenario scenario(Row row) {
    return new Scenario(
        row.getUUID(0),
        row.getInteger(1),
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
        row.getBoolean(14),
        row.getString(15),
        row.getUUID(16),
        row.getLocalDate(17),
        Rows.periodOrNull(row, 18, 19));
  }
}
