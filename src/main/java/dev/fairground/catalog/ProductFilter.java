package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ProductFilter} as clauses over {@code product_version p}. */
final class ProductFilter {
  private static final Clause PUBLISHED = Clause.of("p.status = 'PUBLISHED'");

  private ProductFilter() {}

  /** The whole condition: published products only, unless the filter's top names a status. */
  static Clause listed(@Nullable Arguments filter) {
    var clause = clause(filter);
    return filter != null && filter.has("status") ? clause : Clause.all(PUBLISHED, clause);
  }

  private static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    var operator = filter.input("operator");
    if (operator != null && operator.has("eq")) {
      all.add(
          Clause.of("p.operator_id = ?", requireNonNull(operator.id("eq", PartyResolver.PREFIX))));
    }
    if (operator != null && operator.has("in")) {
      var ids = Conditions.values(operator, "in", operator.ids("in", PartyResolver.PREFIX));
      all.add(Clause.of("p.operator_id = any(?)", (Object) ids.toArray(UUID[]::new)));
    }
    all.add(Conditions.text("p.code", filter.input("code")));
    all.add(Conditions.text("p.title", filter.input("title")));
    all.add(Conditions.text("p.sector_code", filter.input("sector")));
    all.add(Conditions.text("p.region_code", filter.input("region")));
    oneOf(all, "p.kind", filter, "kind");
    oneOf(all, "p.status", filter, "status");
    oneOf(all, "p.form", filter, "form");
    oneOf(all, "p.purpose_class", filter, "purposeClass");
    if (filter.has("delivery")) {
      all.add(
          Clause.of(
              "p.deliveries && ?", (Object) filter.strings("delivery").toArray(String[]::new)));
    }
    if (filter.has("demonstration")) {
      all.add(Clause.of("p.demonstration = ?", filter.bool("demonstration")));
    }
    all.add(Conditions.combined(filter, ProductFilter::clause));
    return Clause.all(all);
  }

  private static void oneOf(List<Clause> all, String column, Arguments filter, String name) {
    if (filter.has(name)) {
      all.add(
          Clause.of(column + " = any(?)", (Object) filter.strings(name).toArray(String[]::new)));
    }
  }
}
