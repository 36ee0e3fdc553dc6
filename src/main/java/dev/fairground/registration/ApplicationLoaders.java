package dev.fairground.registration;

import dev.fairground.graphql.Loader;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What applications and notices tell of themselves to one caller on a day; without statements. */
final class ApplicationLoaders {
  private ApplicationLoaders() {}

  /** What an application tells. */
  record Told(
      List<ApplicationAction> actions,
      boolean overdue,
      @Nullable LocalDate dueOn,
      List<RegistrationGap> missing) {}

  static Loader<RegistrationApplication, Loader.None, Told> told() {
    return new Loader<>(
        "actionsOfRegistrationApplications",
        (reading, none, applications) -> {
          var today = reading.moment().day();
          var told = new HashMap<RegistrationApplication, Told>();
          for (var of : applications) {
            told.put(
                of,
                new Told(
                    List.copyOf(ApplicationRules.actions(of, reading.viewer(), today)),
                    of.isOverdue(today),
                    of.dueOn().equals(RegistrationApplication.NOTHING_DUE) ? null : of.dueOn(),
                    RegistrationGap.of(
                        of.kind(), of.subjectKind(), of.content(), java.util.Set.of())));
          }
          return Future.succeededFuture(told);
        });
  }

  static Loader<RegistrationNotice, Loader.None, Boolean> takesObjections() {
    return new Loader<>(
        "openRegistrationNotices",
        (reading, none, notices) -> {
          var open = new HashMap<RegistrationNotice, Boolean>();
          for (var notice : notices) {
            open.put(
                notice,
                notice.state() == RegistrationNotice.Stand.OPEN
                    && !reading.moment().day().isAfter(notice.endsOn()));
          }
          return Future.succeededFuture(open);
        });
  }

  /** Many objects for each key, in the order of their ids. */
  static <V> Loader<List<UUID>, Loader.None, List<V>> each(
      String name, Loader<UUID, Loader.None, V> one) {
    return new Loader<>(
        name,
        (reading, none, lists) -> {
          var all = new LinkedHashSet<UUID>();
          lists.forEach(all::addAll);
          var found = new HashMap<List<UUID>, List<V>>();
          if (all.isEmpty()) {
            lists.forEach(list -> found.put(list, List.of()));
            return Future.succeededFuture(found);
          }
          return one.batch()
              .load(reading, none, all)
              .map(
                  byId -> {
                    for (var list : lists) {
                      var values = new ArrayList<V>();
                      for (var id : list) {
                        var value = byId.get(id);
                        if (value != null) {
                          values.add(value);
                        }
                      }
                      found.put(list, List.copyOf(values));
                    }
                    return found;
                  });
        });
  }
}
