package dev.fairground.check;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.WorkCalendars;
import dev.fairground.fairaccess.Ground;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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

  /** By the jurisdictions' codes; one without rules or calendar has empty ones. */
  static Future<Map<String, Known>> find(FactSource source, Collection<String> jurisdictions) {
    var codes = jurisdictions.stream().distinct().sorted().toList();
    var books = new RuleBooks(source.database());
    var calendars = new WorkCalendars(source.database());
    var at = source.at().toInstant();
    var transaction = source.transaction();
    var rules =
        transaction == null
            ? books.find(source.readings(), source.day(), at, codes)
            : books.find(transaction, source.day(), at, codes);
    var days =
        transaction == null
            ? calendars.find(source.readings(), at, codes)
            : calendars.find(transaction, at, codes);
    return Future.all(rules, days)
        .map(
            both -> {
              var found = new HashMap<String, Known>();
              for (var code : codes) {
                found.put(
                    code,
                    Known.of(
                        new Ground(
                            source.day(),
                            requireNonNull(rules.result().get(code)),
                            requireNonNull(days.result().get(code)))));
              }
              return found;
            });
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
