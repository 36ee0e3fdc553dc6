package dev.fairground.party;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code OrganizationFilter} as clauses over {@code organization_version o}. */
final class OrganizationFilter {

  private OrganizationFilter() {}

  static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.words(filter, OrganizationRepository.SEARCH, moment, null));
    all.add(Conditions.text("o.code", filter.input("code")));
    all.add(Conditions.text("o.name", filter.input("name")));
    all.add(Conditions.text("o.region_code", filter.input("region")));
    all.add(Conditions.oneOf("o.kind", filter, "kind"));
    if (filter.has("role")) {
      all.add(
          Clause.of(
              "exists (select 1 from organization_role r where r.organization_id ="
                  + " o.organization_id and r.role = any(?) and r.starts_on <= ? and (r.ends_on is"
                  + " null or r.ends_on >= ?))",
              filter.strings("role").toArray(String[]::new),
              moment.day(),
              moment.day()));
    }
    all.add(Conditions.is("o.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, input -> clause(input, moment)));
    return Clause.all(all);
  }
}
