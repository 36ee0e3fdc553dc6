package dev.fairground.catalog;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
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
    all.add(Conditions.id("p.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(Conditions.text("p.code", filter.input("code")));
    all.add(Conditions.text("p.title", filter.input("title")));
    all.add(Conditions.text("p.sector_code", filter.input("sector")));
    all.add(Conditions.text("p.region_code", filter.input("region")));
    all.add(Conditions.oneOf("p.kind", filter, "kind"));
    all.add(Conditions.oneOf("p.status", filter, "status"));
    all.add(Conditions.oneOf("p.form", filter, "form"));
    all.add(Conditions.oneOf("p.purpose_class", filter, "purposeClass"));
    if (filter.has("delivery")) {
      all.add(
          Clause.of(
              "p.deliveries && ?", (Object) filter.strings("delivery").toArray(String[]::new)));
    }
    all.add(Conditions.is("p.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, ProductFilter::clause));
    return Clause.all(all);
  }
}
