package dev.fairground.access;

import dev.fairground.graphql.Loader;
import dev.fairground.sql.Database;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests tell of themselves to one caller on a day. */
final class AccessLoaders {
  private final Audience audience;

  AccessLoaders(Database database) {
    this.audience = new Audience(database);
  }

  /** What a request tells. */
  record Told(boolean overdue, boolean paused, @Nullable LocalDate dueOn) {}

  static Loader<AccessRequest, Loader.None, Told> told() {
    return new Loader<>(
        "standingsOfAccessRequests",
        (reading, none, requests) -> {
          var today = reading.moment().day();
          var told = new HashMap<AccessRequest, Told>();
          requests.forEach(
              of -> told.put(of, new Told(of.isOverdue(today), of.isPaused(), of.dueOn())));
          return io.vertx.core.Future.succeededFuture(told);
        });
  }

  Loader<AccessRequest, Loader.None, List<AccessAction>> actions() {
    return new Loader<>(
        "actionsOfAccessRequests",
        (reading, none, requests) -> {
          var viewer = reading.viewer();
          var today = reading.moment().day();
          return audience
              .reviewing(reading.reads(), viewer, today)
              .map(
                  places -> {
                    var actions = new HashMap<AccessRequest, List<AccessAction>>();
                    for (var of : requests) {
                      actions.put(
                          of,
                          List.copyOf(
                              AccessRules.actions(of, Party.of(of, viewer, places), today)));
                    }
                    return actions;
                  });
        });
  }

  /** The operator's decision among those on a request. */
  static @Nullable AccessDecision first(List<AccessDecision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.level() == AccessRequest.Level.OPERATOR)
        .findFirst()
        .orElse(null);
  }

  /** The decision on the review. */
  static @Nullable AccessDecision review(List<AccessDecision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.level() != AccessRequest.Level.OPERATOR)
        .findFirst()
        .orElse(null);
  }
}
