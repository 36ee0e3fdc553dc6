package dev.fairground.fairness;

import dev.fairground.graphql.Arguments;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In which order operators are compared: by a figure, those without it last. */
final class FairnessOrder {
  private FairnessOrder() {}

  /** What they may be ordered by. */
  enum Field {
    REQUESTS(figures -> new BigDecimal(figures.requests())),
    APPROVED(figures -> new BigDecimal(figures.approved())),
    REFUSED(figures -> new BigDecimal(figures.refused())),
    OPEN(figures -> new BigDecimal(figures.open())),
    OVERDUE(figures -> new BigDecimal(figures.overdue())),
    MEDIAN_DECISION_DAYS(FairnessIndicators::medianDecisionDays),
    ON_TIME_SHARE(FairnessIndicators::onTimeShare),
    FREE_SHARE(FairnessIndicators::freeShare),
    AFFILIATE_SHARE(figures -> figures.affiliates().share()),
    OVERTURNED(figures -> new BigDecimal(figures.overturned()));

    private final Function<FairnessIndicators, @Nullable BigDecimal> value;

    Field(Function<FairnessIndicators, @Nullable BigDecimal> value) {
      this.value = value;
    }
  }

  /** Total: operators alike stand in the order of their ids. */
  static Comparator<FairnessIndicators> of(@Nullable Arguments order) {
    var given = order == null ? null : order.value("field", Field.class);
    var field = given == null ? Field.REQUESTS : given;
    var ascending = order != null && "ASC".equals(order.string("direction"));
    Comparator<BigDecimal> values =
        ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return Comparator.comparing(field.value::apply, Comparator.nullsLast(values))
        .thenComparing(figures -> String.valueOf(figures.whose().operatorId()));
  }
}
