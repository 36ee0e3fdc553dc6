package dev.fairground.party;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be declared of links between organizations. Pure. */
final class AffiliationRules {
  static final int LONGEST_EVIDENCE = 2_000;
  private static final BigDecimal HALF = BigDecimal.valueOf(50);
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private AffiliationRules() {}

  /** A link as it is declared. */
  record Declared(
      UUID organizationId,
      UUID affiliateId,
      Affiliation.Kind kind,
      @Nullable BigDecimal sharePercent,
      LocalDate startsOn,
      @Nullable LocalDate endsOn,
      String evidence) {

    Period term() {
      return new Period(startsOn, endsOn);
    }

    /** Whether an organization that stands in a circle of such links would control itself. */
    boolean controls() {
      return switch (kind) {
        case CONTROLS, CONTRACT_CONTROL -> true;
        case HOLDS_SHARES -> sharePercent != null && sharePercent.compareTo(HALF) > 0;
        case SHARES_OFFICERS, OTHER -> false;
      };
    }
  }

  /** Everything that the form of a link says against it. */
  static List<UserError> form(Arguments input, Declared link) {
    var errors = new ArrayList<UserError>();
    if (link.organizationId().equals(link.affiliateId())) {
      errors.add(invalid(input, "affiliateId", "An organization has no link to itself."));
    }
    if (link.endsOn() != null && link.endsOn().isBefore(link.startsOn())) {
      errors.add(reversed(input, "endsOn", link.startsOn()));
    }
    share(input, link, errors);
    evidence(input, link.evidence(), errors);
    return errors;
  }

  private static void share(Arguments input, Declared link, List<UserError> errors) {
    var share = link.sharePercent();
    if (share == null) {
      if (link.kind() == Affiliation.Kind.HOLDS_SHARES) {
        errors.add(
            InputError.at(
                input,
                "sharePercent",
                UserErrorCode.REQUIRED,
                "Whether a holding counts depends on its size. Give the share in hundredths."));
      }
      return;
    }
    if (link.kind() == Affiliation.Kind.SHARES_OFFICERS) {
      errors.add(invalid(input, "sharePercent", "Common officers hold no share. Leave it out."));
    } else if (share.signum() <= 0 || share.compareTo(WHOLE) > 0 || share.scale() > 2) {
      errors.add(
          invalid(
              input, "sharePercent", "Must be above 0 and at most 100, with at most 2 decimals."));
    }
  }

  static void evidence(Arguments input, @Nullable String evidence, List<UserError> errors) {
    if (evidence == null
        || evidence.isBlank()
        || evidence.codePointCount(0, evidence.length()) > LONGEST_EVIDENCE) {
      errors.add(
          invalid(
              input,
              "evidence",
              "Must say what shows it, in 1 to %,d characters.".formatted(LONGEST_EVIDENCE)));
    }
  }

  static UserError reversed(Arguments input, String member, LocalDate startsOn) {
    return new InputError(
        UserErrorCode.INVALID,
        "The last day is before the first, which is %s. Name that day or a later one."
            .formatted(startsOn),
        input.path(member),
        "termInOrder");
  }

  private static UserError invalid(Arguments input, String member, String message) {
    return InputError.at(input, member, UserErrorCode.INVALID, message);
  }
}
