package dev.fairground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairground.bulk.Import;
import dev.fairground.bulk.ImportOptions;
import dev.fairground.bulk.ImportReport;
import dev.fairground.harvest.Harvest;
import dev.fairground.harvest.HarvestLimits;
import dev.fairground.sql.DatabaseAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Brings files in as the program does, and keeps what it says. */
final class Importing {
  static final String NOTHING_NEW = "0 added, 0 changed, 0 withdrawn";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final DatabaseAddress database;
  private final HarvestLimits limits;

  /**
   * What an import said.
   *
   * @param people the lines for people
   * @param lines the report's
   * @param good whether the exit code would be 0
   */
  record Said(String people, List<JsonNode> lines, boolean good) {
    /** The lines of one rule. */
    List<JsonNode> of(String rule) {
      return lines.stream().filter(line -> line.path("rule").asText().equals(rule)).toList();
    }

    /** The line of the summary that adds everything up. */
    String all() {
      return people.lines().filter(line -> line.startsWith("All: ")).findFirst().orElseThrow();
    }
  }

  Importing(DatabaseAddress database) {
    this(database, HarvestLimits.STANDARD);
  }

  Importing(DatabaseAddress database, HarvestLimits limits) {
    this.database = database;
    this.limits = limits;
  }

  Said bring(Path... files) throws IOException, SQLException {
    return bring(ImportOptions.NONE, files);
  }

  Said bring(ImportOptions options, Path... files) throws IOException, SQLException {
    var people = new ByteArrayOutputStream();
    var lines = new StringWriter();
    boolean good;
    try (var report =
            new ImportReport(new PrintStream(people, true, StandardCharsets.UTF_8), lines);
        var importing =
            new Import(
                database,
                new Harvest(ImportMain.readers(), limits),
                InstantSource.system(),
                options,
                report,
                (file, bytes, total) -> {})) {
      for (var file : files) {
        importing.bring(file);
      }
      report.summarise();
      good = report.isGood();
    }
    var read = new ArrayList<JsonNode>();
    for (var line : lines.toString().lines().toList()) {
      read.add(MAPPER.readTree(line));
    }
    return new Said(people.toString(StandardCharsets.UTF_8), read, good);
  }
}
