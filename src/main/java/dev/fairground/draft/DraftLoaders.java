package dev.fairground.draft;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.graphql.Loader;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.UserError;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What drafts and products tell of themselves to this caller, and what errors lead to. */
final class DraftLoaders {
  private final StandingRepository standings;
  private final ListedProductRepository products;
  private final ResourceResolver resources;
  private final AuthorizationResolver authorizations;

  DraftLoaders(
      Database database, ResourceResolver resources, AuthorizationResolver authorizations) {
    this.standings = new StandingRepository(database);
    this.products = new ListedProductRepository(database);
    this.resources = resources;
    this.authorizations = authorizations;
  }

  /** What a draft tells of itself to one caller. */
  record Told(
      List<String> changedFields,
      List<UserError> problems,
      List<ProductDraft.Confirmer> confirmers,
      List<DraftAction> actions) {}

  /** One statement for all of it, and for all drafts of a level. */
  Loader<ProductDraft, Loader.None, Told> told() {
    return new Loader<>(
        "standingsOfProductDrafts",
        (reading, none, drafts) ->
            standings
                .findGiven(reading, drafts)
                .map(
                    found -> {
                      var byId = new HashMap<UUID, Standing>();
                      found.forEach(standing -> byId.put(standing.id(), standing));
                      var told = new HashMap<ProductDraft, Told>();
                      for (var draft : drafts) {
                        var standing = Objects.requireNonNull(byId.get(draft.id()));
                        told.put(
                            draft,
                            new Told(
                                standing.changedFields(),
                                DraftRules.problems(draft, standing, List.of()),
                                standing.confirmers(),
                                List.copyOf(
                                    DraftRules.actions(draft, standing, reading.viewer()))));
                      }
                      return told;
                    }));
  }

  /** The public takes no steps, and asks for none of them. */
  Loader<UUID, Loader.None, List<ProductAction>> productActions() {
    return new Loader<>(
        "actionsOfProducts",
        (reading, none, ids) -> {
          var actions = new HashMap<UUID, List<ProductAction>>();
          ids.forEach(id -> actions.put(id, List.of()));
          if (!reading.viewer().signedIn() || !reading.moment().isPresent()) {
            return Future.succeededFuture(actions);
          }
          return products
              .find(reading, ids)
              .map(
                  found -> {
                    found.forEach(
                        product ->
                            actions.put(
                                product.id(), List.copyOf(product.actions(reading.viewer()))));
                    return actions;
                  });
        });
  }

  /** Resources and scenarios by their global ids, in their order. */
  Loader<List<String>, Loader.None, List<Object>> nodes() {
    return new Loader<>(
        "offendingNodes",
        (reading, none, lists) -> {
          var named = new LinkedHashSet<String>();
          lists.forEach(named::addAll);
          var ofResources = of(named, ResourceResolver.PREFIX);
          var ofScenarios = of(named, AuthorizationResolver.SCENARIO);
          var found = new HashMap<String, Object>();
          return Future.all(
                  resources
                      .byId()
                      .batch()
                      .load(reading, none, ofResources)
                      .onSuccess(rows -> put(found, ResourceResolver.PREFIX, rows)),
                  authorizations
                      .scenarios()
                      .batch()
                      .load(reading, none, ofScenarios)
                      .onSuccess(rows -> put(found, AuthorizationResolver.SCENARIO, rows)))
              .map(done -> lists(lists, found));
        });
  }

  private static Map<List<String>, List<Object>> lists(
      Collection<List<String>> lists, Map<String, Object> found) {
    var values = new HashMap<List<String>, List<Object>>();
    for (var list : lists) {
      var nodes = new ArrayList<Object>();
      for (var id : list) {
        var node = found.get(id);
        if (node != null) {
          nodes.add(node);
        }
      }
      values.put(list, nodes);
    }
    return values;
  }

  private static List<UUID> of(Collection<String> ids, String prefix) {
    return ids.stream()
        .filter(id -> id.startsWith(prefix + "_"))
        .map((Function<String, UUID>) Ids::uuid)
        .toList();
  }

  private static void put(Map<String, Object> found, String prefix, Map<UUID, ?> rows) {
    rows.forEach((id, row) -> found.put(Ids.write(prefix, id), row));
  }
}
