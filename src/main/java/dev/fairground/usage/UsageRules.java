package dev.fairground.usage;

import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.usage.UsageGrounds.Amounts;
import dev.fairground.usage.UsageGrounds.Grant;
import dev.fairground.usage.UsageGrounds.Place;
import dev.fairground.usage.UsageGrounds.Standing;
import dev.fairground.usage.UsageGrounds.Use;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands against the rows of a report, and what people should look at in them. Pure.
 *
 * <p>A row is refused where it cannot be told what it is about: no such grant of this operator, one
 * that never was in force, a correction of nothing. Use that should not have been is recorded and
 * found: who reports it must not be kept from doing so.
 */
final class UsageRules {
  static final String RULE = "FA-15";

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final UsageGrounds grounds;
  private final Map<Place, State> corrected = new HashMap<>();
  private final Map<UUID, String> currencies = new HashMap<>();
  private final Map<UUID, BigDecimal> totals = new HashMap<>();

  UsageRules(UsageGrounds grounds) {
    this.grounds = grounds;
  }

  /** A record with the corrections so far, those of this report too. */
  private record State(Amounts amounts, Set<UsageFinding> findings) {}

  /**
   * A row that nothing stands against.
   *
   * @param counted whether its quantity counts towards what was granted
   * @param findings what is found with it, and was not before
   * @param settled what was found with the record that it corrects, and is not any more
   */
  record Accepted(
      ReportedUse row,
      Grant grant,
      @Nullable UUID resourceId,
      @Nullable UUID scenarioId,
      @Nullable String unit,
      @Nullable String unitText,
      @Nullable String currency,
      boolean counted,
      Set<UsageFinding> findings,
      Set<UsageFinding> settled) {}

  /** Takes the rows in their order; adds what stands against each. */
  List<Accepted> take(List<ReportedUse> rows, List<UserError> errors) {
    var accepted = new ArrayList<Accepted>(rows.size());
    for (var row : rows) {
      var grant = grounds.grants().get(row.grantId());
      if (grant == null) {
        errors.add(InputError.notFound(row.given(), "grantId"));
      } else if (!grant.active()) {
        errors.add(
            ruled(
                row,
                "grantId",
                UserErrorCode.NOT_IN_FORCE,
                "This grant never was in force: both sides have to sign first. Nothing could be"
                    + " used by it."));
      } else {
        var before = errors.size();
        var one = row.corrects() == null ? use(row, grant, errors) : correction(row, grant, errors);
        if (errors.size() == before && one != null) {
          accepted.add(one);
        }
      }
    }
    return accepted;
  }

  private Accepted use(ReportedUse row, Grant grant, List<UserError> errors) {
    if (row.resourceId() != null && !grounds.resources().contains(row.resourceId())) {
      errors.add(InputError.notFound(row.given(), "resourceId"));
    }
    if (row.scenarioId() != null && !grounds.scenarios().contains(row.scenarioId())) {
      errors.add(InputError.notFound(row.given(), "scenarioId"));
    }
    var unit = row.unit() == null ? grant.unit() : row.unit();
    var unitText = row.unitText();
    if (unitText == null && Objects.equals(unit, grant.unit())) {
      unitText = grant.unitText();
    }
    var counted =
        grant.unit() == null
            || grant.unit().equals(unit) && Objects.equals(unitText, grant.unitText());
    var currency = currency(row, grant, errors);
    var total = total(grant, counted, row.quantity());
    return new Accepted(
        row,
        grant,
        row.resourceId(),
        row.scenarioId(),
        unit,
        unitText,
        currency,
        counted,
        findings(
            row,
            grant,
            row.resourceId(),
            row.scenarioId(),
            counted,
            Amounts.of(row),
            row.billed() != null,
            total),
        Set.of());
  }

  /** What was used by the grant in all, with this. */
  private BigDecimal total(Grant grant, boolean counted, BigDecimal quantity) {
    var before = totals.getOrDefault(grant.id(), grant.total());
    var after = counted ? before.add(quantity) : before;
    totals.put(grant.id(), after);
    return after;
  }

  private @Nullable String currency(ReportedUse row, Grant grant, List<UserError> errors) {
    var known = grant.currency() != null ? grant.currency() : grant.billedIn();
    var wanted = known != null ? known : currencies.get(grant.id());
    var said = row.currency();
    if (wanted != null && said != null && !said.equals(wanted)) {
      errors.add(
          ReportedUse.invalid(
              row.given(),
              "currency",
              "What is billed by this grant is in %s. Convert it.".formatted(wanted)));
    }
    if (row.billed() == null) {
      return null;
    }
    var currency = wanted != null ? wanted : said != null ? said : "CNY";
    currencies.put(grant.id(), currency);
    return currency;
  }

  private Set<UsageFinding> findings(
      ReportedUse row,
      Grant grant,
      @Nullable UUID resourceId,
      @Nullable UUID scenarioId,
      boolean counted,
      Amounts amounts,
      boolean billed,
      BigDecimal total) {
    var findings = EnumSet.noneOf(UsageFinding.class);
    if (amounts.isNothing()) {
      return findings;
    }
    if (!grant.isWithin(row.startsOn(), row.endsOn())) {
      findings.add(UsageFinding.OUTSIDE_TERM);
    }
    if (grant.wasSuspended(row.startsOn(), row.endsOn())) {
      findings.add(UsageFinding.WHILE_SUSPENDED);
    }
    if (scenarioId != null
        && grant.scenarioId() != null
        && !scenarioId.equals(grant.scenarioId())) {
      findings.add(UsageFinding.OUTSIDE_SCENARIO);
    }
    if (!counted) {
      findings.add(UsageFinding.OTHER_UNIT);
    } else if (grant.quantity() != null
        && amounts.quantity().signum() > 0
        && total.compareTo(grant.quantity()) > 0) {
      findings.add(UsageFinding.OVER_VOLUME);
    }
    if (resourceId != null && !grounds.used().contains(new Use(grant.productId(), resourceId))) {
      findings.add(UsageFinding.OTHER_RESOURCE);
    }
    if (counted && grant.unitPrice() != null && billed) {
      var price = amounts.quantity().multiply(grant.unitPrice()).setScale(2, RoundingMode.HALF_UP);
      if (price.subtract(amounts.billed()).abs().compareTo(CENT) > 0) {
        findings.add(UsageFinding.BILLED_OTHERWISE);
      }
    }
    return findings;
  }

  private @Nullable Accepted correction(ReportedUse row, Grant grant, List<UserError> errors) {
    var place = new Place(grant.id(), Objects.requireNonNull(row.corrects()));
    var record = grounds.corrected().get(place);
    if (record == null) {
      errors.add(
          InputError.at(
              row.given(),
              "corrects",
              UserErrorCode.NOT_FOUND,
              "There is no record of this number under the grant, or not before this report."));
      return null;
    }
    if (record.corrects() != null) {
      errors.add(
          ReportedUse.invalid(
              row.given(),
              "corrects",
              "Record %d is itself a correction. Correct record %d, which it was made for."
                  .formatted(place.number(), record.corrects())));
      return null;
    }
    if (!isAbout(row, record)) {
      errors.add(
          ReportedUse.invalid(
              row.given(),
              "corrects",
              "A correction has the days, the resource, the scenario and the unit of its record."
                  + " Take the record back by a correction, and report what was used in another."));
      return null;
    }
    var state =
        corrected.getOrDefault(place, new State(record.amounts(), Set.copyOf(record.findings())));
    var before = state.amounts();
    var after = before.plus(Amounts.of(row));
    if (after.isNegative()) {
      errors.add(
          ReportedUse.invalid(
              row.given(),
              "quantity",
              "Less than nothing would be left of record %d: it has %s now, %d calls, %s billed."
                  .formatted(
                      place.number(),
                      before.quantity().toPlainString(),
                      before.calls(),
                      before.billed().toPlainString())));
      return null;
    }
    var currency = currency(row, grant, errors);
    var counted =
        grant.unit() == null
            || grant.unit().equals(record.unit())
                && Objects.equals(record.unitText(), grant.unitText());
    var found =
        findings(
            row,
            grant,
            record.resourceId(),
            record.scenarioId(),
            counted,
            after,
            row.billed() != null || record.currency() != null,
            total(grant, counted, row.quantity()));
    corrected.put(place, new State(after, found));
    return new Accepted(
        row,
        grant,
        record.resourceId(),
        record.scenarioId(),
        record.unit(),
        record.unitText(),
        currency,
        counted,
        without(found, state.findings()),
        without(state.findings(), found));
  }

  private static Set<UsageFinding> without(Set<UsageFinding> all, Set<UsageFinding> less) {
    var rest = EnumSet.noneOf(UsageFinding.class);
    rest.addAll(all);
    rest.removeAll(less);
    return rest;
  }

  /** Whether a correction names nothing else than its record does. */
  private static boolean isAbout(ReportedUse row, Standing record) {
    return row.startsOn().equals(record.startsOn())
        && row.endsOn().equals(record.endsOn())
        && (row.resourceId() == null || row.resourceId().equals(record.resourceId()))
        && (row.scenarioId() == null || row.scenarioId().equals(record.scenarioId()))
        && (row.unit() == null || row.unit().equals(record.unit()))
        && (row.unitText() == null || row.unitText().equals(record.unitText()));
  }

  private static InputError ruled(
      ReportedUse row, String member, UserErrorCode code, String message) {
    return new InputError(code, message, row.given().path(member), RULE);
  }
}
