package dev.fairground;

import dev.fairground.bulk.Import;
import dev.fairground.bulk.ImportReport;
import dev.fairground.harvest.ArcgisHubReader;
import dev.fairground.harvest.CatalogueReader;
import dev.fairground.harvest.CkanReader;
import dev.fairground.harvest.DcatUsReader;
import dev.fairground.harvest.DcatUsTableReader;
import dev.fairground.harvest.DirectoryReader;
import dev.fairground.harvest.Harvest;
import dev.fairground.harvest.HarvestLimits;
import dev.fairground.harvest.PortalCatalogueReader;
import dev.fairground.harvest.PortalTableReader;
import dev.fairground.harvest.ProductListReader;
import dev.fairground.harvest.RdfCatalogueReader;
import dev.fairground.harvest.RegistryReader;
import dev.fairground.harvest.ResourceListReader;
import dev.fairground.harvest.SocrataReader;
import dev.fairground.harvest.SourceCatalogueReader;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.DatabaseStartFailure;
import dev.fairground.sql.EmbeddedDatabase;
import dev.fairground.sql.Migrations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Brings the catalogues of others in: {@code scripts/import FILE...}. */
public final class ImportMain {
  private static final int UNREADABLE = 1;
  private static final int BAD_USE = 2;
  private static final long DATABASE_SECONDS = 60;

  private ImportMain() {}

  public static void main(String[] arguments) {
    var wish = ImportWish.read(arguments);
    if (wish.problem() != null) {
      System.err.println(wish.problem());
      System.err.print(ImportWish.USE);
      System.exit(BAD_USE);
    }
    if (wish.help()) {
      System.out.print(ImportWish.USE);
      return;
    }
    try {
      var config =
          Config.read(
              System.getenv(), Path.of(System.getProperty("fairground.home", "")).toAbsolutePath());
      // The report is what there is to read; the log has what went wrong.
      System.setProperty(
          "FAIRGROUND_LOG_LEVEL", config.settings().text("FAIRGROUND_LOG_LEVEL", "WARN"));
      Main.logAsOne();
      System.exit(runUntilToldToStop(config, wish) ? 0 : UNREADABLE);
    } catch (BadSetting | DatabaseStartFailure fault) {
      System.err.println(fault.getMessage());
      System.exit(fault instanceof BadSetting ? BAD_USE : UNREADABLE);
    } catch (UncheckedIOException unwritten) {
      System.err.println("the import ended early: " + unwritten.getMessage());
      System.exit(UNREADABLE);
    } catch (Exception fault) {
      System.err.println("the import ended early: " + Main.causeOf(fault));
      System.exit(UNREADABLE);
    }
  }

  /** A signal leaves the catalogue at hand out, and the embedded database is stopped in order. */
  private static boolean runUntilToldToStop(Config config, ImportWish wish) throws Exception {
    var stop = new ImportStop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stop, "stop"));
    try {
      return run(config, wish, stop);
    } finally {
      stop.ended();
    }
  }

  /**
   * The readers in the order in which they are asked. Each knows its own format when it sees one;
   * only the lists above the tables of portals are such tables as well.
   */
  static List<CatalogueReader> readers() {
    return List.of(
        new PortalCatalogueReader(),
        new ProductListReader(),
        new ResourceListReader(),
        new DcatUsTableReader(),
        new PortalTableReader(),
        new DcatUsReader(),
        new RdfCatalogueReader(),
        new CkanReader(),
        new SocrataReader(),
        new ArcgisHubReader(),
        new RegistryReader(),
        new DirectoryReader(),
        new SourceCatalogueReader());
  }

  private static boolean run(Config config, ImportWish wish, ImportStop stop) throws Exception {
    try (var file = ImportReportFile.open(config.dataDirectory(), wish.report())) {
      if (config.database() != null) {
        checkAnswers(config.database());
        return run(config, wish, file, config.database(), stop);
      }
      try (var shared = SharedDatabase.find(config.dataDirectory())) {
        if (shared != null) {
          return run(config, wish, file, shared.address(), stop);
        }
      }
      try (var own = EmbeddedDatabase.start(config.dataDirectory())) {
        try {
          return run(config, wish, file, own.address(), stop);
        } finally {
          SharedDatabase.awaitUnused(own.address(), stop);
        }
      }
    }
  }

  /** A server waits for its database; somebody who imports wants to know. */
  private static void checkAnswers(DatabaseAddress database) {
    try (var connection = database.connect("fairground import")) {
      return;
    } catch (SQLException refused) {
      throw new DatabaseStartFailure(
          "the database " + database + " cannot be used: " + refused.getMessage(), refused);
    }
  }

  private static boolean run(
      Config config,
      ImportWish wish,
      ImportReportFile file,
      DatabaseAddress database,
      ImportStop stop)
      throws Exception {
    new Migrations(database).run();
    addReferenceData(database);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var started = System.nanoTime();
    var report = new ImportReport(out, file.lines());
    var harvest = new Harvest(readers(), HarvestLimits.read(config::number));
    var progress = new ImportProgress(System.err);
    try (var importing =
        new Import(
            database, harvest, InstantSource.system(), wish.options(), report, progress::show)) {
      stop.stops(importing);
      for (var path : wish.files()) {
        importing.bring(path);
      }
      importing.end();
    } finally {
      progress.end();
      report.summarise();
    }
    out.printf(
        "%s%.1f s; every defect and every change: %s%n",
        wish.options().dryRun() ? "Nothing was changed (--dry-run). " : "",
        (System.nanoTime() - started) / 1e9,
        file.path());
    return report.isGood();
  }

  /** Another import may be adding the same, and nobody waits for an answer. */
  private static int patient(String limit, int standard) {
    return switch (limit) {
      case "FAIRGROUND_DATABASE_LOCK_MILLIS",
          "FAIRGROUND_DATABASE_STATEMENT_MILLIS",
          "FAIRGROUND_DATABASE_DEADLINE_MILLIS" ->
          (int) (1_000 * DATABASE_SECONDS);
      default -> standard;
    };
  }

  private static void addReferenceData(DatabaseAddress address) throws Exception {
    var vertx = Vertx.vertx();
    try {
      var database =
          Database.connect(
              vertx,
              address,
              DatabaseLimits.read((name, standard, least, most) -> patient(name, standard)),
              new SimpleMeterRegistry());
      new ReferenceData(database).load().await(DATABASE_SECONDS, TimeUnit.SECONDS);
      database.close().await(DATABASE_SECONDS, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(DATABASE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
