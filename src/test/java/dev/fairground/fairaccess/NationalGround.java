package dev.fairground.fairaccess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.clock.WorkDays;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The national rules and the calendar as they are shipped, for rules without a database. */
final class NationalGround {
  static final String NATION = "000000";
  private static final Map<String, Rule> RULES = rules();
  private static final WorkDays CALENDAR = calendar();

  private NationalGround() {}

  static Ground on(LocalDate day) {
    return new Ground(day, new RuleBook(NATION, RULES), CALENDAR);
  }

  static Ground on(String day) {
    return on(LocalDate.parse(day));
  }

  /** With a rule as a jurisdiction of its own might set it. */
  static Ground with(Ground ground, String rule, String value) {
    var rules = new HashMap<>(ground.rules().rules());
    rules.computeIfPresent(rule, (name, was) -> Records.with(was, "value", value));
    if (!rules.containsKey(rule)) {
      rules.put(
          rule,
          new Rule(
              NATION,
              NATION,
              9,
              rule,
              value,
              Rule.Unit.CHOICE,
              Text.of(rule, "en"),
              new LegalBasis("a document", "1", null),
              Rule.Confidence.PROVINCIAL));
    }
    return new Ground(ground.day(), new RuleBook(NATION, rules), ground.calendar());
  }

  /** Where a jurisdiction has no such rule. */
  static Ground without(Ground ground, String rule) {
    var rules = new HashMap<>(ground.rules().rules());
    rules.remove(rule);
    return new Ground(ground.day(), new RuleBook(NATION, rules), ground.calendar());
  }

  private static Map<String, Rule> rules() {
    var rules = new HashMap<String, Rule>();
    for (var row : rows("rules")) {
      if (at(row, "jurisdiction").equals(NATION)) {
        rules.put(at(row, "name"), rule(row));
      }
    }
    return rules;
  }

  private static Rule rule(Map<String, String> row) {
    var clause = at(row, "clause");
    return new Rule(
        NATION,
        NATION,
        Integer.parseInt(at(row, "version")),
        at(row, "name"),
        at(row, "value"),
        Rule.Unit.valueOf(at(row, "unit")),
        new Text(at(row, "description"), "zh", Map.of("en", at(row, "description_en"))),
        new LegalBasis(at(row, "document"), clause.isEmpty() ? null : clause, null),
        Rule.Confidence.valueOf(at(row, "confidence")));
  }

  private static WorkDays calendar() {
    var years = new HashSet<Integer>();
    rows("calendar-years").forEach(row -> years.add(Integer.valueOf(at(row, "year"))));
    var days = new HashMap<LocalDate, Boolean>();
    rows("calendar-days")
        .forEach(
            row -> days.put(LocalDate.parse(at(row, "day")), Boolean.valueOf(at(row, "working"))));
    return new WorkDays(years, days);
  }

  private static String at(Map<String, String> row, String column) {
    return requireNonNull(row.get(column), column);
  }

  private static List<Map<String, String>> rows(String file) {
    var rows = new ArrayList<Map<String, String>>();
    try (var in =
            requireNonNull(
                NationalGround.class.getResourceAsStream("/reference/" + file + ".csv"));
        var values =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      values.forEachRemaining(rows::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rows;
  }
}
