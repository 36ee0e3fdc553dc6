package dev.fairground.policy;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds what conditions look at in organizations that apply. */
public final class Applicants {
  private final Database database;

  public Applicants(Database database) {
    this.database = database;
  }

  // Misuse waits to be put right where a grant was suspended with a day until which that is due,
  // or was ended because it was not.
  private static final String APPLICANTS =
      """
      -- applicants
      select v.organization_id, v.kind,
             array(select distinct r.role
                     from organization_role r
                    where r.organization_id = v.organization_id
                      and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)),
             v.region_code, coalesce(v.credit_code, substring(v.code from '^[0-9A-HJ-NPQRTUWXY]{18}$')),
             v.small_or_micro,
             exists (select 1
                       from access_grant g
                       join access_grant_version s
                         on s.operator_id = g.operator_id and s.grant_id = g.id and s.valid_to = 'infinity'
                      where g.holder_id = v.organization_id
                        and (s.state = 'SUSPENDED' and s.correction_due_on is not null or s.end_kind = 'BREACH'))
        from organization_version v
       where v.organization_id = any($1)
         and v.valid_to = 'infinity'
      """;

  /** Organizations as they are now, with their roles on a day; without those that there are not. */
  public Future<Map<UUID, Applicant>> find(
      SqlConnection transaction, LocalDate day, Collection<UUID> ids) {
    return database
        .list(transaction, APPLICANTS, Tuple.of(Rows.ids(ids), day), Applicants::applicant)
        .map(Applicants::byId);
  }

  /** The same, read. */
  public Future<Map<UUID, Applicant>> find(Reading reading, LocalDate day, Collection<UUID> ids) {
    return database
        .list(reading.reads(), APPLICANTS, Tuple.of(Rows.ids(ids), day), Applicants::applicant)
        .map(Applicants::byId);
  }

  private static Map<UUID, Applicant> byId(List<Applicant> applicants) {
    var found = new HashMap<UUID, Applicant>();
    for (var applicant : applicants) {
      if (applicant.id() != null) {
        found.put(applicant.id(), applicant);
      }
    }
    return found;
  }

  private static Applicant applicant(Row row) {
    return new Applicant(
        row.getUUID(0),
        row.getString(1),
        Set.copyOf(Rows.strings(row, 2)),
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        row.getBoolean(6));
  }
}
