package dev.fairground.jurisdiction;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the rules in force in jurisdictions on a day. */
public final class RuleBooks {
  private final Database database;

  public RuleBooks(Database database) {
    this.database = database;
  }

  // Up the chain of jurisdictions; for each name the nearest one that says something, and of its
  // sets in force on the day the newest.
  private static final String RULES =
      """
      -- rulesOfJurisdictions
      with recursive chain (wanted, code, parent_code, distance) as (
        select j.code, j.code, j.parent_code, 0 from jurisdiction j where j.code = any($1)
        union all
        select chain.wanted, j.code, j.parent_code, chain.distance + 1
          from chain
          join jurisdiction j on j.code = chain.parent_code
         where chain.distance < 9
      )
      select distinct on (chain.wanted, p.name)
             chain.wanted, chain.code, s.version, p.name, p.value, p.unit, p.description,
             p.description_en, p.document, p.clause, p.url, p.confidence
        from chain
        join rule_set s
          on s.jurisdiction_code = chain.code
         and s.published_at <= $2
         and s.effective_on <= $3
         and (s.ends_on is null or s.ends_on >= $3)
         and (s.replaced_on is null or s.replaced_on > $3 or s.replaced_at > $2)
        join rule_parameter p on p.rule_set_id = s.id
       order by chain.wanted, p.name, chain.distance, s.version desc
      """;

  /**
   * The rules in force on a day.
   *
   * @param knownAt the moment whose rules are wanted: what was published later is left out
   * @return by jurisdiction, all that were asked for; empty ones where no rule is in force
   */
  public Future<Map<String, RuleBook>> find(
      Reads reads, LocalDate on, Instant knownAt, Collection<String> jurisdictions) {
    return rules(reads, on, knownAt, jurisdictions).map(rules -> books(jurisdictions, rules));
  }

  /** The same within a transaction. */
  public Future<Map<String, RuleBook>> find(
      SqlConnection transaction, LocalDate on, Instant knownAt, Collection<String> jurisdictions) {
    return database
        .list(transaction, RULES, arguments(on, knownAt, jurisdictions), RuleBooks::rule)
        .map(rules -> books(jurisdictions, rules));
  }

  Future<List<Rule>> rules(
      Reads reads, LocalDate on, Instant knownAt, Collection<String> jurisdictions) {
    return database.list(reads, RULES, arguments(on, knownAt, jurisdictions), RuleBooks::rule);
  }

  private static Tuple arguments(LocalDate on, Instant knownAt, Collection<String> jurisdictions) {
    return Tuple.of(
        jurisdictions.stream().distinct().toArray(String[]::new),
        knownAt.atOffset(ZoneOffset.UTC),
        on);
  }

  private static Map<String, RuleBook> books(Collection<String> wanted, List<Rule> rules) {
    var books = new HashMap<String, RuleBook>();
    wanted.forEach(code -> books.put(code, RuleBook.of(code, List.of())));
    rules.stream()
        .collect(Collectors.groupingBy(Rule::wantedFor))
        .forEach((code, found) -> books.put(code, RuleBook.of(code, found)));
    return books;
  }

  /** A row with the jurisdiction asked for and the one that set the rule, then the rule. */
  static Rule rule(Row row) {
    return new Rule(
        row.getString(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        row.getString(4),
        Rows.value(row, 5, Rule.Unit.class),
        JurisdictionRepository.text(row.getString(6), row.getString(7)),
        new LegalBasis(row.getString(8), row.getString(9), row.getString(10)),
        Rows.value(row, 11, Rule.Confidence.class));
  }
}
