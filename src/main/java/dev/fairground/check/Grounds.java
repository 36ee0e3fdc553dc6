package dev.fairground.check;

import dev.fairground.clock.WorkDays;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what checks stand on beside their facts, of many jurisdictions at once. */
final class Grounds {
  private Grounds() {}

  /**
   * A ground with its digest, which the day is not in: on a day with the same rules and the same
   * facts it is the same.
   */
  record Known(Ground ground, String digest) {
    static Known of(Ground ground) {
      var rules = new TreeMap<String, String>();
      ground
          .rules()
          .rules()
          .forEach(
              (name, rule) ->
                  rules.put(
                      name,
                      rule.jurisdictionCode() + ":" + rule.ruleSetVersion() + "=" + rule.value()));
      return new Known(
          ground,
          Canonical.digest(
              ground.rules().jurisdictionCode(),
              Canonical.json(rules),
              Canonical.json(new TreeMap<>(ground.calendar().exceptions())),
              Canonical.json(ground.calendar().years())));
    }
  }

  private static final FactSql RULES =
      FactSql.of(
          """
          -- rulesOfChecks
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
          """);

  private static final FactSql CALENDARS =
      FactSql.of(
          """
          -- calendarsOfChecks
          with recursive chain (wanted, code, parent_code, calendar_id, distance) as (
            select j.code, j.code, j.parent_code, j.calendar_id, 0 from jurisdiction j where j.code = any($1)
            union all
            select chain.wanted, j.code, j.parent_code, j.calendar_id, chain.distance + 1
              from chain
              join jurisdiction j on j.code = chain.parent_code
             where chain.calendar_id is null and chain.distance < 9
          )
          select chain.wanted,
                 array(select y.year from work_calendar_year y where y.calendar_id = chain.calendar_id order by y.year),
                 array(select d.day from work_calendar_day d
                        where d.calendar_id = chain.calendar_id and d.working order by d.day),
                 array(select d.day from work_calendar_day d
                        where d.calendar_id = chain.calendar_id and not d.working
                          order by d.day),
                 $2::timestamptz, $3::date
            from chain
           where chain.calendar_id is not null
          """);

  /** By the jurisdictions' codes; one without rules or calendar has empty ones. */
  static Future<Map<String, Known>> find(FactSource source, Collection<String> jurisdictions) {
    var codes = jurisdictions.stream().distinct().sorted().toArray(String[]::new);
    var rules = source.list(RULES, codes, Grounds::rule);
    var calendars =
        source.list(CALENDARS, codes, row -> Map.entry(row.getString(0), calendar(row)));
    return Future.all(rules, calendars)
        .map(
            both -> {
              var byCode = new HashMap<String, List<Rule>>();
              rules
                  .result()
                  .forEach(
                      rule ->
                          byCode
                              .computeIfAbsent(rule.wantedFor(), unseen -> new ArrayList<>())
                              .add(rule));
              var days = new HashMap<String, WorkDays>();
              calendars.result().forEach(entry -> days.put(entry.getKey(), entry.getValue()));
              var found = new HashMap<String, Known>();
              for (var code : codes) {
                found.put(
                    code,
                    Known.of(
                        new Ground(
                            source.day(),
                            RuleBook.of(code, byCode.getOrDefault(code, List.of())),
                            days.getOrDefault(
                                code, new WorkDays(java.util.Set.of(), Map.of())))));
              }
              return found;
            });
  }

  private static WorkDays calendar(Row row) {
    var days = new HashMap<LocalDate, Boolean>();
    put(days, row.getArrayOfLocalDates(2), true);
    put(days, row.getArrayOfLocalDates(3), false);
    var years = row.getArrayOfIntegers(1);
    return new WorkDays(new HashSet<>(years == null ? List.of() : List.of(years)), days);
  }

  private static void put(
      Map<LocalDate, Boolean> days, LocalDate @Nullable [] some, boolean working) {
    if (some != null) {
      for (var day : some) {
        days.put(day, working);
      }
    }
  }

  static Rule rule(Row row) {
    var english = row.getString(7);
    return new Rule(
        row.getString(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        row.getString(4),
        Rows.value(row, 5, Rule.Unit.class),
        new Text(row.getString(6), "zh", english == null ? Map.of() : Map.of("en", english)),
        new LegalBasis(row.getString(8), row.getString(9), row.getString(10)),
        Rows.value(row, 11, Rule.Confidence.class));
  }
}
