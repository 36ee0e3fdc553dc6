package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.MarketFacts;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Search;
import io.vertx.core.Future;
import java.util.List;

/** SQL that gathers the facts of the marketplace itself. */
final class MarketFactsRepository {
  private MarketFactsRepository() {}

  /** Where the platform's own rules come from: the top of all jurisdictions. */
  private static final String JURISDICTION = "000000";

  private static final FactSql RULES =
      FactSql.of(
          """
          -- factsOfMarket
          select p.version, p.shown_on, p.effective_on, p.ranking_factors, p.effective_on <= $3
            from platform_rule p
           where $1::uuid[] is not null and p.shown_on <= ($2 at time zone 'Asia/Shanghai')::date
             and (p.effective_on > $3
                  or p.version = (select max(n.version) from platform_rule n where n.effective_on <= $3))
           order by p.version
          """);

  private record Version(MarketFacts.Change change, List<String> factors, boolean inForce) {}

  static Future<List<Gathered<MarketFacts>>> find(FactSource source) {
    return source
        .list(
            RULES,
            List.of(Subject.MARKET),
            row ->
                new Version(
                    new MarketFacts.Change(
                        row.getInteger(0), row.getLocalDate(1), row.getLocalDate(2)),
                    List.of(row.getArrayOfStrings(3)),
                    row.getBoolean(4)))
        .map(
            versions ->
                List.of(
                    new Gathered<>(
                        Subject.open(
                            Check.Subject.MARKET,
                            Subject.MARKET,
                            Ids.write(Subject.MARKET_PREFIX, Subject.MARKET),
                            null,
                            null,
                            null,
                            JURISDICTION,
                            source.at()),
                        new MarketFacts(
                            Ids.write(Subject.MARKET_PREFIX, Subject.MARKET),
                            JURISDICTION,
                            Search.RANKING_FACTORS,
                            versions.stream()
                                .filter(Version::inForce)
                                .map(Version::factors)
                                .findFirst()
                                .orElse(null),
                            versions.stream().map(Version::change).toList(),
                            null))));
  }
}
