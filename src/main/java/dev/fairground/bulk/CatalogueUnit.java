package dev.fairground.bulk;

import static java.util.stream.Collectors.joining;

import dev.fairground.harvest.CatalogueFacts;
import dev.fairground.harvest.CatalogueName;
import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.Defect.Severity;
import dev.fairground.harvest.HarvestedProduct;
import dev.fairground.harvest.HarvestedResource;
import dev.fairground.harvest.Sink;
import dev.fairground.sql.BlockingTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One catalogue on its way in: the records of one file, or of one archive that has a file for each
 * record. It is brought in at once, in one transaction, or not at all.
 */
final class CatalogueUnit implements Sink {
  /** A catalogue smaller than this may lose all it has: half of nearly nothing says nothing. */
  private static final int FEW = 20;

  /** What parts an archive's path from the name in it. */
  private static final String IN_ARCHIVE = "!/";

  private final Connection connection;
  private final ImportReport report;
  private final ImportOptions options;
  private final String catalogue;
  private String path;
  private String name;
  private final String format;
  private final CatalogueLog log;
  private final ResourceImport resources;
  private final ProductImport products;
  private final ImportEvents events;
  private final Map<Rule, Integer> defects = new EnumMap<>(Rule.class);
  private @Nullable String source;
  private boolean complete = true;
  private @Nullable Rule broken;
  private int lost;

  /**
   * Begins a transaction on the connection, which ends with {@link #finish} or {@link #abandon}.
   */
  CatalogueUnit(
      Connection connection,
      ImportReport report,
      ImportOptions options,
      String catalogue,
      String path,
      String name,
      String format)
      throws SQLException {
    this.connection = connection;
    this.report = report;
    this.options = options;
    this.catalogue = catalogue;
    this.path = path;
    this.name = name;
    this.format = format;
    var transaction = new BlockingTransaction(connection);
    log = new CatalogueLog(transaction);
    resources = new ResourceImport(transaction);
    events = new ImportEvents(transaction);
    products = new ProductImport(transaction, events);
    // A large file takes its time, between statements and in them.
    transaction.execute("set local statement_timeout = 0");
    transaction.execute("set local idle_in_transaction_session_timeout = 0");
    transaction.execute("set local work_mem = '64MB'");
    log.lock(catalogue);
  }

  String catalogue() {
    return catalogue;
  }

  /** Another document of the archive is of the same catalogue: the archive is its file. */
  void isOfArchive() {
    var end = path.indexOf(IN_ARCHIVE);
    if (end >= 0) {
      path = path.substring(0, end);
      name = path.substring(path.lastIndexOf('/') + 1);
    }
  }

  @Override
  public void catalogue(CatalogueFacts facts) {
    source = facts.source();
    complete &= facts.complete();
  }

  @Override
  public void resource(HarvestedResource resource) {
    try {
      resources.add(resource);
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  @Override
  public void product(HarvestedProduct product) {
    try {
      products.add(product);
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
  }

  @Override
  public void defect(Defect defect) {
    defects.merge(defect.rule(), 1, Integer::sum);
    if (defect.rule().severity() == Severity.RECORD_LOST) {
      lost++;
      // Which record it was nobody knows; it may be one that would be taken for withdrawn.
      complete &= defect.rule() == Rule.TITLE_MISSING || defect.rule() == Rule.NOT_A_DATASET;
    }
    report.defect(defect);
  }

  /** The file breaks off, or a part of it cannot be read. */
  void breaksOff(Defect why) {
    defects.merge(why.rule(), 1, Integer::sum);
    broken = why.rule();
    isNotWhole();
    report.unreadable(why);
  }

  /** What is missing may be in a part of the file that could not be read. */
  void isNotWhole() {
    complete = false;
  }

  /** Brings in what was read. */
  void finish(OffsetDateTime now) throws SQLException {
    report.of(path);
    var records = resources.records() + products.records();
    if (records == 0 && !complete) {
      connection.rollback();
      return;
    }
    if (records == 0) {
      // A whole catalogue of nothing: all that it had is missing.
      resources.begin();
    }
    var found =
        resources.compare(catalogue, this::defect).plus(products.compare(catalogue, this::defect));
    var digest = resources.records() > 0 ? resources.digest() : products.digest();
    var datedOn = CatalogueName.date(name);
    var last = log.last(catalogue);
    var known = log.ofContent(catalogue, digest);
    var replaced = last == null || options.again() ? null : replaced(last, known, datedOn);
    if (replaced != null) {
      connection.rollback();
      report.imported(catalogue, format, records, Outcome.NONE, "not taken: " + replaced);
      return;
    }
    var remark = "";
    if (found.withdrawn() > 0 && !complete) {
      remark = found.withdrawn() + " that are missing stay: the file is not the whole catalogue";
    } else if (found.withdrawn() > 0 && !options.withdraw() && isLast(last, known)) {
      remark =
          found.withdrawn()
              + " that are missing stay, as the last time (--withdraw withdraws them)";
    } else if (found.withdrawn() > 0 && isTooMuch(found)) {
      defect(Defect.of("", Rule.WITHDRAWAL_HELD_BACK));
      remark =
          found.withdrawn()
              + " that are missing stay: they are more than half of the catalogue "
              + catalogue
              + " (--withdraw withdraws them, --catalogue says that the file is of another one)";
    }
    var outcome = found;
    if (!remark.isEmpty()) {
      resources.keepMissing();
      products.keepMissing();
      outcome = new Outcome(found.added(), found.changed(), 0, found.unchanged());
    }
    if (outcome.isNothing() && known != null && !isOfLaterDay(datedOn, last)) {
      connection.rollback();
    } else {
      write(now, digest, datedOn, last == null ? 1 : last.number() + 1, outcome);
    }
    var end = broken == null ? "" : "not read to its end (" + broken + ")";
    var remarks = Stream.of(end, remark).filter(part -> !part.isEmpty());
    report.imported(catalogue, format, records, outcome, remarks.collect(joining("; ")));
  }

  private void write(
      OffsetDateTime now, String digest, @Nullable LocalDate datedOn, int number, Outcome outcome)
      throws SQLException {
    var from = Objects.requireNonNullElse(source, "the catalogue " + catalogue);
    resources.tellChanges(report);
    products.tellChanges(report);
    log.add(
        catalogue,
        number,
        now,
        new CatalogueLog.Read(
            withoutFolders(path),
            format,
            from,
            datedOn,
            digest,
            complete,
            resources.records() + products.records(),
            lost,
            defects),
        outcome);
    resources.write(catalogue, from, number, now);
    if (!outcome.isNothing()) {
      products.write(catalogue, from, now);
      events.catalogueImported(catalogue, number, now);
    }
    if (options.dryRun()) {
      connection.rollback();
    } else {
      connection.commit();
    }
  }

  /** Where somebody's files lie is nobody else's business. */
  private static String withoutFolders(String path) {
    var archive = path.indexOf(IN_ARCHIVE);
    var end = archive < 0 ? path.length() : archive;
    return path.substring(path.lastIndexOf('/', end - 1) + 1);
  }

  /** Why the file is not taken, if it is not: what the catalogue holds is newer. */
  private @Nullable String replaced(
      CatalogueLog.Entry last, CatalogueLog.@Nullable Entry before, @Nullable LocalDate datedOn) {
    if (isOfLaterDay(datedOn, last)) {
      // A catalogue may say again what it once said.
      return null;
    }
    if (before != null && before.number() != last.number()) {
      return "it was imported at "
          + before.importedAt()
          + ", and a newer one since (--again takes it)";
    }
    if (datedOn != null && last.datedOn() != null && datedOn.isBefore(last.datedOn())) {
      return "it is of "
          + datedOn
          + ", and the catalogue holds one of "
          + last.datedOn()
          + " (--again takes it)";
    }
    return null;
  }

  /** Whether the file is the one that came last, and whole: what was decided then still holds. */
  private static boolean isLast(
      CatalogueLog.@Nullable Entry last, CatalogueLog.@Nullable Entry known) {
    return last != null && known != null && last.complete() && known.number() == last.number();
  }

  private static boolean isOfLaterDay(
      @Nullable LocalDate datedOn, CatalogueLog.@Nullable Entry last) {
    return datedOn != null
        && last != null
        && last.datedOn() != null
        && datedOn.isAfter(last.datedOn());
  }

  /** A file that shares no record with its catalogue is most likely of another one. */
  private boolean isTooMuch(Outcome found) throws SQLException {
    if (options.withdraw()) {
      return false;
    }
    var listed = resources.listed(catalogue) + products.listed(catalogue);
    return found.changed() + found.unchanged() == 0
        || listed >= FEW && 2L * found.withdrawn() > listed;
  }

  /** Ends the transaction without a trace. */
  void abandon() {
    try {
      resources.abandon();
      products.abandon();
      connection.rollback();
    } catch (SQLException gone) {
      // The connection is lost, and the transaction with it.
    }
  }
}
