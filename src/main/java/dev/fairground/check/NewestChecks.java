package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the newest checks of products say, each as its reader may see it: one statement. */
public final class NewestChecks {
  private final RunReader runs;

  public NewestChecks(Database database) {
    this.runs = new RunReader(database);
  }

  /**
   * @return without products that were not checked yet; results that the reader may not see are
   *     left out
   */
  public Future<Map<UUID, List<CheckResult>>> ofProducts(
      Reading reading, Collection<UUID> products) {
    return runs.newest(reading, Check.Subject.PRODUCT, products).map(NewestChecks::byProduct);
  }

  /** The same within a transaction, with what it kept itself. */
  public Future<Map<UUID, List<CheckResult>>> ofProducts(
      SqlConnection transaction, Viewer viewer, Moment moment, Collection<UUID> products) {
    return runs.newest(transaction, viewer, moment, Check.Subject.PRODUCT, products)
        .map(NewestChecks::byProduct);
  }

  private static Map<UUID, List<CheckResult>> byProduct(List<CheckRun> runs) {
    return runs.stream().collect(Collectors.toMap(CheckRun::subjectId, CheckRun::results));
  }
}
