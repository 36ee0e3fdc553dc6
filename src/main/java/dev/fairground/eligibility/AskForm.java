package dev.fairground.eligibility;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Viewer;
import dev.fairground.party.PartyResolver;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The input {@code EligibilityAsk}: an ask without its product. */
record AskForm(
    @Nullable UUID applicantId,
    @Nullable String purposeClass,
    @Nullable UUID scenarioId,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable BigDecimal quantity,
    Set<String> documents) {
  private static final int MOST_DOCUMENTS = 50;
  private static final int MOST_WORDS = 200;

  /** Of a quantity as it is kept: 14 digits before the point, 6 behind it. */
  private static final BigDecimal MOST = BigDecimal.TEN.pow(14);

  private static final int DECIMALS = 6;

  private static final AskForm NOTHING =
      new AskForm(null, null, null, null, null, null, null, null, Set.of());

  /**
   * Reads the argument {@code ask}.
   *
   * @throws dev.fairground.kernel.BadInput where no product could be asked for so
   */
  static AskForm read(Arguments arguments) {
    var ask = arguments.input("ask");
    if (ask == null) {
      return NOTHING;
    }
    var starts = ask.date("startsOn");
    var ends = ask.date("endsOn");
    if (starts != null && ends != null && ends.isBefore(starts)) {
      throw ask.bad("endsOn", "must not lie before startsOn, " + starts);
    }
    var words = ask.string("unitText");
    if (words != null && words.length() > MOST_WORDS) {
      throw ask.bad("unitText", "at most 200 characters, but there are " + words.length());
    }
    var documents = ask.strings("documents");
    if (documents.size() > MOST_DOCUMENTS) {
      throw ask.bad("documents", "at most 50, but there are " + documents.size());
    }
    return new AskForm(
        ask.id("applicantId", PartyResolver.PREFIX),
        ask.string("purpose"),
        ask.id("scenarioId", AuthorizationResolver.SCENARIO),
        starts,
        ends,
        ask.string("unit"),
        words,
        quantity(ask),
        Set.copyOf(documents));
  }

  private static @Nullable BigDecimal quantity(Arguments ask) {
    var quantity = ask.decimal("quantity");
    if (quantity == null) {
      return null;
    }
    if (quantity.signum() <= 0) {
      throw ask.bad("quantity", "must be above 0; leave it out where it is not known");
    }
    if (quantity.compareTo(MOST) >= 0 || quantity.stripTrailingZeros().scale() > DECIMALS) {
      throw ask.bad(
          "quantity", "at most 14 digits before the point and 6 behind it; take another unit");
    }
    return quantity;
  }

  Ask of(UUID product, Viewer viewer) {
    return new Ask(
        product,
        OwnOrganization.of(viewer, applicantId, "ask.applicantId"),
        purposeClass,
        scenarioId,
        startsOn,
        endsOn,
        unit,
        unitText,
        quantity,
        documents);
  }
}
