package dev.fairground.usage;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.usage.UsageChains.End;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Tells of a report: each holder of its grants, and the operator, the institutions and the data
 * authorities of the report as a whole.
 */
final class UsageNews {
  private final Database database;
  private final EventLog events;

  UsageNews(Database database) {
    this.database = database;
    this.events = new EventLog(database);
  }

  Future<Void> tell(
      SqlConnection transaction, Write write, UUID operator, UUID batch, UsageChains chains) {
    var jurisdictions = new TreeSet<String>();
    var readers = new LinkedHashSet<UUID>();
    readers.add(operator);
    var news = new ArrayList<NewEvent>();
    for (var end : chains.ends().values()) {
      jurisdictions.add(end.grant().jurisdictionCode());
      readers.add(end.grant().institutionId());
      news.add(ofGrant(end));
    }
    return authorities(transaction, write, jurisdictions)
        .compose(
            authorities -> {
              readers.addAll(authorities);
              var id = Ids.write(UsageBatch.PREFIX, batch);
              readers.forEach(
                  reader ->
                      news.add(
                          new NewEvent(
                              EventType.USAGE_REPORTED, id, null, reader, false, List.of())));
              return events.append(transaction, write, news);
            });
  }

  private static NewEvent ofGrant(End end) {
    return new NewEvent(
        EventType.USAGE_REPORTED,
        Ids.write(ReportedUse.GRANT, end.grant().id()),
        null,
        end.grant().holderId(),
        false,
        List.of("usage"));
  }

  private static final String AUTHORITIES =
      """
      -- authoritiesOfUsage
      select distinct r.organization_id
        from organization_role r
       where r.role = 'DATA_AUTHORITY'
         and r.jurisdiction_code = any($1)
         and r.starts_on <= $2
         and (r.ends_on is null or r.ends_on >= $2)
      """;

  private Future<List<UUID>> authorities(
      SqlConnection transaction, Write write, TreeSet<String> jurisdictions) {
    return database.list(
        transaction,
        AUTHORITIES,
        Tuple.of(jurisdictions.toArray(String[]::new), write.moment().day()),
        row -> row.getUUID(0));
  }
}
