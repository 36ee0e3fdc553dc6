package dev.fairground.bulk;

import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.Harvest;
import dev.fairground.harvest.HarvestListener;
import dev.fairground.harvest.Sink;
import dev.fairground.sql.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings files in, one after the other, over a connection of its own that blocks: for a process
 * that does nothing else. A file that fails leaves what others brought.
 */
public final class Import implements AutoCloseable {
  private final Harvest harvest;
  private final Connection connection;
  private final InstantSource clock;
  private final ImportOptions options;
  private final ImportReport report;
  private final Progress progress;
  private @Nullable CatalogueUnit unit;

  /** Is told how many bytes of a file were read, and how many it has. */
  @FunctionalInterface
  public interface Progress {
    void show(Path file, long bytes, long total);
  }

  /**
   * Connects.
   *
   * @param progress is told now and then how far it is
   */
  public Import(
      DatabaseAddress database,
      Harvest harvest,
      InstantSource clock,
      ImportOptions options,
      ImportReport report,
      Progress progress)
      throws SQLException {
    this.harvest = harvest;
    this.clock = clock;
    this.options = options;
    this.report = report;
    this.progress = progress;
    connection = database.connect("fairground import");
    connection.setAutoCommit(false);
  }

  /**
   * Brings in a file, or all files below a directory, those that are no catalogues being skipped
   * there.
   */
  public void bring(Path path) throws IOException, SQLException {
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (var found = Files.walk(path)) {
        files = found.filter(Files::isRegularFile).sorted().toList();
      }
      for (var file : files) {
        file(file, false);
      }
    } else {
      file(path, true);
    }
  }

  /**
   * Lets PostgreSQL look at what came: it plans by statistics, and search knows frequent words by
   * them.
   */
  public void end() throws SQLException {
    if (!options.dryRun()) {
      new Transaction(connection).execute(STATISTICS);
      connection.commit();
    }
  }

  private static final String STATISTICS =
      """
      analyze data_resource, data_resource_version, data_item, organization_version,
              data_resource_search, organization_search, product_search
      """;

  private void file(Path file, boolean named) throws IOException, SQLException {
    var listener = new Listener(file, named);
    report.of(file.toString());
    try {
      if (Files.isReadable(file)) {
        harvest.read(file, listener);
        listener.finish();
      } else {
        report.failed(file.toString(), "there is no such file, or it may not be read");
      }
    } catch (SQLException refused) {
      report.failed(unit == null ? "" : unit.catalogue(), String.valueOf(refused.getMessage()));
    } finally {
      if (unit != null) {
        unit.abandon();
        unit = null;
      }
    }
    // What failed is rolled back; only a connection that is gone ends the run.
    if (!connection.isValid(10)) {
      throw new SQLException("the connection to the database is lost");
    }
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /** The documents of one file become units: those of one catalogue are one. */
  private final class Listener implements HarvestListener {
    private final Path file;
    private final boolean named;
    private @Nullable SQLException failure;
    private boolean whole = true;

    /**
     * @param named whether somebody asked for the file by its name
     */
    private Listener(Path file, boolean named) {
      this.file = file;
      this.named = named;
    }

    @Override
    public Sink begin(String path, String name, String catalogue, String format) {
      var wanted = options.catalogue() == null ? catalogue : options.catalogue();
      try {
        if (unit == null || !unit.catalogue().equals(wanted)) {
          finish();
          unit = new CatalogueUnit(connection, report, options, wanted, path, name, format);
        } else {
          unit.isOfArchive();
        }
        if (!whole) {
          unit.isNotWhole();
        }
      } catch (SQLException refused) {
        failure = refused;
      }
      report.of(path);
      return failure == null && unit != null ? unit : Sink.NOBODY;
    }

    /**
     * Brings in what is left.
     *
     * @throws SQLException also where the database refused something earlier in the file
     */
    private void finish() throws SQLException {
      if (failure != null) {
        throw failure;
      }
      if (unit != null) {
        unit.finish(now());
        unit = null;
      }
    }

    @Override
    public void end(@Nullable Defect unreadable) {
      if (unreadable != null && unit != null) {
        unit.breaksOff(unreadable);
      }
    }

    @Override
    public void refused(String path, Defect why) {
      report.of(path);
      var asked = named && path.equals(file.toString());
      if (!asked && why.rule() == Rule.NOT_A_CATALOGUE) {
        report.skipped(why);
        return;
      }
      // An entry that cannot be read may be of any catalogue of its archive.
      whole = false;
      if (unit != null) {
        unit.isNotWhole();
      }
      if (why.rule().severity() == Defect.Severity.FILE_UNREADABLE) {
        report.unreadable(why);
      } else {
        report.defect(why);
      }
    }

    @Override
    public void progress(long bytes, long total) {
      progress.show(file, bytes, total);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
