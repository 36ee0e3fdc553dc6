package dev.fairground.equal;

import dev.fairground.equal.Candidate.Claim;
import dev.fairground.equal.Candidate.Clause;
import dev.fairground.fairaccess.DifferenceFactor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Terms by the tariff of 1.00, and what may be other about them. */
record SomeTerms(Map<String, Object> other, List<Claim> claims, List<Clause> clauses) {
  static final LocalDate DAY = LocalDate.parse("2026-06-01");

  static SomeTerms standard() {
    return new SomeTerms(Map.of(), List.of(), List.of());
  }

  SomeTerms with(String field, Object value) {
    var all = new java.util.HashMap<>(other);
    all.put(field, value);
    return new SomeTerms(all, claims, clauses);
  }

  SomeTerms at(String unitPrice) {
    return with("unitPrice", unitPrice);
  }

  SomeTerms because(TermsField field, DifferenceFactor factor, @Nullable String evidence) {
    return because(new Claim(field, factor, "it was agreed so", evidence));
  }

  SomeTerms because(Claim claim) {
    var all = new java.util.ArrayList<>(claims);
    all.add(claim);
    return new SomeTerms(other, all, clauses);
  }

  SomeTerms clause(String kind, String text) {
    var all = new java.util.ArrayList<>(clauses);
    all.add(new Clause(kind, text));
    return new SomeTerms(other, claims, all);
  }

  private String text(String name, String otherwise) {
    return String.valueOf(other.getOrDefault(name, otherwise));
  }

  private @Nullable BigDecimal number(String name, @Nullable String otherwise) {
    var value = other.getOrDefault(name, otherwise == null ? "null" : otherwise);
    return "null".equals(value) ? null : new BigDecimal(String.valueOf(value));
  }

  Candidate candidate() {
    var days = number("decisionDays", "5");
    var payment = number("paymentDays", "30");
    return new Candidate(
        new UUID(0, 1),
        new UUID(0, 2),
        1,
        "000000",
        new UUID(0, 9),
        other.containsKey("scenario") ? new UUID(0, 7) : null,
        "INDUSTRY",
        "INDUSTRY",
        1,
        "PER_CALL",
        null,
        "CNY",
        number("unitPrice", "1.00"),
        number("standardUnitPrice", "1.00"),
        new BigDecimal(text("discount", "0")),
        number("quantity", "500"),
        text("delivery", "API"),
        text("standardDelivery", "API"),
        payment == null ? null : payment.intValue(),
        number("deposit", null),
        number("minimum", null),
        DAY,
        LocalDate.parse(text("endsOn", "2027-05-31")),
        DAY,
        days == null ? null : days.intValue(),
        (Boolean) other.get("small"),
        clauses,
        claims);
  }

  /** The same as terms that others have. */
  TermsGroup group(int grants) {
    var candidate = candidate();
    var factors = new java.util.EnumMap<TermsField, Set<DifferenceFactor>>(TermsField.class);
    claims.forEach(
        claim ->
            factors
                .computeIfAbsent(claim.field(), none -> EnumSet.noneOf(DifferenceFactor.class))
                .add(claim.factor()));
    return new TermsGroup(
        candidate.unitPrice(),
        candidate.onTariff(),
        candidate.discountPercent(),
        candidate.delivery(),
        candidate.paymentDays(),
        candidate.deposit(),
        candidate.minimumQuantity(),
        Terms.clauses(clauses),
        candidate.smallOrMicro(),
        factors,
        candidate.quantity(),
        candidate.quantity(),
        Bands.days(candidate.startsOn(), candidate.endsOn()),
        Bands.days(candidate.startsOn(), candidate.endsOn()),
        grants);
  }

  /** A policy that publishes every factor, and asks for payment within thirty days. */
  static Ground ground() {
    return ground(EnumSet.allOf(DifferenceFactor.class), true);
  }

  static Ground ground(Set<DifferenceFactor> published, boolean newUser) {
    return new Ground(Ground.Limits.SHIPPED, published, 30, null, null, newUser);
  }

  /** What stands against it beside others. */
  List<String> against(TermsGroup... others) {
    return against(ground(), others);
  }

  List<String> against(Ground ground, TermsGroup... others) {
    return Comparison.of(candidate(), ground, List.of(others), null).unjustified().stream()
        .map(found -> found.field() + " " + found.against() + " " + found.direction())
        .toList();
  }
}
