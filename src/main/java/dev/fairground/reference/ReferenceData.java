package dev.fairground.reference;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/** The files of {@code reference/README.md}. */
public final class ReferenceData {
  private final ReferenceRepository repository;

  public ReferenceData(Database database) {
    repository = new ReferenceRepository(database);
  }

  /** Adds what is not there yet, at once or not at all; rows that are there stay as they are. */
  public Future<Void> load() throws IOException {
    return repository.add(
        new ReferenceRepository.Content(
            rows("regions"),
            rows("sectors"),
            rows("jurisdictions"),
            rows("rule-sets"),
            rows("rules"),
            rows("calendar-years"),
            rows("calendar-days"),
            rows("platform-rules")));
  }

  /** A file as an array of objects; an empty value is left out. */
  private static JsonArray rows(String name) throws IOException {
    var file = "/reference/" + name + ".csv";
    var rows = new JsonArray();
    try (var in = requireNonNull(ReferenceData.class.getResourceAsStream(file), file);
        var values =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      while (values.hasNext()) {
        var row = new JsonObject();
        values.next().forEach((column, value) -> row.put(column, value.isEmpty() ? null : value));
        rows.add(row);
      }
    }
    return rows;
  }
}
