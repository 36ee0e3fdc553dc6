package dev.fairground.pricing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The filters of ceilings and caps as clauses over their table {@code c}. */
final class PricingFilters {
  private PricingFilters() {}

  static Clause ceiling(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(
        Conditions.id(
            "c.authorization_grant_id",
            filter.input("authorization"),
            AuthorizationResolver.PREFIX));
    all.add(Conditions.id("c.set_by_id", filter.input("setBy"), PartyResolver.PREFIX));
    all.add(Conditions.text("c.item_class", filter.input("itemClass")));
    all.add(Conditions.oneOf("c.unit", filter, "unit"));
    all.add(inForce("c.effective_on", filter));
    all.add(Conditions.is("c.trial", filter, "trial"));
    all.add(Conditions.is("c.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, PricingFilters::ceiling));
    return Clause.all(all);
  }

  static Clause cap(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("c.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(Conditions.id("c.set_by_id", filter.input("setBy"), PartyResolver.PREFIX));
    all.add(inForce("c.starts_on", filter));
    all.add(Conditions.is("c.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, PricingFilters::cap));
    return Clause.all(all);
  }

  private static Clause inForce(String first, Arguments filter) {
    var day = filter.date("inForceOn");
    return day == null
        ? Clause.TRUE
        : Clause.of(first + " <= ? and (c.ends_on is null or c.ends_on >= ?)", day, day);
  }
}
