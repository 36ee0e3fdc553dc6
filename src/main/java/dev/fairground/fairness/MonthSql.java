package dev.fairground.fairness;

import dev.fairground.fairaccess.RefusalReasonCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How months are counted from public records: the same for months that are kept and for those that
 * are not yet. Records that are alike in all that counts make one row, {@code alike}, which takes
 * part in the month of each of its events.
 */
final class MonthSql {
  static final List<RefusalReasonCode> REASONS = List.of(RefusalReasonCode.values());
  static final String ALL_PRODUCTS = "'00000000-0000-0000-0000-000000000000'::uuid";

  /**
   * What is counted.
   *
   * @param month the column with the month in which it counts
   * @param condition on rows {@code l} that have that month
   */
  record Count(String month, String condition) {}

  /** Each by its column of {@code access_month}. */
  static final Map<String, Count> COUNTED = counted();

  static final List<String> MARKS =
      COUNTED.keySet().stream()
          .filter(name -> name.contains("affiliates") || name.contains("small_firms"))
          .toList();

  private MonthSql() {}

  private static Map<String, Count> counted() {
    var counted = new LinkedHashMap<String, Count>();
    counted.put("requests", new Count("submitted_in", "true"));
    counted.put("demonstration", new Count("submitted_in", "l.demonstration"));
    counted.put("approved", new Count("ended_in", "l.outcome = 'APPROVED'"));
    counted.put("refused", new Count("ended_in", "l.outcome = 'REFUSED'"));
    counted.put("withdrawn", new Count("ended_in", "l.outcome = 'WITHDRAWN'"));
    counted.put("on_time", new Count("ended_in", "l.on_time"));
    counted.put("late", new Count("ended_in", "not l.on_time"));
    counted.put(
        "on_time_unknown", new Count("ended_in", "l.on_time is null and l.outcome <> 'WITHDRAWN'"));
    counted.put("escalated", new Count("escalated_in", "true"));
    counted.put("grants", new Count("granted_in", "true"));
    counted.put("free_grants", new Count("granted_in", "l.free"));
    marks(counted, "affiliates", "l.affiliate");
    marks(counted, "small_firms", "l.small_or_micro");
    counted.put("reviews_asked", new Count("review_asked_in", "true"));
    counted.put("reviews_decided", new Count("reviewed_in", "true"));
    counted.put("overturned", new Count("reviewed_in", "l.review_outcome = 'OVERTURNED'"));
    return counted;
  }

  private static void marks(Map<String, Count> counted, String name, String column) {
    counted.put(name, new Count("granted_in", "l.told and " + column));
    counted.put("not_" + name, new Count("granted_in", "l.told and not " + column));
    counted.put(name + "_unknown", new Count("granted_in", "l.told and " + column + " is null"));
  }

  /** Names of columns, each as the form says. */
  static String columns(String form) {
    return COUNTED.keySet().stream()
        .map(name -> form.replace("NAME", name))
        .collect(Collectors.joining(", "));
  }

  /**
   * The records {@code r} whose events fall in the months from {@code first} to {@code last}, as
   * rows that are alike. What is of other months is null.
   *
   * @param told when the marks of a grant are counted with it
   */
  static String alike(String key, String from, String first, String last, String told) {
    var columns = new ArrayList<String>();
    if (!key.isEmpty()) {
      columns.add(key);
    }
    var in = " between " + first + " and " + last;
    columns.add(in("r.submitted_in", in, "r.submitted_in") + " as submitted_in");
    columns.add(
        "case when r.submitted_in%s then r.demonstration end as demonstration".formatted(in));
    for (var name : List.of("ended_in", "outcome", "reasons", "working_days", "on_time")) {
      columns.add(in("r.ended_in", in, "r." + name) + " as " + name);
    }
    columns.add(in("r.escalated_in", in, "r.escalated_in") + " as escalated_in");
    columns.add(in("r.review_asked_in", in, "r.review_asked_in") + " as review_asked_in");
    for (var name : List.of("reviewed_in", "review_outcome")) {
      columns.add(in("r.reviewed_in", in, "r." + name) + " as " + name);
    }
    for (var name : List.of("granted_in", "free", "affiliate", "small_or_micro")) {
      columns.add(in("r.granted_in", in, "r." + name) + " as " + name);
    }
    columns.add(in("r.granted_in", in, "(" + told + ")") + " as told");
    var places =
        java.util.stream.IntStream.rangeClosed(1, columns.size())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    return """
    select %s, count(*) as records
      from %s
       and r.last_in >= %s
       and r.submitted_in <= %s
       -- Open ones of before tell nothing of these months.
       and (r.outcome is not null or r.submitted_in >= %s or r.escalated_in >= %s)
     group by %s
    """
        .formatted(String.join(",\n", columns), from, first, last, first, first, places);
  }

  private static String in(String month, String between, String value) {
    return "case when " + month + between + " then " + value + " end";
  }

  /**
   * All counts of {@code alike l}: rows by month, with zeros for what has another month.
   *
   * @param keys what stands before the month; the month is {@code MONTH}
   */
  static String counts(String keys, String grouping) {
    return COUNTED.values().stream()
        .map(Count::month)
        .distinct()
        .map(
            month ->
                """
                select %s, %s
                  from alike l
                 where l.%s is not null
                 group by %s
                """
                    .formatted(keys, counts(month), month, grouping)
                    .replace("MONTH", "l." + month))
        .collect(Collectors.joining("union all\n"));
  }

  private static String counts(String month) {
    return COUNTED.entrySet().stream()
        .map(
            one ->
                one.getValue().month().equals(month)
                    ? "coalesce(sum(l.records) filter (where %s), 0)::int as %s"
                        .formatted(one.getValue().condition(), one.getKey())
                    : "0 as " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Of {@code alike l}: each reason of a refusal once, as {@code x.reason}. */
  static final String REFUSALS =
      """
      alike l
        join unnest(array[%s]) as x (reason) on l.outcome = 'REFUSED' and x.reason = any(l.reasons)
      """
          .formatted(
              REASONS.stream().map(reason -> "'" + reason + "'").collect(Collectors.joining(", ")));

  /**
   * Whether a record {@code r} that is open at the end of a month was overdue then: by the version
   * of its request that was in force as the next month began, or is now.
   *
   * @param next the first day of the month after
   * @param day the day by which it was due no more
   */
  static String overdue(String next, String day) {
    return """
    exists (
      select 1
        from access_request_version v
       where v.operator_id = r.operator_id and v.request_id = r.request_id and v.state = 'SUBMITTED'
         and v.valid_from < (%1$s)::timestamp at time zone 'Asia/Shanghai'
         and v.valid_to >= (%1$s)::timestamp at time zone 'Asia/Shanghai'
         and v.due_on < %2$s)
    """
        .formatted(next, day);
  }

  /** Keeps the months of an operator from $2 to $3, all of which are over. */
  static final String KEEP =
      """
      -- keepAccessMonths
      with alike as materialized (
        ALIKE
      ), late as materialized (
        select coalesce(r.product_id, %1$s) as product_id, m.month::date as month, count(*)::int as overdue
          from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 month') as m (month)
          join access_record r
            on r.operator_id = $1 and r.last_in >= m.month and r.submitted_in <= m.month
           and (r.ended_in is null or r.ended_in > m.month)
           and OVERDUE
         group by grouping sets ((m.month, r.product_id), (m.month))
      ), counted as (
        COUNTS
      ), whole as (
        select c.product_id, c.month, SUMS
          from (
            select product_id, month, COLUMNS from counted
            union all
            select product_id, month, ZEROS from late
            union all
            select %1$s, m::date, ZEROS
              from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 month') as m
          ) as c
         group by c.product_id, c.month
      ), took as (
        select product_id, month, array_agg(days order by days) as days, array_agg(records order by days) as records
          from (
            select coalesce(l.product_id, %1$s) as product_id, l.ended_in as month, l.working_days as days,
                   sum(l.records)::int as records
              from alike l
             where l.working_days is not null
             group by grouping sets ((l.ended_in, l.working_days, l.product_id), (l.ended_in, l.working_days))
          ) as d
         group by product_id, month
      ), why as (
        select product_id, month, array_agg(reason order by reason) as reasons, array_agg(records order by reason) as records
          from (
            select coalesce(l.product_id, %1$s) as product_id, l.ended_in as month, x.reason, sum(l.records)::int as records
              from REFUSALS
             group by grouping sets ((l.ended_in, x.reason, l.product_id), (l.ended_in, x.reason))
          ) as d
         group by product_id, month
      )
      insert into access_month (operator_id, product_id, month, COLUMNS, open, overdue, days, days_records, reasons,
             reasons_records)
      select $1, w.product_id, w.month, WHOLE,
             (coalesce(
                (select b.open
                   from access_month b
                  where b.operator_id = $1 and b.product_id = w.product_id and b.month < $2
                  order by b.month desc
                  limit 1), 0)
              + sum(w.requests - w.approved - w.refused - w.withdrawn) over (partition by w.product_id order by w.month))::int,
             coalesce(late.overdue, 0), coalesce(took.days, '{}'), coalesce(took.records, '{}'),
             coalesce(why.reasons, '{}'), coalesce(why.records, '{}')
        from whole w
        left join late using (product_id, month)
        left join took using (product_id, month)
        left join why using (product_id, month)
      """
          .replace("%1$s", ALL_PRODUCTS)
          .replace(
              "ALIKE",
              alike(
                  "r.product_id",
                  "access_record r\n where r.operator_id = $1",
                  "$2::date",
                  "$3::date",
                  "r.told_in = r.granted_in"))
          .replace(
              "OVERDUE",
              overdue("m.month::date + interval '1 month'", "(m.month + interval '1 month')::date"))
          .replace(
              "COUNTS",
              counts(
                  "coalesce(l.product_id, " + ALL_PRODUCTS + ") as product_id, MONTH as month",
                  "grouping sets ((MONTH, l.product_id), (MONTH))"))
          .replace("REFUSALS", REFUSALS)
          .replace("SUMS", columns("sum(c.NAME)::int as NAME"))
          .replace("ZEROS", columns("0"))
          .replace("WHOLE", columns("w.NAME"))
          .replace("COLUMNS", columns("NAME"));
}
