package dev.fairground.fairness;

import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Ids;
import dev.fairground.party.PartyResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How anybody computes a figure anew from the public records.
 *
 * @param reason of a count of refusals for a reason; else null
 * @param rule what to do with the answer
 * @param query a document that any caller may send as it is
 * @param variables its variables, as JSON
 * @param request document and variables as the body of a request
 */
public record Recompute(
    FairnessFigure figure,
    @Nullable RefusalReasonCode reason,
    Rule rule,
    String query,
    String variables,
    String request) {

  /** What to do with the answer. */
  enum Rule {
    COUNT,
    SHARE,
    MEDIAN,
    PERCENTILE_95
  }

  private static final String COUNT =
      """
      query Recount($filter: AccessRecordFilter!, $first: Int = 20, $after: String) {
        count: accessRecordCount(filter: $filter)
        rows: accessRecords(filter: $filter, first: $first, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes {
            id purposeClass submittedIn outcome endedIn refusalReasons workingDays onTime overdue escalatedIn
            reviewAskedIn reviewOutcome reviewedIn grantedIn free affiliate smallFirm
          }
        }
      }
      """;

  private static final String SHARE =
      """
      query Reshare($part: AccessRecordFilter!, $whole: AccessRecordFilter!) {
        part: accessRecordCount(filter: $part)
        whole: accessRecordCount(filter: $whole)
      }
      """;

  private static final String DAYS =
      """
      query Redays($filter: AccessRecordFilter!) {
        days: accessRecordDays(filter: $filter) { workingDays records }
      }
      """;

  /** All that computes figures of these months, or those of one kind. */
  static List<Recompute> of(FairnessIndicators figures, List<FairnessFigure> wanted) {
    var all = new ArrayList<Recompute>();
    for (var figure : wanted.isEmpty() ? List.of(FairnessFigure.values()) : wanted) {
      if (figure == FairnessFigure.REFUSALS_BY_REASON) {
        for (var reason : RefusalReasonCode.values()) {
          all.add(one(figures, figure, reason));
        }
      } else {
        all.add(one(figures, figure, null));
      }
    }
    return List.copyOf(all);
  }

  private static Recompute one(
      FairnessIndicators figures, FairnessFigure figure, @Nullable RefusalReasonCode reason) {
    var part = whose(figures, figure.part(figures.months()));
    if (reason != null) {
      part.put("reason", JsonArray.of(reason.name()));
    }
    var variables =
        figure.rule() == Rule.SHARE
            ? new JsonObject()
                .put("part", part)
                .put("whole", whose(figures, figure.whole(figures.months())))
            : new JsonObject().put("filter", part);
    var query =
        switch (figure.rule()) {
          case COUNT -> COUNT;
          case SHARE -> SHARE;
          case MEDIAN, PERCENTILE_95 -> DAYS;
        };
    return new Recompute(
        figure,
        reason,
        figure.rule(),
        query,
        variables.encode(),
        new JsonObject().put("query", query).put("variables", variables).encode());
  }

  private static JsonObject whose(FairnessIndicators figures, JsonObject filter) {
    var whose = figures.whose();
    if (whose.operatorId() != null) {
      filter.put("operator", is(PartyResolver.PREFIX, whose.operatorId()));
    }
    if (whose.productId() != null) {
      filter.put("product", is(whose.productPrefix(), whose.productId()));
    }
    return filter;
  }

  private static JsonObject is(String prefix, UUID id) {
    return new JsonObject().put("eq", Ids.write(prefix, id));
  }
}
