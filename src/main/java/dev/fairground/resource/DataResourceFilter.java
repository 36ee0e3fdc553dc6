package dev.fairground.resource;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code DataResourceFilter} as clauses over {@code data_resource_version r}. */
final class DataResourceFilter {
  private static final Clause LISTED = Clause.of("r.status = 'LISTED'");

  private DataResourceFilter() {}

  /** The whole condition: listed resources only, unless the filter's top names a status. */
  static Clause listed(@Nullable Arguments filter, Moment moment) {
    var clause = clause(filter, moment);
    return filter != null && filter.has("status") ? clause : Clause.all(LISTED, clause);
  }

  private static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.words(filter, DataResourceRepository.SEARCH, moment, null));
    all.add(Conditions.text("r.code", filter.input("code")));
    all.add(Conditions.text("r.catalogue", filter.input("catalogue")));
    all.add(Conditions.oneOf("r.status", filter, "status"));
    all.add(Conditions.text("r.title", filter.input("title")));
    all.add(Conditions.id("r.holder_id", filter.input("holder"), PartyResolver.PREFIX));
    all.add(Conditions.text("r.holder_name", filter.input("holderName")));
    all.add(Conditions.text("r.topic", filter.input("topic")));
    all.add(Conditions.text("r.sector_code", filter.input("sector")));
    all.add(Conditions.text("r.region_code", filter.input("region")));
    all.add(Conditions.oneOf("r.openness", filter, "openness"));
    all.add(Conditions.oneOf("r.origin", filter, "origin"));
    all.add(Conditions.oneOf("r.grade", filter, "grade"));
    all.add(Conditions.oneOf("r.update_frequency", filter, "updateFrequency"));
    all.add(Conditions.is("r.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, input -> clause(input, moment)));
    return Clause.all(all);
  }
}
