package dev.fairground.contract;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells of grants those who read them: one event for each organization, none that is open. */
final class GrantNews {
  private final Database database;
  private final EventLog events;

  GrantNews(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  /** A version of a grant that somebody is to hear of. */
  record Told(
      UUID id,
      int version,
      UUID holderId,
      UUID operatorId,
      UUID institutionId,
      String jurisdictionCode) {
    static Told of(AccessGrant grant, int version) {
      return new Told(
          grant.id(),
          version,
          grant.holderId(),
          grant.operatorId(),
          grant.institutionId(),
          grant.jurisdictionCode());
    }
  }

  Future<Void> tell(
      SqlConnection transaction, Write write, AccessGrant grant, List<String> changedFields) {
    return tell(transaction, write, List.of(Told.of(grant, grant.version())), changedFields);
  }

  private static final String AUTHORITIES =
      """
      -- dataAuthoritiesOf
      select j, data_authorities(j, $2) from unnest($1::text[]) as j
      """;

  /** The same for many, with one statement for who is told and one that tells. */
  Future<Void> tell(
      SqlConnection transaction, Write write, List<Told> all, List<String> changedFields) {
    if (all.isEmpty()) {
      return Future.succeededFuture();
    }
    var codes = all.stream().map(Told::jurisdictionCode).distinct().sorted().toArray(String[]::new);
    LocalDate today = write.moment().day();
    return database
        .list(
            transaction,
            AUTHORITIES,
            Tuple.of(codes, today),
            row -> Map.entry(row.getString(0), List.of(row.getArrayOfUUIDs(1))))
        .compose(
            found -> {
              var authorities = new HashMap<String, List<UUID>>();
              found.forEach(one -> authorities.put(one.getKey(), one.getValue()));
              var news = new ArrayList<NewEvent>();
              for (var told : all) {
                var organizations = new LinkedHashSet<UUID>();
                organizations.add(told.holderId());
                organizations.add(told.operatorId());
                organizations.add(told.institutionId());
                organizations.addAll(authorities.getOrDefault(told.jurisdictionCode(), List.of()));
                organizations.forEach(
                    organization -> news.add(event(told, organization, changedFields)));
              }
              return events.append(transaction, write, news);
            });
  }

  private static NewEvent event(Told told, UUID organization, List<String> changedFields) {
    return new NewEvent(
        EventType.ACCESS_GRANT_CHANGED,
        Ids.write(AccessGrant.PREFIX, told.id()),
        told.version(),
        organization,
        false,
        changedFields);
  }
}
