package dev.fairground.catalog;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.graphql.Listing;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ProductFilter} as clauses over {@code product_version p}. */
final class ProductFilter {
  private static final Clause PUBLISHED = Clause.of("p.status = 'PUBLISHED'");

  private ProductFilter() {}

  /** The whole condition: published products only, unless the filter's top names a status. */
  static Clause listed(@Nullable Arguments filter, Moment moment, ViewerFilter.Condition ofViewer) {
    var clause = clause(filter, moment, ofViewer);
    return filter != null && filter.has("status") ? clause : Clause.all(PUBLISHED, clause);
  }

  /** What a list's conditions are made of; reads facts about who asks only where they are used. */
  static Listing.Prepared prepared(ViewerFilter viewers) {
    Listing.Where plain = where((filter, moment) -> Clause.TRUE);
    return (reading, arguments) ->
        asksOfViewer(arguments.input("filter"))
            ? viewers.read(reading).map(ProductFilter::where)
            : Future.succeededFuture(plain);
  }

  private static Listing.Where where(ViewerFilter.Condition ofViewer) {
    return (arguments, moment) -> listed(arguments.input("filter"), moment, ofViewer);
  }

  private static boolean asksOfViewer(@Nullable Arguments filter) {
    return filter != null
        && (ViewerFilter.MEMBERS.stream().anyMatch(filter::has)
            || asksOfViewer(filter.input("not"))
            || filter.inputs("and").stream().anyMatch(ProductFilter::asksOfViewer)
            || filter.inputs("or").stream().anyMatch(ProductFilter::asksOfViewer));
  }

  private static Clause clause(
      @Nullable Arguments filter, Moment moment, ViewerFilter.Condition ofViewer) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("p.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(
        Conditions.id(
            "p.authorization_grant_id",
            filter.input("authorization"),
            AuthorizationResolver.PREFIX));
    all.add(
        used(
            "product_resource",
            moment,
            Conditions.id("u.resource_id", filter.input("resource"), ResourceResolver.PREFIX)));
    all.add(
        used(
            "product_scenario",
            moment,
            Conditions.id(
                "u.allowed and u.scenario_id",
                filter.input("scenario"),
                AuthorizationResolver.SCENARIO)));
    all.add(
        Conditions.words(
            filter, ProductRepository.SEARCH, moment, ProductFilter::inTitleOfThePast));
    all.add(Conditions.text("p.field", filter.input("field")));
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
    all.add(ofViewer.of(filter, moment));
    all.add(Conditions.combined(filter, input -> clause(input, moment, ofViewer)));
    return Clause.all(all);
  }

  private static Clause used(String table, Moment moment, Clause condition) {
    return condition.equals(Clause.TRUE)
        ? condition
        : Clause.all(VersionedSql.shown("u", moment), condition)
            .within(
                "exists (select 1 from "
                    + table
                    + " u where u.operator_id = p.operator_id and u.product_id = p.product_id and ",
                ")");
  }

  /** What a title of the past held, whole words only. */
  private static Clause inTitleOfThePast(String text) {
    return Clause.of(
        "p.tokens @@ (select string_agg(quote_literal(word), ' & ')::tsquery"
            + " from unnest(search_words(?)) as words (word))",
        text);
  }
}
