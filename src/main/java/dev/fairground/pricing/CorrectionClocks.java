package dev.fairground.pricing;

import dev.fairground.clock.Clocks;
import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of operators whose prices a lowered ceiling fell below: each runs for a tariff until
 * it is above no ceiling any more, at the latest from the day on which the clock is due.
 */
final class CorrectionClocks {
  /** The rule that says how long. */
  static final String RULE = "priceCorrectionWd";

  private final Database database;
  private final Clocks clocks;

  CorrectionClocks(Database database) {
    this.database = database;
    this.clocks = new Clocks(database);
  }

  private static final String RUNNING =
      """
      -- runningPriceCorrections
      select c.subject, c.due_on
        from clock c
       where c.subject = any($1)
         and c.rule = $2
         and c.state in ('RUNNING', 'PAUSED')
      """;

  /** By which day tariffs have to be corrected, of those whose clock runs. */
  Future<Map<String, LocalDate>> running(SqlConnection transaction, Collection<String> tariffs) {
    return database
        .list(
            transaction,
            RUNNING,
            Tuple.of(tariffs.toArray(String[]::new), RULE),
            row -> Map.entry(row.getString(0), row.getLocalDate(1)))
        .map(
            found -> {
              var due = new HashMap<String, LocalDate>();
              found.forEach(clock -> due.put(clock.getKey(), clock.getValue()));
              return due;
            });
  }

  /** A tariff that is above a ceiling from a day on. */
  record Above(String tariffId, PricedProduct product, LocalDate from) {}

  private static final String LATER =
      """
      -- priceCorrectionsThatBeginLater
      select c.subject
        from unnest($1::text[], $3::date[]) as t (subject, above_from)
        join clock c on c.subject = t.subject
       where c.rule = $2
         and c.state in ('RUNNING', 'PAUSED')
         and c.started_on > t.above_from
      """;

  /** Ends the clocks that began with a later ceiling than one that the tariff is above now. */
  private Future<Void> stopLater(
      SqlConnection transaction, Write write, Collection<Above> tariffs) {
    return database
        .list(
            transaction,
            LATER,
            Tuple.of(
                tariffs.stream().map(Above::tariffId).toArray(String[]::new),
                RULE,
                tariffs.stream().map(Above::from).toArray(LocalDate[]::new)),
            row -> row.getString(0))
        .compose(
            later -> {
              Future<Void> all = Future.succeededFuture();
              for (var tariff : later) {
                all = all.compose(done -> clocks.stop(transaction, write, tariff));
              }
              return all;
            });
  }

  /**
   * Starts a clock for each tariff for which none runs from the same day or an earlier one.
   *
   * @return by which day each has to be corrected; nothing where no rule says how long
   */
  Future<Map<String, LocalDate>> start(
      SqlConnection transaction, Write write, Collection<Above> tariffs) {
    return stopLater(transaction, write, tariffs)
        .compose(stopped -> running(transaction, tariffs.stream().map(Above::tariffId).toList()))
        .compose(
            due -> {
              var starts =
                  tariffs.stream()
                      .filter(tariff -> !due.containsKey(tariff.tariffId()))
                      .map(CorrectionClocks::start)
                      .toList();
              return starts.isEmpty()
                  ? Future.succeededFuture(due)
                  : clocks
                      .startAll(transaction, write, starts)
                      .compose(
                          started ->
                              running(transaction, tariffs.stream().map(Above::tariffId).toList()));
            });
  }

  private static Clocks.Start start(Above tariff) {
    var product = tariff.product();
    return new Clocks.Start(
        tariff.tariffId(),
        RULE,
        product.jurisdictionCode(),
        product.operatorId(),
        product.institutionId(),
        tariff.from());
  }

  /**
   * Meets the clocks of those tariffs that are corrected.
   *
   * @param tariffs all whose clocks are looked at, also those that are there no more
   * @param lines what the prices come to as they now are
   */
  Future<Void> settle(
      SqlConnection transaction, Write write, Collection<String> tariffs, List<Line> lines) {
    return running(transaction, tariffs)
        .compose(
            due -> {
              Future<Void> all = Future.succeededFuture();
              for (var clock : due.entrySet()) {
                var above =
                    lines.stream()
                        .anyMatch(
                            line ->
                                line.kind() == Kind.ABOVE
                                    && line.priceId().equals(clock.getKey())
                                    && isAfter(line, clock.getValue()));
                if (!above) {
                  all = all.compose(done -> clocks.meet(transaction, write, clock.getKey(), RULE));
                }
              }
              return all;
            });
  }

  private static boolean isAfter(Line line, LocalDate due) {
    return line.days().endsOn() == null || line.days().endsOn().isAfter(due);
  }
}
