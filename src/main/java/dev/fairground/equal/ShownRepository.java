package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SQL over what may be seen of cohorts. To the public they are shown by steps, each as a whole: see
 * the table {@code equal_step}.
 */
final class ShownRepository {
  private final Database database;

  ShownRepository(Database database) {
    this.database = database;
  }

  /**
   * Which cohorts are wanted; null for any.
   *
   * @param scenarioId one whose class, or else class of purpose, it is
   */
  record Filter(
      String purposeClass,
      @Nullable UUID scenarioId,
      @Nullable String scenarioClass,
      @Nullable String unit,
      @Nullable String volumeBand,
      @Nullable String termBand) {}

  /**
   * A product that is there.
   *
   * @param jurisdictionCode whose rules hold; null where nothing was given
   * @param whole whether the caller sees all of it
   */
  record Asked(UUID productId, @Nullable String jurisdictionCode, boolean whole) {}

  private static final String PRODUCTS =
      """
      -- productsOfEqualTerms
      select p.id, c.jurisdiction_code,
             coalesce($3 or c.jurisdiction_code in (select s from supervised_jurisdictions($4, $5) as s), false)
        from product p
        left join lateral (
               select c.jurisdiction_code
                 from equal_cohort c
                where c.product_id = p.id and c.purpose_class = $2
                order by c.product_version desc, c.id
                limit 1) c on true
       where p.id = any($1)
      """;

  Future<List<Asked>> products(Reading reading, String purposeClass, Collection<UUID> ids) {
    var rights = reading.viewer().rights();
    return database.list(
        reading.reads(),
        PRODUCTS,
        Tuple.of(
            Rows.ids(ids),
            purposeClass,
            rights.everywhere(Scope.REQUEST_READ),
            rights.organizations(Scope.REQUEST_READ),
            reading.moment().day()),
        row -> new Asked(row.getUUID(0), row.getString(1), Rows.truth(row, 2)));
  }

  /** Products with their windows. */
  record Windows(List<Asked> asked, List<LocalDate> since, LocalDate until) {
    private Tuple arguments(Filter filter) {
      return Tuple.of(
          asked.stream().map(Asked::productId).toArray(UUID[]::new),
          asked.stream().map(Asked::whole).toArray(Boolean[]::new),
          since.toArray(LocalDate[]::new),
          until,
          filter.purposeClass(),
          filter.scenarioId(),
          filter.scenarioClass(),
          filter.unit(),
          filter.volumeBand(),
          filter.termBand());
    }
  }

  /**
   * Where something belongs: a product and a cohort of it, or what was pooled by one unit.
   *
   * @param cohortId null for a pool, as classes, bands and version
   */
  record Place(
      UUID productId,
      @Nullable UUID cohortId,
      @Nullable Integer productVersion,
      @Nullable String scenarioClass,
      String unit,
      String unitText,
      String currency,
      @Nullable String volumeBand,
      @Nullable String termBand) {}

  /**
   * Steps of a cohort that follow each other.
   *
   * @param shown whether they are shown; else nothing but that they are there
   * @param from the first day of decision that counts; null where whole steps do
   */
  record Span(
      Place place,
      boolean shown,
      UUID operatorId,
      UUID cohortId,
      int first,
      int last,
      @Nullable LocalDate from) {
    static Span of(Row row) {
      boolean pooled = Rows.truth(row, 14);
      return new Span(
          new Place(
              row.getUUID(0),
              pooled ? null : row.getUUID(2),
              pooled ? null : row.getInteger(3),
              pooled ? null : row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getString(7),
              pooled ? null : row.getString(8),
              pooled ? null : row.getString(9)),
          Rows.truth(row, 13),
          row.getUUID(1),
          row.getUUID(2),
          row.getInteger(11),
          row.getInteger(12),
          row.getLocalDate(10));
    }
  }

  // What was pooled is shown whatever is asked for: a part of it would tell of single grants.
  private static final String SPANS =
      """
      -- equalTermsSpans
      with cohort as (
        select a.product_id, a.whole, a.since, c.operator_id, c.id, c.product_version, c.scenario_class, c.unit,
               c.unit_text, c.currency, c.volume_band, c.term_band,
               ($6::uuid is null
                  or c.scenario_class = (select coalesce(v.class_code, v.purpose_class)
                                           from scenario_version v
                                          where v.scenario_id = $6 and v.valid_to = 'infinity'))
                 and ($7::text is null or c.scenario_class = $7) and ($8::text is null or c.unit = $8)
                 and ($9::text is null or c.volume_band = $9) and ($10::text is null or c.term_band = $10) as wanted
          from unnest($1::uuid[], $2::boolean[], $3::date[]) as a (product_id, whole, since)
          join equal_cohort c on c.product_id = a.product_id and c.purpose_class = $5
      ), step as (
        select c.*, s.step, not c.whole and s.pooled_on is not null as pooled,
               c.whole or coalesce(s.pooled_on < $4, cardinality(s.holders) >= 3 and s.to_on < $4) as shown
          from cohort c
          join equal_step s on s.operator_id = c.operator_id and s.cohort_id = c.id
         where s.decided_to >= c.since and s.decided_from <= $4
      ), placed as (
        select *, step - row_number() over (partition by operator_id, id, pooled, shown order by step) as island
          from step
         where wanted or pooled or not shown
      )
      select product_id, operator_id, id, product_version, scenario_class, unit, unit_text, currency, volume_band, term_band,
             case when whole then since end, min(step), max(step), shown, pooled
        from placed
       group by product_id, operator_id, id, product_version, scenario_class, unit, unit_text, currency, volume_band,
             term_band, whole, since, shown, pooled, island
       order by product_id, product_version desc, scenario_class, unit, unit_text, currency, volume_band, term_band, id,
             min(step)
      """;

  /** What is shown of cohorts, and that there is more; in a lasting order. */
  Future<List<Span>> spans(Reading reading, Windows windows, Filter filter) {
    return database.list(reading.reads(), SPANS, windows.arguments(filter), Span::of);
  }

  /** Spans of all places, for a statement that tells what they hold by the numbers of places. */
  record Numbered(List<Integer> places, List<Span> spans, LocalDate until) {
    private Tuple arguments() {
      return Tuple.of(
          places.toArray(Integer[]::new),
          spans.stream().map(Span::operatorId).toArray(UUID[]::new),
          spans.stream().map(Span::cohortId).toArray(UUID[]::new),
          spans.stream().map(Span::first).toArray(Integer[]::new),
          spans.stream().map(Span::last).toArray(Integer[]::new),
          spans.stream().map(Span::from).toArray(LocalDate[]::new),
          until);
    }
  }

  private static final String SPANNED =
      """
        from unnest($1::integer[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[], $6::date[])
             as s (number, operator_id, cohort_id, first, last, since)
      """;

  private static final String WITHIN =
      """
       t on t.operator_id = s.operator_id and t.cohort_id = s.cohort_id and t.step between s.first and s.last
        and (s.since is null or t.decided_on between s.since and $7)
      """;

  private static final String TERMS =
      "-- equalTermsShown\nselect s.number, "
          + CohortRepository.GROUP
          + SPANNED
          + "  join equal_terms"
          + WITHIN
          + """
           group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
           order by 1, 16 desc, 2, 11
          """;

  /** The terms of what is shown, by the numbers of places. */
  Future<Map<Integer, List<TermsGroup>>> terms(Reading reading, Numbered spans) {
    return rows(reading, TERMS, spans, row -> CohortRepository.group(row, 1));
  }

  private static final String TIMES =
      "-- equalTermsTimes\nselect s.number, t.decision_days, sum(t.grants)::integer\n"
          + SPANNED
          + "  join equal_decision_time"
          + WITHIN
          + " group by 1, 2\n";

  /** How many decisions took how many days, by the numbers of places. */
  Future<Map<Integer, List<Map.Entry<Integer, Integer>>>> times(Reading reading, Numbered spans) {
    return rows(reading, TIMES, spans, row -> Map.entry(row.getInteger(1), row.getInteger(2)));
  }

  private static final String DEVIATIONS =
      "-- equalTermsDeviations\n"
          + "select s.number, t.field, t.standard, t.granted, t.factor, sum(t.grants)::integer\n"
          + SPANNED
          + "  join equal_deviation"
          + WITHIN
          + """
           group by 1, 2, 3, 4, 5
           order by 1, 2, 6 desc, 5, 3, 4
          """;

  Future<Map<Integer, List<ShownTerms.Deviation>>> deviations(Reading reading, Numbered spans) {
    return rows(
        reading,
        DEVIATIONS,
        spans,
        row ->
            new ShownTerms.Deviation(
                Rows.value(row, 1, TermsField.class),
                row.getString(2),
                row.getString(3),
                Rows.value(row, 4, DifferenceFactor.class),
                row.getInteger(5)));
  }

  /** Values by the number in the first column. */
  private <T> Future<Map<Integer, List<T>>> rows(
      Reading reading, String sql, Numbered spans, Function<Row, T> value) {
    return database
        .rows(reading.reads(), sql, spans.arguments())
        .map(
            rows -> {
              var found = new HashMap<Integer, List<T>>();
              for (Row row : rows) {
                found
                    .computeIfAbsent(row.getInteger(0), unseen -> new ArrayList<>())
                    .add(value.apply(row));
              }
              return found;
            });
  }
}
