package dev.fairground.registration;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The days from which registrations are due, and the clocks that run from them. */
final class FirstDeliveries {
  /** The parameter of rule sets that says how long. */
  static final String GRACE = "registrationGraceWd";

  private final Database database;
  private final Clocks clocks;

  FirstDeliveries(Database database) {
    this.database = database;
    this.clocks = new Clocks(database);
  }

  static String productId(@Nullable String kind, UUID id) {
    return Ids.write(
        "SERVICE_CAPABILITY".equals(kind)
            ? CatalogResolver.SERVICE_CAPABILITY
            : CatalogResolver.DATA_PRODUCT,
        id);
  }

  private static final String REPORT =
      """
      -- reportFirstDelivery
      insert into product_first_delivery (operator_id, product_id, delivered_on, reported_at, reported_by)
      values ($1, $2, $3, $4, $5)
          on conflict do nothing
      returning delivered_on
      """;

  /**
   * A product was delivered for the first time; the clock for its registration starts.
   *
   * @param subject the product's global id
   * @return false where its first delivery was reported before
   */
  Future<Boolean> report(
      SqlConnection transaction,
      Write write,
      UUID operator,
      UUID product,
      String subject,
      String jurisdiction,
      LocalDate day) {
    return database
        .first(
            transaction,
            REPORT,
            Tuple.of(operator, product, day, RegistrationApplications.now(write))
                .addValue(write.actor().name()),
            row -> row.getLocalDate(0))
        .compose(
            reported ->
                reported == null
                    ? Future.succeededFuture(false)
                    : clocks
                        .start(
                            transaction,
                            write,
                            new Clocks.Start(subject, GRACE, jurisdiction, operator, null, day))
                        .map(true));
  }

  private static final String DUE =
      """
      -- registrationDueOf
      select c.due_on from clock c where c.subject = $1 and c.rule = $2 order by c.started_on desc, c.id limit 1
      """;

  /** The last day for the application that a clock runs, or ran, for; it is met with this. */
  Future<@Nullable LocalDate> meet(
      SqlConnection transaction, Write write, String subject, String rule) {
    return database
        .first(transaction, DUE, Tuple.of(subject, rule), row -> row.getLocalDate(0))
        .compose(due -> clocks.meet(transaction, write, subject, rule).map(due));
  }
}
