package dev.fairground.fairaccess;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authorization, by itself.
 *
 * @param operatorRoles roles that the operator has in the jurisdiction on the day
 * @param supervisorIds the data authorities of the jurisdiction on the day; null where none is
 *     known
 * @param related organizations linked with the operator on the day; null where it did not declare
 *     its links
 * @param publicityStartsOn from when to when, both included, the candidate was public; null where
 *     nobody said
 * @param bidders how many took part; null where nobody said
 * @param exclusive whether nobody else gets the same; null where nobody said
 * @param fairCompetitionReview the number of the record of that review; null where none is known
 */
public record GrantFacts(
    String subject,
    String jurisdictionCode,
    String number,
    String state,
    UUID institutionId,
    UUID operatorId,
    List<String> operatorRoles,
    @Nullable List<UUID> supervisorIds,
    @Nullable List<Related> related,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable String termReason,
    @Nullable String selectionMethod,
    @Nullable String selectionBasis,
    @Nullable LocalDate publicityStartsOn,
    @Nullable LocalDate publicityEndsOn,
    @Nullable Integer bidders,
    @Nullable Boolean exclusive,
    @Nullable String exclusiveReason,
    @Nullable String fairCompetitionReview)
    implements Facts {
  public GrantFacts {
    supervisorIds = supervisorIds == null || supervisorIds.isEmpty() ? null : supervisorIds;
  }
}
