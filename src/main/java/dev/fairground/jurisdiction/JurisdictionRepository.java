package dev.fairground.jurisdiction;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL over jurisdictions and their rules. */
final class JurisdictionRepository {
  private static final String COLUMNS =
      "j.code, j.parent_code, j.level, j.name, j.name_en, j.time_zone, j.calendar_id";

  static final PageSelect<Jurisdiction> LIST =
      PageSelect.plain(
          "jurisdictions", COLUMNS, "jurisdiction j", JurisdictionRepository::jurisdiction);

  private static final String BY_CODE =
      "-- jurisdictionsByCode\nselect " + COLUMNS + " from jurisdiction j where j.code = any($1)";

  private final Database database;
  private final RuleBooks books;

  JurisdictionRepository(Database database) {
    this.database = database;
    this.books = new RuleBooks(database);
  }

  Future<List<Jurisdiction>> findByCodes(Reading reading, Collection<String> codes) {
    return database.list(
        reading.reads(), BY_CODE, codes(codes), JurisdictionRepository::jurisdiction);
  }

  private static final String RULE_SETS =
      """
      -- ruleSetsOfJurisdictions
      select s.jurisdiction_code, s.version, s.title, s.title_en, s.effective_on, s.last_day,
             s.published_at
        from unnest($1::text[]) as parent (code)
       cross join lateral (
         select jurisdiction_code, version, title, title_en, effective_on,
                least(ends_on, case when replaced_at <= $2 then replaced_on - 1 end) as last_day, published_at
           from rule_set
          where jurisdiction_code = parent.code
            and published_at <= $2
          order by version desc
          limit 50
       ) as s
      """;

  Future<List<RuleSet>> findRuleSets(Reading reading, Collection<String> codes) {
    return database.list(
        reading.reads(),
        RULE_SETS,
        Tuple.of(codes.toArray(String[]::new), reading.moment().at().atOffset(ZoneOffset.UTC)),
        JurisdictionRepository::ruleSet);
  }

  /** The rules in force on a day, as they were known at the moment read. */
  Future<List<Rule>> findRules(Reading reading, LocalDate on, Collection<String> codes) {
    return books.rules(reading.reads(), on, reading.moment().at(), codes);
  }

  /**
   * One rule of a set, whether or not it is in force.
   *
   * @param jurisdictionCode whose set it is
   */
  record RuleKey(String jurisdictionCode, int ruleSetVersion, String name) {
    static RuleKey of(Rule rule) {
      return new RuleKey(rule.jurisdictionCode(), rule.ruleSetVersion(), rule.name());
    }
  }

  private static final String RULES_OF_SETS =
      """
      -- rulesOfSets
      select s.jurisdiction_code, s.jurisdiction_code, s.version, p.name, p.value, p.unit, p.description,
             p.description_en, p.document, p.clause, p.url, p.confidence
        from unnest($1::text[], $2::int[]) as wanted (code, version)
        join rule_set s on s.jurisdiction_code = wanted.code and s.version = wanted.version
        join rule_parameter p on p.rule_set_id = s.id
       where $3::text[] is null or p.name = any($3)
       order by s.jurisdiction_code, s.version, p.name
      """;

  /** Rules by the sets that hold them; rules of those sets that were not asked for may be there. */
  Future<List<Rule>> findRulesByKey(Reading reading, Collection<RuleKey> keys) {
    return findRulesOfSets(
        reading,
        keys.stream()
            .map(key -> new RuleSet.Key(key.jurisdictionCode(), key.ruleSetVersion()))
            .distinct()
            .toList(),
        keys.stream().map(RuleKey::name).distinct().toArray(String[]::new));
  }

  /** All rules of sets, by name. */
  Future<List<Rule>> findRulesOfSets(Reading reading, Collection<RuleSet.Key> sets) {
    return findRulesOfSets(reading, sets, null);
  }

  private Future<List<Rule>> findRulesOfSets(
      Reading reading, Collection<RuleSet.Key> sets, String @Nullable [] names) {
    return database.list(
        reading.reads(),
        RULES_OF_SETS,
        Tuple.of(
            sets.stream().map(RuleSet.Key::jurisdictionCode).toArray(String[]::new),
            sets.stream().map(RuleSet.Key::version).toArray(Integer[]::new),
            names),
        RuleBooks::rule);
  }

  private static final String SETS_BY_VERSION =
      """
      -- ruleSetsByVersion
      select s.jurisdiction_code, s.version, s.title, s.title_en, s.effective_on,
             least(s.ends_on, case when s.replaced_at <= $3 then s.replaced_on - 1 end), s.published_at
        from unnest($1::text[], $2::int[]) as wanted (code, version)
        join rule_set s
          on s.jurisdiction_code = wanted.code and s.version = wanted.version and s.published_at <= $3
      """;

  Future<List<RuleSet>> findRuleSetsByVersion(Reading reading, Collection<RuleSet.Key> keys) {
    return database.list(
        reading.reads(),
        SETS_BY_VERSION,
        Tuple.of(
            keys.stream().map(RuleSet.Key::jurisdictionCode).toArray(String[]::new),
            keys.stream().map(RuleSet.Key::version).toArray(Integer[]::new),
            reading.moment().at().atOffset(ZoneOffset.UTC)),
        JurisdictionRepository::ruleSet);
  }

  private static Tuple codes(Collection<String> codes) {
    return Tuple.of(codes.toArray(String[]::new));
  }

  private static Jurisdiction jurisdiction(Row row) {
    return new Jurisdiction(
        row.getString(0),
        row.getString(1),
        Rows.value(row, 2, Jurisdiction.Level.class),
        text(row.getString(3), row.getString(4)),
        row.getString(5),
        row.getString(6));
  }

  static RuleSet ruleSet(Row row) {
    return new RuleSet(
        row.getString(0),
        row.getInteger(1),
        text(row.getString(2), row.getString(3)),
        new Period(row.getLocalDate(4), row.getLocalDate(5)),
        row.getOffsetDateTime(6));
  }

  static Text text(String chinese, @Nullable String english) {
    return new Text(chinese, "zh", english == null ? Map.of() : Map.of("en", english));
  }
}
