package dev.fairground.jurisdiction;

import dev.fairground.kernel.LegalBasis;
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

  JurisdictionRepository(Database database) {
    this.database = database;
  }

  Future<List<Jurisdiction>> findByCodes(Reading reading, Collection<String> codes) {
    return database.list(
        reading.reads(), BY_CODE, codes(codes), JurisdictionRepository::jurisdiction);
  }

  private static final String RULE_SETS =
      """
      -- ruleSetsOfJurisdictions
      select s.jurisdiction_code, s.version, s.title, s.title_en, s.effective_on, s.ends_on,
             s.published_at
        from unnest($1::text[]) as parent (code)
       cross join lateral (
         select jurisdiction_code, version, title, title_en, effective_on, ends_on, published_at
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
        join rule_parameter p on p.rule_set_id = s.id
       order by chain.wanted, p.name, chain.distance, s.version desc
      """;

  /** The rules in force on a day, as they were known at the moment read. */
  Future<List<Rule>> findRules(Reading reading, LocalDate on, Collection<String> codes) {
    return database.list(
        reading.reads(),
        RULES,
        Tuple.of(codes.toArray(String[]::new), reading.moment().at().atOffset(ZoneOffset.UTC), on),
        JurisdictionRepository::rule);
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

  private static RuleSet ruleSet(Row row) {
    return new RuleSet(
        row.getString(0),
        row.getInteger(1),
        text(row.getString(2), row.getString(3)),
        new Period(row.getLocalDate(4), row.getLocalDate(5)),
        row.getOffsetDateTime(6));
  }

  private static Rule rule(Row row) {
    return new Rule(
        row.getString(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        row.getString(4),
        Rows.value(row, 5, Rule.Unit.class),
        text(row.getString(6), row.getString(7)),
        new LegalBasis(row.getString(8), row.getString(9), row.getString(10)),
        Rows.value(row, 11, Rule.Confidence.class));
  }

  static Text text(String chinese, @Nullable String english) {
    return new Text(chinese, "zh", english == null ? Map.of() : Map.of("en", english));
  }
}
