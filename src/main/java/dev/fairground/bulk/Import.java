package dev.fairground.bulk;

import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.Harvest;
import dev.fairground.harvest.HarvestListener;
import dev.fairground.harvest.Sink;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Brings files in, one after the other, over a connection of its own that blocks: for a process
 * that does nothing else. A file that fails leaves what others brought.
 */
public final class Import implements AutoCloseable {
  private static final int VALID_SECONDS = 10;

  /** As many records need no statistics. */
  private static final int LITTLE = 500;

  private final Harvest harvest;
  private final Connection connection;
  private final InstantSource clock;
  private final ImportOptions options;
  private final ImportReport report;
  private final Progress progress;
  private @Nullable CatalogueUnit unit;
  private volatile boolean stopping;

  /** How many records had been written when PostgreSQL last looked at its tables. */
  private int seen;

  /** Documents that something was told of, be it that they cannot be read. */
  private int documents;

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
  public void bring(Path path) throws SQLException {
    var before = documents;
    if (Files.isDirectory(path)) {
      for (var file : below(path)) {
        file(file, false);
      }
    } else {
      file(path, true);
    }
    if (documents == before) {
      report.of(path.toString());
      report.unreadable(new Defect("", null, Rule.NOT_A_CATALOGUE, "nothing in it is a catalogue"));
    }
  }

  /** What may not be looked into is told, and its neighbours are found. */
  private List<Path> below(Path directory) {
    var files = new ArrayList<Path>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException refused) {
            report.of(file.toString());
            report.failed("", why(refused));
            documents++;
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(directory, visitor);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Collections.sort(files);
    return files;
  }

  /** Ends the run from another thread, whatever it waits for: the catalogue at hand is left out. */
  public void stop() {
    stopping = true;
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // Then nothing is written to it either.
    }
  }

  /**
   * Lets PostgreSQL look at what came: it plans by statistics, and search knows frequent words by
   * them.
   */
  public void end() throws SQLException {
    if (!options.dryRun()) {
      seen = report.outcome().written();
      new BlockingTransaction(connection).execute(STATISTICS);
      connection.commit();
    }
  }

  /**
   * Statistics of an empty database make every later catalogue slow: it looks again at double the
   * size.
   */
  private void lookWhenGrown() throws SQLException {
    if (report.outcome().written() - seen > Math.max(LITTLE, seen)) {
      end();
    }
  }

  private static final String STATISTICS =
      """
      analyze data_resource, data_resource_version, data_item, organization_version,
              data_resource_search, organization_search, product_search
      """;

  private void file(Path file, boolean named) throws SQLException {
    report.of(file.toString());
    var listener = new Listener(file, named);
    try {
      var why = whyNot(file);
      if (why == null) {
        harvest.read(file, listener);
        listener.finish();
      } else {
        failed("", why);
      }
    } catch (IOException disk) {
      failed("", why(disk));
    } catch (SQLException | Refused refused) {
      failed(unit == null ? "" : unit.catalogue(), String.valueOf(refused.getMessage()));
    } finally {
      if (unit != null) {
        unit.abandon();
        unit = null;
      }
    }
    // What failed is rolled back; only a connection that is gone ends the run.
    if (!connection.isValid(VALID_SECONDS)) {
      throw new SQLException(
          stopping ? "it was told to stop" : "the connection to the database is lost");
    }
  }

  private void failed(String catalogue, String why) {
    documents++;
    report.failed(catalogue, stopping ? "the import was told to stop" : why);
  }

  /** A pipe would wait for somebody to write, and cannot be read twice. */
  private static @Nullable String whyNot(Path file) {
    if (!Files.exists(file)) {
      return "there is no such file";
    }
    if (!Files.isRegularFile(file)) {
      return "it is a pipe or a device; write what it gives to a file, and import that";
    }
    return Files.isReadable(file) ? null : "it may not be read by this user";
  }

  private static String why(IOException disk) {
    return disk instanceof AccessDeniedException
        ? "it may not be read by this user"
        : disk.getClass().getSimpleName() + ": " + disk.getMessage();
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /** The documents of one file become units: those of one catalogue are one. */
  private final class Listener implements HarvestListener {
    private final Path file;
    private final boolean named;
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
        throw new Refused(refused);
      }
      documents++;
      report.of(path);
      return unit;
    }

    /** Brings in what is left. */
    private void finish() throws SQLException {
      if (unit != null) {
        unit.finish(now());
        unit = null;
        lookWhenGrown();
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
        documents++;
        report.unreadable(why);
      } else {
        report.defect(why);
      }
    }

    @Override
    public void progress(long bytes, long total) {
      if (stopping) {
        throw new Refused(new SQLException("told to stop"));
      }
      progress.show(file, bytes, total);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
