package dev.fairground.check;

import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A version of the marketplace's rules about its own conduct.
 *
 * @param rankingFactors what lists that a text finds are ordered by
 */
record PlatformRule(
    int version, LocalDate shownOn, LocalDate effectiveOn, List<String> rankingFactors, Text text) {

  private static final String NEWEST =
      """
      -- platformRules
      select p.version, p.shown_on, p.effective_on, p.ranking_factors, p.text, p.text_en
        from platform_rule p
       where p.shown_on <= $1
       order by p.version desc
       limit 50
      """;

  /** Those that were shown up to the day read, the newest first. */
  static Future<List<PlatformRule>> find(Database database, Reading reading) {
    return database.list(
        reading.reads(),
        NEWEST,
        Tuple.of(reading.moment().day()),
        row ->
            new PlatformRule(
                row.getInteger(0),
                row.getLocalDate(1),
                row.getLocalDate(2),
                List.of(row.getArrayOfStrings(3)),
                new Text(row.getString(4), "zh", Map.of("en", row.getString(5)))));
  }
}
