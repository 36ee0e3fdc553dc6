package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.kernel.Moment;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filter and order over {@code access_grant g} and {@code access_grant_version v}. */
final class GrantFilter {
  private GrantFilter() {}

  static Clause clause(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(
        Conditions.id(
            "g.product_id",
            filter.input("product"),
            CatalogResolver.DATA_PRODUCT,
            CatalogResolver.SERVICE_CAPABILITY));
    all.add(Conditions.id("g.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(Conditions.id("g.holder_id", filter.input("holder"), PartyResolver.PREFIX));
    all.add(
        Conditions.id(
            "g.authorization_grant_id",
            filter.input("authorization"),
            AuthorizationResolver.PREFIX));
    all.add(Conditions.oneOf("v.state", filter, "state"));
    all.add(Conditions.oneOf("v.end_kind", filter, "endKind"));
    all.add(Conditions.oneOf("g.purpose_class", filter, "purposeClass"));
    all.add(Conditions.days("v.ends_on", filter.input("endsOn")));
    all.add(Conditions.days("g.starts_on", filter.input("startsOn")));
    if (filter.has("endProposed")) {
      all.add(Clause.of("(v.end_proposed_by is not null) = ?", filter.bool("endProposed")));
    }
    if (filter.has("uncorrected")) {
      all.add(
          Clause.of(
              "coalesce(v.state = 'SUSPENDED' and v.suspended_for = 'MISUSE' and v.correction_due_on < ?, false) = ?",
              moment.day(),
              filter.bool("uncorrected")));
    }
    if (filter.has("number")) {
      all.add(Clause.of("g.number = ?", filter.string("number")));
    }
    all.add(Conditions.combined(filter, nested -> clause(nested, moment)));
    return Clause.all(all);
  }

  static List<Key<AccessGrant>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var descending = order == null || "DESC".equals(order.string("direction"));
    var field = order == null ? "CREATED_AT" : requireNonNull(order.string("field"));
    Key<AccessGrant> id = Key.id("g.id", descending, AccessGrant::id);
    return field.equals("ENDS_ON")
        ? List.of(Key.date("v.ends_on", descending, AccessGrant::endsOn), id)
        : List.of(Key.instant("g.created_at", descending, AccessGrant::createdAt), id);
  }
}
