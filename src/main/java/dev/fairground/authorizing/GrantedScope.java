package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.kernel.Ids;
import dev.fairground.resource.ResourceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which public data, down to data items, may be used in which scenarios. Pure.
 *
 * @param resources with the names of the data items; none for the whole resource
 * @param scenarios whether each is allowed or ruled out; where some are allowed, no others are
 */
record GrantedScope(
    SortedMap<UUID, SortedSet<String>> resources, SortedMap<UUID, Boolean> scenarios) {
  static final GrantedScope EMPTY = new GrantedScope(new TreeMap<>(), new TreeMap<>());

  GrantedScope {
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    scenarios = Collections.unmodifiableSortedMap(new TreeMap<>(scenarios));
  }

  /** The scope as plans keep it: {@code resources} and {@code scenarios} of their content. */
  static GrantedScope of(JsonObject content) {
    var resources = new TreeMap<UUID, SortedSet<String>>();
    for (var one : content.getJsonArray("resources", new JsonArray())) {
      var resource = (JsonObject) one;
      var items = new TreeSet<String>();
      resource.getJsonArray("dataItems", new JsonArray()).forEach(item -> items.add((String) item));
      resources.put(Ids.uuid(resource.getString("resource")), items);
    }
    var scenarios = new TreeMap<UUID, Boolean>();
    for (var one : content.getJsonArray("scenarios", new JsonArray())) {
      var scenario = (JsonObject) one;
      scenarios.put(Ids.uuid(scenario.getString("scenario")), scenario.getBoolean("allowed"));
    }
    return new GrantedScope(resources, scenarios);
  }

  GrantedScope withResources(JsonArray given) {
    return new GrantedScope(of(new JsonObject().put("resources", given)).resources, scenarios);
  }

  GrantedScope withScenarios(JsonArray given) {
    return new GrantedScope(resources, of(new JsonObject().put("scenarios", given)).scenarios);
  }

  /** What {@link #of} reads. */
  JsonObject json() {
    var ofResources = new JsonArray();
    resources.forEach(
        (id, items) -> {
          var one = new JsonObject().put("resource", Ids.write(ResourceResolver.PREFIX, id));
          if (!items.isEmpty()) {
            one.put("dataItems", new JsonArray(List.copyOf(items)));
          }
          ofResources.add(one);
        });
    var ofScenarios = new JsonArray();
    scenarios.forEach(
        (id, allowed) ->
            ofScenarios.add(
                new JsonObject()
                    .put("scenario", Ids.write(AuthorizationResolver.SCENARIO, id))
                    .put("allowed", allowed)));
    return new JsonObject().put("resources", ofResources).put("scenarios", ofScenarios);
  }

  /**
   * What goes beyond another scope: resources and scenarios by their global ids, behind a resource
   * the names of its data items.
   */
  List<String> beyond(GrantedScope wider) {
    var beyond = new ArrayList<String>();
    resources.forEach(
        (id, items) -> {
          var name = Ids.write(ResourceResolver.PREFIX, id);
          var allowed = wider.resources.get(id);
          if (allowed == null || items.isEmpty() && !allowed.isEmpty()) {
            beyond.add(name);
          } else if (!allowed.isEmpty()) {
            var more = new TreeSet<>(items);
            more.removeAll(allowed);
            if (!more.isEmpty()) {
              beyond.add(name + " " + String.join(" ", more));
            }
          }
        });
    named(wider)
        .forEach(
            id -> {
              if (allows(id) && !wider.allows(id)) {
                beyond.add(Ids.write(AuthorizationResolver.SCENARIO, id));
              }
            });
    if (wider.isClosed() && !isClosed()) {
      beyond.add("scenarios");
    }
    return beyond;
  }

  private Set<UUID> named(GrantedScope other) {
    var named = new TreeSet<>(scenarios.keySet());
    named.addAll(other.scenarios.keySet());
    return named;
  }

  /** Whether it names what it allows, so that it allows nothing else. */
  boolean isClosed() {
    return scenarios.containsValue(true);
  }

  /** Whether a scenario is allowed. */
  boolean allows(UUID scenario) {
    return scenarios.getOrDefault(scenario, !isClosed());
  }

  /** Whether some data may be used in the same scenario on both. */
  boolean meets(GrantedScope other) {
    var sameData =
        resources.entrySet().stream()
            .anyMatch(
                mine -> {
                  var theirs = other.resources.get(mine.getKey());
                  return theirs != null
                      && (mine.getValue().isEmpty()
                          || theirs.isEmpty()
                          || !Collections.disjoint(mine.getValue(), theirs));
                });
    return sameData
        && (!isClosed() && !other.isClosed()
            || named(other).stream().anyMatch(id -> allows(id) && other.allows(id)));
  }

  /** The scopes of versions of authorizations, from their rows. */
  static GrantedScope of(
      Map<UUID, ? extends SortedSet<String>> resources, Map<UUID, Boolean> scenarios) {
    return new GrantedScope(new TreeMap<>(resources), new TreeMap<>(scenarios));
  }
}
