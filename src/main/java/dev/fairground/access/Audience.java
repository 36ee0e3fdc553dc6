package dev.fairground.access;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who is told of a request, and for which jurisdictions a caller reviews. */
final class Audience {
  private final Database database;
  private final EventLog events;

  Audience(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  private static final String AUTHORITIES =
      """
      -- authoritiesOfPlaces
      select r.organization_id
        from organization_role r
       where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = any($1)
         and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)
       order by r.organization_id
       limit 20
      """;

  /** Tells all who read the request, each by an event of its own. */
  Future<Void> tell(
      SqlConnection transaction, Write write, AccessRequest of, List<String> changedFields) {
    var places =
        of.reviewCode() == null
            ? new String[] {of.jurisdictionCode()}
            : new String[] {of.jurisdictionCode(), of.reviewCode()};
    return database
        .list(
            transaction, AUTHORITIES, Tuple.of(places, write.moment().day()), row -> row.getUUID(0))
        .compose(
            authorities -> {
              var told = new LinkedHashSet<UUID>();
              told.add(of.applicantId());
              told.add(of.operatorId());
              told.add(of.institutionId());
              told.addAll(authorities);
              return events.append(
                  transaction,
                  write,
                  told.stream()
                      .map(
                          organization ->
                              new NewEvent(
                                  EventType.ACCESS_REQUEST_CHANGED,
                                  of.globalId(),
                                  of.version(),
                                  organization,
                                  false,
                                  changedFields))
                      .toList());
            });
  }

  private static final String REVIEWING =
      """
      -- jurisdictionsReviewed
      select r.jurisdiction_code, r.organization_id
        from organization_role r
       where r.role = 'DATA_AUTHORITY' and r.organization_id = any($1)
         and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)
      """;

  /**
   * The data authorities that the caller reviews for, by jurisdiction; none without a statement.
   */
  Future<Map<String, Set<UUID>>> reviewing(Reads reads, Viewer viewer, LocalDate day) {
    return viewer.rights().hold(Scope.REQUEST_REVIEW)
        ? database
            .list(reads, REVIEWING, reviewing(viewer, day), Audience::place)
            .map(Audience::byPlace)
        : Future.succeededFuture(Map.of());
  }

  Future<Map<String, Set<UUID>>> reviewing(SqlConnection transaction, Write write) {
    var viewer = write.viewer();
    return viewer.rights().hold(Scope.REQUEST_REVIEW)
        ? database
            .list(transaction, REVIEWING, reviewing(viewer, write.moment().day()), Audience::place)
            .map(Audience::byPlace)
        : Future.succeededFuture(Map.of());
  }

  private static Tuple reviewing(Viewer viewer, LocalDate day) {
    return Tuple.of(viewer.rights().organizations(Scope.REQUEST_REVIEW), day);
  }

  private record Place(String code, UUID authority) {}

  private static Place place(Row row) {
    return new Place(row.getString(0), row.getUUID(1));
  }

  private static Map<String, Set<UUID>> byPlace(List<Place> places) {
    var found = new HashMap<String, Set<UUID>>();
    for (var place : places) {
      found.computeIfAbsent(place.code(), unseen -> new HashSet<>()).add(place.authority());
    }
    return found;
  }
}
