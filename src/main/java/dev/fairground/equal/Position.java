package dev.fairground.equal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison, with what reasons may rest on.
 *
 * @param leastQuantity null where none was said
 * @param trial whether a first offer for a new user is open to it; false where that is not known
 */
record Position(
    Terms terms,
    @Nullable Boolean smallOrMicro,
    @Nullable BigDecimal leastQuantity,
    @Nullable BigDecimal mostQuantity,
    int leastDays,
    int mostDays,
    boolean trial) {

  static Position of(Candidate candidate, Ground ground) {
    int days = Bands.days(candidate.startsOn(), candidate.endsOn());
    return new Position(
        Terms.of(candidate),
        candidate.smallOrMicro(),
        candidate.quantity(),
        candidate.quantity(),
        days,
        days,
        ground.newUser() && days <= ground.limits().trialDays());
  }

  static Position of(TermsGroup group) {
    return new Position(
        Terms.of(group),
        group.smallOrMicro(),
        group.leastQuantity(),
        group.mostQuantity(),
        group.leastDays(),
        group.mostDays(),
        false);
  }
}
