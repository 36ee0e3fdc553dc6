package dev.fairground.party;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code OrganizationFilter} as clauses over {@code organization_version o}. */
final class OrganizationFilter {
  private static final int MOST_ALTERNATIVES = 20;
  private static final int MOST_VALUES = 250;

  private OrganizationFilter() {}

  static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    text(all, "o.code", filter.input("code"));
    text(all, "o.name", filter.input("name"));
    text(all, "o.region_code", filter.input("region"));
    if (filter.has("kind")) {
      all.add(Clause.of("o.kind = any(?)", (Object) filter.strings("kind").toArray(String[]::new)));
    }
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
    if (filter.has("demonstration")) {
      all.add(Clause.of("o.demonstration = ?", filter.bool("demonstration")));
    }
    if (filter.has("and")) {
      all.add(Clause.all(nested(filter, "and", moment)));
    }
    if (filter.has("or")) {
      all.add(Clause.any(nested(filter, "or", moment)));
    }
    if (filter.has("not")) {
      all.add(clause(filter.input("not"), moment).not());
    }
    return Clause.all(all);
  }

  private static List<Clause> nested(Arguments filter, String name, Moment moment) {
    var inputs = filter.inputs(name);
    if (inputs.size() > MOST_ALTERNATIVES) {
      throw filter.bad(name, "at most " + MOST_ALTERNATIVES + ", but there are " + inputs.size());
    }
    return inputs.stream().map(input -> clause(input, moment)).toList();
  }

  private static void text(List<Clause> all, String column, @Nullable Arguments condition) {
    if (condition == null) {
      return;
    }
    if (condition.has("eq")) {
      all.add(Clause.of(column + " = ?", condition.string("eq")));
    }
    if (condition.has("in")) {
      var values = condition.strings("in");
      if (values.size() > MOST_VALUES) {
        throw condition.bad("in", "at most " + MOST_VALUES + ", but there are " + values.size());
      }
      all.add(Clause.of(column + " = any(?)", (Object) values.toArray(String[]::new)));
    }
    if (condition.has("startsWith")) {
      all.add(Clause.of("starts_with(" + column + ", ?)", condition.string("startsWith")));
    }
  }
}
