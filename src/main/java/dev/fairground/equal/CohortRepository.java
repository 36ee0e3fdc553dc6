package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over cohorts. */
final class CohortRepository {
  private final Database database;

  CohortRepository(Database database) {
    this.database = database;
  }

  /**
   * A cohort within days.
   *
   * @param shownOn the day on which it is shown to somebody who sees it by steps only; null for
   *     whom all of it is shown
   */
  record Window(CohortKey key, LocalDate from, LocalDate to, @Nullable LocalDate shownOn) {}

  private static final String LOCK =
      """
      -- lockEqualCohort
      select pg_advisory_xact_lock(hashtextextended($1, 33))
      """;

  /** Makes other decisions on the same cohort wait until the transaction has ended. */
  Future<Void> lock(SqlConnection transaction, CohortKey key) {
    return database.rows(transaction, LOCK, Tuple.of(key.toString())).mapEmpty();
  }

  private static final String ASKED =
      """
        from jsonb_to_recordset($1) as asked
             (number integer, "from" date, "to" date, shown_on date, operator_id uuid, product_id uuid, purpose_class text,
              scenario_class text, product_version integer, unit text, unit_text text, currency text, volume_band text,
              term_band text)
        join equal_cohort c
          on (c.operator_id, c.product_id, c.purpose_class, c.scenario_class, c.product_version, c.unit, c.unit_text,
              c.currency, c.volume_band, c.term_band)
           = (asked.operator_id, asked.product_id, asked.purpose_class, asked.scenario_class, asked.product_version,
              asked.unit, asked.unit_text, asked.currency, asked.volume_band, asked.term_band)
        join equal_step s
          on s.operator_id = c.operator_id and s.cohort_id = c.id and s.decided_to >= asked."from"
         and s.decided_from <= asked."to"
         and (asked.shown_on is null
              or s.pooled_on is null and cardinality(s.holders) >= 3 and s.to_on < asked.shown_on)
      """;

  // By days for whom all is shown; else by steps, each as a whole, so that days tell of no one.
  private static final String WITHIN =
      """
       on t.operator_id = s.operator_id and t.cohort_id = s.cohort_id and t.step = s.step
          and (asked.shown_on is not null or t.decided_on between asked."from" and asked."to")
      """;

  /** What groups are read from, in the order of {@link #group}. */
  static final String GROUP =
      """
      t.unit_price, t.on_tariff, t.discount_percent, t.delivery, t.payment_days, t.deposit,
      t.minimum_quantity, t.clauses, t.small_or_micro, t.factors, min(t.least_quantity), max(t.most_quantity),
      min(t.least_days), max(t.most_days), sum(t.grants)::integer
      """;

  private static final String GROUPS =
      "-- termsOfCohorts\nselect asked.number, "
          + GROUP
          + ASKED
          + "  join equal_terms t"
          + WITHIN
          + """
           group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
           order by 1, 16 desc, 2, 11
          """;

  /** What like grants have, those with the same terms together; by the windows' places. */
  Future<Map<Integer, List<TermsGroup>>> groups(Source source, List<Window> windows) {
    return source
        .rows(GROUPS, Tuple.of(json(windows)))
        .map(
            rows -> {
              var groups = new HashMap<Integer, List<TermsGroup>>();
              for (Row row : rows) {
                groups
                    .computeIfAbsent(row.getInteger(0), unseen -> new ArrayList<>())
                    .add(group(row, 1));
              }
              return groups;
            });
  }

  private static final String TIMES =
      "-- decisionTimesOfCohorts\nselect asked.number, t.decision_days, sum(t.grants)::integer\n"
          + ASKED
          + "  join equal_decision_time t"
          + WITHIN
          + """
           group by 1, 2
          """;

  /** How long the decisions on like grants took; by the windows' places. */
  Future<Map<Integer, DecisionTimes>> times(Source source, List<Window> windows) {
    return source
        .rows(TIMES, Tuple.of(json(windows)))
        .map(
            rows -> {
              var counts = new HashMap<Integer, Map<Integer, Integer>>();
              for (Row row : rows) {
                counts
                    .computeIfAbsent(row.getInteger(0), unseen -> new HashMap<>())
                    .put(row.getInteger(1), row.getInteger(2));
              }
              var times = new HashMap<Integer, DecisionTimes>();
              counts.forEach(
                  (number, count) ->
                      times.put(number, Objects.requireNonNull(DecisionTimes.of(count))));
              return times;
            });
  }

  private static JsonArray json(List<Window> windows) {
    var array = new JsonArray();
    for (var number = 0; number < windows.size(); number++) {
      var key = windows.get(number).key();
      var shownOn = windows.get(number).shownOn();
      array.add(
          new JsonObject()
              .put("number", number)
              .put("from", windows.get(number).from().toString())
              .put("to", windows.get(number).to().toString())
              .put("shown_on", shownOn == null ? null : shownOn.toString())
              .put("operator_id", key.operatorId().toString())
              .put("product_id", key.productId().toString())
              .put("purpose_class", key.purposeClass())
              .put("scenario_class", key.scenarioClass())
              .put("product_version", key.productVersion())
              .put("unit", orEmpty(key.unit()))
              .put("unit_text", orEmpty(key.unitText()))
              .put("currency", orEmpty(key.currency()))
              .put("volume_band", key.volumeBand())
              .put("term_band", key.termBand()));
    }
    return array;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * A group of terms from columns in the order of {@link #GROUP}.
   *
   * @param first the place of the first one
   */
  static TermsGroup group(Row row, int first) {
    return new TermsGroup(
        row.getBigDecimal(first),
        Rows.truth(row, first + 1),
        row.getBigDecimal(first + 2),
        row.getString(first + 3),
        row.getInteger(first + 4),
        row.getBigDecimal(first + 5),
        row.getBigDecimal(first + 6),
        row.getString(first + 7),
        row.getBoolean(first + 8),
        factors(row.getString(first + 9)),
        row.getBigDecimal(first + 10),
        row.getBigDecimal(first + 11),
        row.getInteger(first + 12),
        row.getInteger(first + 13),
        row.getInteger(first + 14));
  }

  /** Fields and reasons as {@code UNIT_PRICE:SCALE,DEPOSIT:CREDIT}. */
  static Map<TermsField, Set<DifferenceFactor>> factors(String text) {
    var factors = new EnumMap<TermsField, Set<DifferenceFactor>>(TermsField.class);
    if (!text.isEmpty()) {
      for (var entry : text.split(",", -1)) {
        var colon = entry.indexOf(':');
        factors
            .computeIfAbsent(
                TermsField.valueOf(entry.substring(0, colon)),
                unseen -> EnumSet.noneOf(DifferenceFactor.class))
            .add(DifferenceFactor.valueOf(entry.substring(colon + 1)));
      }
    }
    return factors;
  }

  /**
   * What else a comparison stands on.
   *
   * @param grantId the holder's own grant, which makes it no old user; null where there is none yet
   */
  record Asked(
      UUID operatorId,
      UUID productId,
      int policyVersion,
      UUID holderId,
      @Nullable UUID grantId,
      LocalDate from,
      LocalDate to) {}

  private static final String GROUNDS =
      """
      -- groundsOfEqualTerms
      select asked.number::integer - 1, p.difference_factors, p.payment_days, p.deposit, p.minimum_quantity,
             not exists (
               select 1
                 from access_grant g
                where g.holder_id = asked.holder_id and g.operator_id = asked.operator_id
                  and g.decided_on between asked.from_on and asked.to_on and g.id is distinct from asked.grant_id)
        from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::uuid[], $5::uuid[], $6::date[], $7::date[])
             with ordinality
             as asked (operator_id, product_id, policy_version, holder_id, grant_id, from_on, to_on, number)
        left join access_policy p
          on p.operator_id = asked.operator_id and p.product_id = asked.product_id and p.version = asked.policy_version
       order by asked.number
      """;

  /** In the order asked for. */
  Future<List<Ground>> grounds(Source source, List<Asked> asked, List<Ground.Limits> limits) {
    return source.list(
        GROUNDS,
        Tuple.of(
            asked.stream().map(Asked::operatorId).toArray(UUID[]::new),
            asked.stream().map(Asked::productId).toArray(UUID[]::new),
            asked.stream().map(Asked::policyVersion).toArray(Integer[]::new),
            asked.stream().map(Asked::holderId).toArray(UUID[]::new),
            asked.stream().map(Asked::grantId).toArray(UUID[]::new),
            asked.stream().map(Asked::from).toArray(LocalDate[]::new),
            asked.stream().map(Asked::to).toArray(LocalDate[]::new)),
        row -> {
          var published = EnumSet.noneOf(DifferenceFactor.class);
          Rows.strings(row, 1).forEach(name -> published.add(DifferenceFactor.valueOf(name)));
          return new Ground(
              limits.get(row.getInteger(0)),
              published,
              row.getInteger(2),
              row.getBigDecimal(3),
              row.getBigDecimal(4),
              Rows.truth(row, 5));
        });
  }
}
