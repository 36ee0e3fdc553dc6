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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  /** Products with their windows, as three arrays. */
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

  // What was pooled is shown whatever is asked for: a part of it would tell of single grants.
  private static final String SHOWN =
      """
      with asked as (
        select a.product_id, a.whole, a.since
          from unnest($1::uuid[], $2::boolean[], $3::date[]) as a (product_id, whole, since)
      ), class as (
        select coalesce(v.class_code, v.purpose_class) as code
          from scenario_version v
         where v.scenario_id = $6 and v.valid_to = 'infinity'
      ), cohort as (
        select a.product_id, a.whole, a.since, c.operator_id, c.id, c.product_version, c.scenario_class, c.unit,
               c.unit_text, c.currency, c.volume_band, c.term_band,
               ($6::uuid is null or c.scenario_class = (select code from class))
                 and ($7::text is null or c.scenario_class = $7) and ($8::text is null or c.unit = $8)
                 and ($9::text is null or c.volume_band = $9) and ($10::text is null or c.term_band = $10) as wanted
          from asked a
          join equal_cohort c on c.product_id = a.product_id and c.purpose_class = $5
      ), step as (
        select c.*, s.step, not c.whole and s.pooled_on is not null as pooled,
               c.whole or s.pooled_on < $4 or s.pooled_on is null and cardinality(s.holders) >= 3 and s.to_on < $4 as open
          from cohort c
          join equal_step s on s.operator_id = c.operator_id and s.cohort_id = c.id
         where s.decided_to >= c.since and s.decided_from <= $4
      ), shown as (
        select product_id, operator_id, id, step, unit, unit_text, currency,
               case when whole then since end as from_on,
               case when pooled then null else id end as cohort_id,
               case when pooled then null else product_version end as product_version,
               case when pooled then null else scenario_class end as scenario_class,
               case when pooled then null else volume_band end as volume_band,
               case when pooled then null else term_band end as term_band
          from step
         where open and (wanted or pooled)
      )
      """;

  private static final String OF_SHOWN =
      """
       t on t.operator_id = s.operator_id and t.cohort_id = s.id and t.step = s.step
        and (s.from_on is null or t.decided_on between s.from_on and $4)
      """;

  /** Where something belongs: a product and a cohort of it, or what was pooled by one unit. */
  record Place(
      UUID productId,
      @Nullable UUID cohortId,
      @Nullable Integer productVersion,
      @Nullable String scenarioClass,
      String unit,
      String unitText,
      String currency,
      @Nullable String volumeBand,
      @Nullable String termBand) {
    static Place of(Row row) {
      return new Place(
          row.getUUID(0),
          row.getUUID(1),
          row.getInteger(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          row.getString(8));
    }
  }

  private static final String PLACE =
      """
      select s.product_id, s.cohort_id, s.product_version, s.scenario_class, s.unit, s.unit_text, s.currency, s.volume_band,
             s.term_band,\s""";

  private static final String TERMS =
      "-- equalTermsShown\n"
          + SHOWN
          + PLACE
          + CohortRepository.GROUP
          + "  from shown s\n  join equal_terms"
          + OF_SHOWN
          + """
           group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19
           order by 1, 3 desc nulls last, 4, 5, 6, 7, 8, 9, 2, 24 desc, 10
          """;

  /** The terms of what is shown, in a lasting order. */
  Future<Map<Place, List<TermsGroup>>> terms(Reading reading, Windows windows, Filter filter) {
    return database
        .rows(reading.reads(), TERMS, windows.arguments(filter))
        .map(
            rows -> {
              Map<Place, List<TermsGroup>> found = new LinkedHashMap<>();
              for (Row row : rows) {
                found
                    .computeIfAbsent(Place.of(row), unseen -> new ArrayList<>())
                    .add(CohortRepository.group(row, 9));
              }
              return found;
            });
  }

  private static final String TIMES =
      "-- equalTermsTimes\n"
          + SHOWN
          + PLACE
          + " t.decision_days, sum(t.grants)::integer\n  from shown s\n  join equal_decision_time"
          + OF_SHOWN
          + " group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10\n";

  Future<Map<Place, Map<Integer, Integer>>> times(
      Reading reading, Windows windows, Filter filter) {
    return database
        .rows(reading.reads(), TIMES, windows.arguments(filter))
        .map(
            rows -> {
              Map<Place, Map<Integer, Integer>> found = new HashMap<>();
              for (Row row : rows) {
                found
                    .computeIfAbsent(Place.of(row), unseen -> new HashMap<>())
                    .put(row.getInteger(9), row.getInteger(10));
              }
              return found;
            });
  }

  private static final String DEVIATIONS =
      "-- equalTermsDeviations\n"
          + SHOWN
          + PLACE
          + " t.field, t.standard, t.granted, t.factor, sum(t.grants)::integer\n  from shown s\n  join equal_deviation"
          + OF_SHOWN
          + """
           group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
           order by t.field, 14 desc, t.factor, t.standard, t.granted
          """;

  Future<Map<Place, List<ShownTerms.Deviation>>> deviations(
      Reading reading, Windows windows, Filter filter) {
    return database
        .rows(reading.reads(), DEVIATIONS, windows.arguments(filter))
        .map(
            rows -> {
              Map<Place, List<ShownTerms.Deviation>> found = new HashMap<>();
              for (Row row : rows) {
                found
                    .computeIfAbsent(Place.of(row), unseen -> new ArrayList<>())
                    .add(
                        new ShownTerms.Deviation(
                            Rows.value(row, 9, TermsField.class),
                            row.getString(10),
                            row.getString(11),
                            Rows.value(row, 12, DifferenceFactor.class),
                            row.getInteger(13)));
              }
              return found;
            });
  }

  private static final String UNLISTED =
      """
      -- equalTermsUnlisted
      select a.product_id
        from unnest($1::uuid[], $2::boolean[], $3::date[]) as a (product_id, whole, since)
       where not a.whole
         and exists (
               select 1
                 from equal_cohort c
                 join equal_step s on s.operator_id = c.operator_id and s.cohort_id = c.id
                where c.product_id = a.product_id and c.purpose_class = $5 and s.decided_to >= a.since
                  and s.decided_from <= $4
                  and not (s.pooled_on is not null and s.pooled_on < $4
                           or s.pooled_on is null and cardinality(s.holders) >= 3 and s.to_on < $4))
      """;

  /** Products of which not all that was given is shown. */
  Future<List<UUID>> unlisted(Reading reading, Windows windows, String purposeClass) {
    return database.list(
        reading.reads(),
        UNLISTED,
        Tuple.of(
            windows.asked().stream().map(Asked::productId).toArray(UUID[]::new),
            windows.asked().stream().map(Asked::whole).toArray(Boolean[]::new),
            windows.since().toArray(LocalDate[]::new),
            windows.until(),
            purposeClass),
        row -> row.getUUID(0));
  }
}
