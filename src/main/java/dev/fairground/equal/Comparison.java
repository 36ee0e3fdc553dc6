package dev.fairground.equal;

import static java.math.BigDecimal.ZERO;
import static java.util.Objects.requireNonNullElse;

import dev.fairground.equal.Candidate.Claim;
import dev.fairground.equal.DeviationRules.Fault;
import dev.fairground.equal.Difference.Against;
import dev.fairground.equal.Difference.Direction;
import dev.fairground.equal.Terms.Side;
import dev.fairground.fairaccess.DifferenceFactor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Terms beside the standard ones and beside those of like grants. Pure.
 *
 * @param cohort who is in the same position
 * @param since the first day of the window
 * @param size how many grants they were compared with
 * @param decisionTimes until the decisions on those; null where none is known
 * @param differences all beyond tolerance, with a reason or without
 * @param recorded the reasons that hold, as they are kept with the grant
 * @param usual whether nothing stands against the terms, without any reason, and others have them
 *     for no reason either: whoever is equal to those is equal to these
 */
public record Comparison(
    CohortKey cohort,
    LocalDate since,
    int size,
    @Nullable DecisionTimes decisionTimes,
    List<Difference> differences,
    List<Recorded> recorded,
    boolean usual) {
  public Comparison {
    differences = List.copyOf(differences);
    recorded = List.copyOf(recorded);
  }

  /** A row of {@code access_grant_deviation}. */
  public record Recorded(
      TermsField field,
      String standard,
      String granted,
      DifferenceFactor factor,
      String justification,
      @Nullable String evidence) {}

  /** What stands against the terms: differences without a reason that holds, times apart. */
  public List<Difference> unjustified() {
    return differences.stream().filter(Comparison::standsAgainst).toList();
  }

  private static boolean standsAgainst(Difference found) {
    return !found.justified() && found.field() != TermsField.DECISION_DAYS;
  }

  private static boolean isJustified(List<Difference> differences) {
    return differences.stream().noneMatch(Comparison::standsAgainst);
  }

  /** What is to be looked at, and stands against nothing: how long the decision took. */
  public List<Difference> flagged() {
    return differences.stream()
        .filter(found -> !found.justified() && found.field() == TermsField.DECISION_DAYS)
        .toList();
  }

  /**
   * Compares terms.
   *
   * @param others like grants of the window, those with the same terms together
   */
  public static Comparison of(
      Candidate candidate,
      Ground ground,
      List<TermsGroup> others,
      @Nullable DecisionTimes decisionTimes) {
    var found = new ArrayList<Difference>();
    for (var field : TermsField.values()) {
      standard(candidate, ground, field, found);
      cohort(candidate, ground, others, field, found);
    }
    time(candidate, ground, decisionTimes, found);
    return new Comparison(
        candidate.cohort(),
        ground.limits().from(candidate.decidedOn()),
        others.stream().mapToInt(TermsGroup::grants).sum(),
        decisionTimes,
        found,
        recorded(candidate, ground, found),
        candidate.mayBeUsual()
            && others.stream().anyMatch(group -> group.factors().isEmpty())
            && isJustified(found));
  }

  /** What the tariff, the policy and the standard terms say; as granted where they say nothing. */
  private static Terms standard(Candidate candidate, Ground ground) {
    return new Terms(
        candidate.standardUnitPrice() == null
            ? candidate.unitPrice()
            : candidate.standardUnitPrice(),
        candidate.standardUnitPrice() != null,
        ZERO,
        candidate.standardDelivery() == null ? candidate.delivery() : candidate.standardDelivery(),
        ground.paymentDays() == null ? candidate.paymentDays() : ground.paymentDays(),
        requireNonNullElse(ground.deposit(), ZERO),
        requireNonNullElse(ground.minimumQuantity(), ZERO),
        "");
  }

  private static void standard(
      Candidate candidate, Ground ground, TermsField field, List<Difference> found) {
    var mine = Terms.of(candidate);
    var standard = standard(candidate, ground);
    var side = mine.against(standard, field, ground.limits().pricePercent());
    if (side == Side.SAME) {
      return;
    }
    var holder = Position.of(candidate, ground);
    var everybody = new Position(standard, null, null, null, 0, 0, false);
    var reason =
        reason(
            candidate,
            ground,
            field,
            factor ->
                switch (factor) {
                  case SCALE, TERM -> null;
                  default -> DeviationRules.between(factor, side, holder, everybody);
                });
    found.add(
        new Difference(
            field,
            Against.STANDARD,
            Direction.valueOf(side.name()),
            standard.text(field),
            mine.text(field),
            0,
            reason.factor(),
            reason.lack()));
  }

  /** Differences of one kind are told as one, by what most of the others have. */
  private record Kind(Side side, Reason reason) {}

  private static void cohort(
      Candidate candidate,
      Ground ground,
      List<TermsGroup> others,
      TermsField field,
      List<Difference> found) {
    var mine = Terms.of(candidate);
    var holder = Position.of(candidate, ground);
    var kinds = new LinkedHashMap<Kind, List<TermsGroup>>();
    for (var group : others) {
      var side = mine.against(Terms.of(group), field, ground.limits().pricePercent());
      if (side != Side.SAME) {
        var position = Position.of(group);
        var theirs = theirs(group, field, opposite(side), position, holder);
        var reason =
            theirs != null
                ? new Reason(theirs, null)
                : reason(
                    candidate,
                    ground,
                    field,
                    factor -> DeviationRules.between(factor, side, holder, position));
        kinds.computeIfAbsent(new Kind(side, reason), unseen -> new ArrayList<>()).add(group);
      }
    }
    kinds.forEach(
        (kind, groups) -> {
          var most =
              groups.stream().reduce((a, b) -> a.grants() >= b.grants() ? a : b).orElseThrow();
          found.add(
              new Difference(
                  field,
                  Against.COHORT,
                  Direction.valueOf(kind.side().name()),
                  Terms.of(most).text(field),
                  mine.text(field),
                  groups.stream().mapToInt(TermsGroup::grants).sum(),
                  kind.reason().factor(),
                  kind.reason().lack()));
        });
  }

  private static void time(
      Candidate candidate, Ground ground, @Nullable DecisionTimes times, List<Difference> found) {
    var days = candidate.decisionDays();
    if (times == null || days == null) {
      return;
    }
    int distance = days - times.median();
    if (Math.abs(distance) > ground.limits().decisionWd()) {
      var reason = reason(candidate, ground, TermsField.DECISION_DAYS, factor -> null);
      found.add(
          new Difference(
              TermsField.DECISION_DAYS,
              Against.COHORT,
              distance < 0 ? Direction.BETTER : Direction.WORSE,
              Integer.toString(times.median()),
              days.toString(),
              times.decisions(),
              reason.factor(),
              reason.lack()));
    }
  }

  static Side opposite(Side side) {
    return switch (side) {
      case BETTER -> Side.WORSE;
      case WORSE -> Side.BETTER;
      case SAME, OTHER -> side;
    };
  }

  /** The reason of the others that parts them from the holder; null where there is none. */
  static @Nullable DifferenceFactor theirs(
      TermsGroup group, TermsField field, Side side, Position theirs, Position holder) {
    for (var entry : group.factors().entrySet()) {
      if (DeviationRules.covers(entry.getKey(), field)) {
        for (var factor : entry.getValue()) {
          if (DeviationRules.between(factor, side, theirs, holder) == null) {
            return factor;
          }
        }
      }
    }
    return null;
  }

  private record Reason(@Nullable DifferenceFactor factor, @Nullable String lack) {}

  /** What is against a factor, towards somebody. */
  @FunctionalInterface
  private interface Towards {
    @Nullable Fault of(DifferenceFactor factor);
  }

  /** The first reason that holds; else what the last one lacks. */
  private static Reason reason(
      Candidate candidate, Ground ground, TermsField field, Towards towards) {
    var lack = Fault.NO_REASON;
    for (var claim : candidate.deviations()) {
      if (DeviationRules.covers(claim.field(), field)) {
        var fault = DeviationRules.fault(claim, candidate, ground);
        if (fault == null) {
          fault = towards.of(claim.factor());
        }
        if (fault == null) {
          return new Reason(claim.factor(), null);
        }
        lack = fault;
      }
    }
    return new Reason(null, lack.text());
  }

  /** Reasons that explain a difference; one that explains none is not kept. */
  private static List<Recorded> recorded(
      Candidate candidate, Ground ground, List<Difference> found) {
    var recorded = new ArrayList<Recorded>();
    for (var claim : candidate.deviations()) {
      var justification = claim.justification();
      if (justification == null || DeviationRules.fault(claim, candidate, ground) != null) {
        continue;
      }
      explained(claim, found)
          .ifPresent(
              difference ->
                  recorded.add(
                      new Recorded(
                          claim.field(),
                          usual(candidate, ground, claim.field(), difference),
                          granted(candidate, claim.field()),
                          claim.factor(),
                          justification,
                          claim.evidence())));
    }
    return recorded;
  }

  private static Optional<Difference> explained(Claim claim, List<Difference> found) {
    return found.stream()
        .filter(
            difference ->
                difference.factor() == claim.factor()
                    && DeviationRules.covers(claim.field(), difference.field()))
        .findFirst();
  }

  private static String usual(
      Candidate candidate, Ground ground, TermsField field, Difference explained) {
    return field == TermsField.DECISION_DAYS
        ? explained.usual()
        : standard(candidate, ground).text(field);
  }

  private static String granted(Candidate candidate, TermsField field) {
    return field == TermsField.DECISION_DAYS
        ? String.valueOf(candidate.decisionDays())
        : Terms.of(candidate).text(field);
  }
}
