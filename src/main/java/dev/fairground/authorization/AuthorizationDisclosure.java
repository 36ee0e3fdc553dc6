package dev.fairground.authorization;

import dev.fairground.kernel.Period;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has to be public of an authorization: whom it is given to, what for, how far, and how long;
 * the four are never missing (Opinions of 2024, item 5; Specification, 18).
 *
 * @param objectId the operator
 * @param content what is operated, in words; the title where nothing else was said
 * @param publicity the days on which the candidate was public
 */
record AuthorizationDisclosure(
    UUID objectId,
    UUID institutionId,
    String content,
    AuthorizationScope scope,
    Period term,
    @Nullable String exitTerms,
    @Nullable String selectionMethod,
    @Nullable String selectionBasis,
    @Nullable Period publicity,
    @Nullable Integer bidders,
    @Nullable Boolean exclusive,
    @Nullable String exclusiveReason,
    @Nullable String fairCompetitionReview,
    @Nullable LocalDate filedOn,
    @Nullable LocalDate disclosedOn) {

  /** How the scope is drawn; its resources and scenarios stand with the authorization. */
  record AuthorizationScope(
      AuthorizationGrant.Mode mode,
      @Nullable String modeText,
      List<String> fields,
      List<String> regionCodes) {}

  /** Null while no term is known. */
  static @Nullable AuthorizationDisclosure of(AuthorizationGrant grant) {
    if (grant.term() == null) {
      return null;
    }
    return new AuthorizationDisclosure(
        grant.operatorId(),
        grant.institutionId(),
        grant.content() == null ? grant.title().value() : grant.content(),
        new AuthorizationScope(grant.mode(), grant.modeText(), grant.fields(), grant.regionCodes()),
        grant.term(),
        grant.exitTerms(),
        grant.selectionMethod(),
        grant.selectionBasis(),
        grant.publicity(),
        grant.bidders(),
        grant.exclusive(),
        grant.exclusiveReason(),
        grant.fairCompetitionReview(),
        grant.filedOn(),
        grant.disclosedOn());
  }
}
