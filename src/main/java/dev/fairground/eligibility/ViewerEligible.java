package dev.fairground.eligibility;

import dev.fairground.catalog.ViewerFilter;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.policy.Applicant;
import dev.fairground.policy.Applicants;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The filter {@code viewerEligible}: products that nothing stands against, for who asks, of an ask
 * that names no more than a purpose. What is known of the viewer's organizations is one statement;
 * who is not signed in has none, and of them nothing is known, which stands against nobody.
 */
public final class ViewerEligible implements ViewerFilter {
  private final Applicants applicants;

  public ViewerEligible(Database database) {
    this.applicants = new Applicants(database);
  }

  @Override
  public Future<Condition> read(Reading reading) {
    var viewer = reading.viewer();
    var own = OwnOrganization.of(viewer);
    // Also of none: who is told apart by a statement could be told apart by time.
    return applicants
        .find(reading, reading.moment().day(), own)
        .map(known -> (filter, moment) -> clause(reading, own, known, filter, moment));
  }

  private static Clause clause(
      Reading reading,
      List<UUID> own,
      Map<UUID, Applicant> known,
      Arguments filter,
      Moment moment) {
    var named = filter.id("viewerApplicant", PartyResolver.PREFIX);
    if (!filter.has("viewerEligible")) {
      for (var member : List.of("viewerPurpose", "viewerApplicant")) {
        if (filter.has(member)) {
          throw filter.bad(member, "goes with viewerEligible, in the same filter");
        }
      }
      return Clause.TRUE;
    }
    if (named == null && own.size() > 1) {
      throw filter.bad(
          "viewerEligible",
          "you may ask for several organizations; say for which one in viewerApplicant");
    }
    var id =
        OwnOrganization.of(
            reading.viewer(), named, String.join(".", filter.path("viewerApplicant")));
    var applicant = id == null ? Applicant.NOBODY : known.getOrDefault(id, Applicant.NOBODY);
    var eligible = EligibleClause.of(applicant, filter.string("viewerPurpose"), moment);
    return Objects.equals(filter.bool("viewerEligible"), Boolean.TRUE) ? eligible : eligible.not();
  }
}
