package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ProductFilter} as clauses over {@code product_version p}. */
final class ProductFilter {
  private static final int MOST_ALTERNATIVES = 20;
  private static final int MOST_VALUES = 250;
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
      var ids = bounded(operator, "in", operator.ids("in", PartyResolver.PREFIX), MOST_VALUES);
      all.add(Clause.of("p.operator_id = any(?)", (Object) ids.toArray(UUID[]::new)));
    }
    text(all, "p.code", filter.input("code"));
    text(all, "p.title", filter.input("title"));
    text(all, "p.sector_code", filter.input("sector"));
    text(all, "p.region_code", filter.input("region"));
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
    if (filter.has("and")) {
      all.add(Clause.all(nested(filter, "and")));
    }
    if (filter.has("or")) {
      all.add(Clause.any(nested(filter, "or")));
    }
    if (filter.has("not")) {
      all.add(clause(filter.input("not")).not());
    }
    return Clause.all(all);
  }

  private static List<Clause> nested(Arguments filter, String name) {
    return bounded(filter, name, filter.inputs(name), MOST_ALTERNATIVES).stream()
        .map(ProductFilter::clause)
        .toList();
  }

  private static <T> List<T> bounded(Arguments at, String name, List<T> values, int most) {
    if (values.size() > most) {
      throw at.bad(name, "at most " + most + ", but there are " + values.size());
    }
    return values;
  }

  private static void oneOf(List<Clause> all, String column, Arguments filter, String name) {
    if (filter.has(name)) {
      all.add(
          Clause.of(column + " = any(?)", (Object) filter.strings(name).toArray(String[]::new)));
    }
  }

  private static void text(List<Clause> all, String column, @Nullable Arguments condition) {
    if (condition == null) {
      return;
    }
    if (condition.has("eq")) {
      all.add(Clause.of(column + " = ?", condition.string("eq")));
    }
    if (condition.has("in")) {
      var values = bounded(condition, "in", condition.strings("in"), MOST_VALUES);
      all.add(Clause.of(column + " = any(?)", (Object) values.toArray(String[]::new)));
    }
    if (condition.has("startsWith")) {
      all.add(Clause.of("starts_with(" + column + ", ?)", condition.string("startsWith")));
    }
  }
}
