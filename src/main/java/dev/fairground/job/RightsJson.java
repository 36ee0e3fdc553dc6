package dev.fairground.job;

import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rights as they are kept with a job, which runs with them later and on another server. */
final class RightsJson {
  private RightsJson() {}

  static JsonObject write(Rights rights) {
    var organizations = new JsonObject();
    rights
        .organizations()
        .forEach(
            (scope, ids) -> {
              var list = new JsonArray();
              ids.forEach(id -> list.add(id.toString()));
              organizations.put(scope.word(), list);
            });
    var everywhere = new JsonArray();
    rights.everywhere().forEach(scope -> everywhere.add(scope.word()));
    return new JsonObject().put("organizations", organizations).put("everywhere", everywhere);
  }

  /** Scopes that this server does not know any more are left out. */
  static Rights read(JsonObject json) {
    var organizations = new EnumMap<Scope, Set<UUID>>(Scope.class);
    for (var entry : json.getJsonObject("organizations")) {
      var scope = Scope.of(entry.getKey());
      if (scope != null) {
        organizations.put(
            scope,
            ((JsonArray) entry.getValue())
                .stream().map(id -> UUID.fromString((String) id)).collect(Collectors.toSet()));
      }
    }
    var everywhere =
        json.getJsonArray("everywhere").stream()
            .map(word -> Scope.of((String) word))
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    return new Rights(Map.copyOf(organizations), Set.copyOf(everywhere), List.of());
  }
}
