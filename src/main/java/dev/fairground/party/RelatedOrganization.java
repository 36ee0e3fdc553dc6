package dev.fairground.party;

import java.util.List;
import java.util.UUID;

/**
 * An organization that is tied to another one on a day.
 *
 * @param ofId the other one
 * @param direct whether one link leads there
 * @param control whether all links on the way control
 * @param linkIds a shortest way of links
 */
record RelatedOrganization(
    UUID ofId, UUID organizationId, boolean direct, boolean control, List<UUID> linkIds) {
  RelatedOrganization {
    linkIds = List.copyOf(linkIds);
  }
}
