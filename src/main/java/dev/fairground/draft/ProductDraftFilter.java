package dev.fairground.draft;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code ProductDraftFilter} over {@code product_draft d}, and the orders. */
final class ProductDraftFilter {
  private ProductDraftFilter() {}

  static Clause clause(@Nullable Arguments filter) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("d.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(
        Conditions.id(
            "d.authorization_grant_id",
            filter.input("authorization"),
            AuthorizationResolver.PREFIX));
    all.add(Conditions.oneOf("d.status", filter, "status"));
    all.add(Conditions.oneOf("d.kind", filter, "kind"));
    all.add(Conditions.text("d.code", filter.input("code")));
    all.add(Conditions.text("d.title", filter.input("title")));
    all.add(Conditions.is("(d.base_version is null)", filter, "isNew"));
    all.add(Conditions.is("(d.missing = '{}')", filter, "isComplete"));
    all.add(Conditions.combined(filter, ProductDraftFilter::clause));
    return Clause.all(all);
  }

  static List<Key<ProductDraft>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var descending = order == null || "DESC".equals(order.string("direction"));
    var field = order == null ? "UPDATED_AT" : requireNonNull(order.string("field"));
    Key<ProductDraft> id = Key.id("d.id", descending, ProductDraft::id);
    return switch (field) {
      case "CODE" -> List.of(Key.text("d.code", descending, ProductDraft::code), id);
      case "TITLE" -> List.of(Key.text("d.title", descending, ProductDraftFilter::title), id);
      default -> List.of(Key.instant("d.updated_at", descending, ProductDraft::updatedAt), id);
    };
  }

  /** As the column that is computed of the content. */
  private static String title(ProductDraft draft) {
    var titles = draft.content().getJsonArray("title");
    return titles == null ? "" : titles.getJsonObject(0).getString("value");
  }
}
