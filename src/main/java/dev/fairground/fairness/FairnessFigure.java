package dev.fairground.fairness;

import dev.fairground.fairness.Recompute.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Each figure, by the records that it counts: of a share the part, then the whole. */
enum FairnessFigure {
  REQUESTS(in("submittedIn")),
  OPEN_BEFORE(months -> new JsonObject().put("openAtEndOf", before(months))),
  APPROVED(ended("APPROVED")),
  REFUSED(ended("REFUSED")),
  WITHDRAWN(ended("WITHDRAWN")),
  OPEN(months -> new JsonObject().put("openAtEndOf", last(months))),
  OVERDUE(months -> new JsonObject().put("overdueAtEndOf", last(months))),
  REFUSALS_BY_REASON(ended("REFUSED")),
  DECISION_DAYS_KNOWN(with("endedIn", "workingDaysKnown", true)),
  MEDIAN_DECISION_DAYS(Rule.MEDIAN, with("endedIn", "workingDaysKnown", true)),
  PERCENTILE_95_DECISION_DAYS(Rule.PERCENTILE_95, with("endedIn", "workingDaysKnown", true)),
  ON_TIME(with("endedIn", "onTime", true)),
  LATE(with("endedIn", "onTime", false)),
  ON_TIME_UNKNOWN(
      with("endedIn", "onTimeKnown", false)
          .andThen(filter -> filter.put("outcome", JsonArray.of("APPROVED", "REFUSED")))),
  ON_TIME_SHARE(with("endedIn", "onTime", true), with("endedIn", "onTimeKnown", true)),
  ESCALATED(in("escalatedIn")),
  GRANTS(in("grantedIn")),
  FREE_GRANTS(with("grantedIn", "free", true)),
  FREE_SHARE(with("grantedIn", "free", true), in("grantedIn")),
  AFFILIATES(trait("affiliate", "YES")),
  NOT_AFFILIATES(trait("affiliate", "NO")),
  AFFILIATES_UNKNOWN(trait("affiliate", "UNKNOWN")),
  AFFILIATES_WITHHELD(trait("affiliate", "WITHHELD")),
  AFFILIATE_SHARE(trait("affiliate", "YES"), trait("affiliate", "YES", "NO")),
  SMALL_FIRMS(trait("smallFirm", "YES")),
  NOT_SMALL_FIRMS(trait("smallFirm", "NO")),
  SMALL_FIRMS_UNKNOWN(trait("smallFirm", "UNKNOWN")),
  SMALL_FIRMS_WITHHELD(trait("smallFirm", "WITHHELD")),
  SMALL_FIRM_SHARE(trait("smallFirm", "YES"), trait("smallFirm", "YES", "NO")),
  REVIEWS_ASKED(in("reviewAskedIn")),
  REVIEWS_DECIDED(in("reviewedIn")),
  OVERTURNED(
      in("reviewedIn").andThen(filter -> filter.put("reviewOutcome", JsonArray.of("OVERTURNED"))));

  private final Rule rule;
  private final Function<Months, JsonObject> part;
  private final Function<Months, JsonObject> whole;

  FairnessFigure(Function<Months, JsonObject> counted) {
    this(Rule.COUNT, counted);
  }

  FairnessFigure(Rule rule, Function<Months, JsonObject> counted) {
    this.rule = rule;
    part = counted;
    whole = counted;
  }

  FairnessFigure(Function<Months, JsonObject> part, Function<Months, JsonObject> whole) {
    rule = Rule.SHARE;
    this.part = part;
    this.whole = whole;
  }

  Rule rule() {
    return rule;
  }

  /** The filter of what is counted; of a share, of its part. */
  JsonObject part(Months months) {
    return part.apply(months);
  }

  JsonObject whole(Months months) {
    return whole.apply(months);
  }

  private static Function<Months, JsonObject> in(String column) {
    return months ->
        new JsonObject()
            .put(
                column,
                new JsonObject()
                    .put("from", months.from().atDay(1).toString())
                    .put("to", last(months)));
  }

  private static Function<Months, JsonObject> with(String column, String member, boolean value) {
    return in(column).andThen(filter -> filter.put(member, value));
  }

  private static Function<Months, JsonObject> ended(String outcome) {
    return in("endedIn").andThen(filter -> filter.put("outcome", JsonArray.of(outcome)));
  }

  private static Function<Months, JsonObject> trait(String member, String... values) {
    return in("grantedIn").andThen(filter -> filter.put(member, JsonArray.of((Object[]) values)));
  }

  private static String before(Months months) {
    return months.from().minusMonths(1).atDay(1).toString();
  }

  private static String last(Months months) {
    return months.to().atEndOfMonth().toString();
  }
}
