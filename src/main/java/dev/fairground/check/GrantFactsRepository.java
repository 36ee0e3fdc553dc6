package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.GrantFacts;
import dev.fairground.fairaccess.Related;
import dev.fairground.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** SQL that gathers the facts of many authorizations at once. */
final class GrantFactsRepository {
  private GrantFactsRepository() {}

  private static final FactSql GRANTS =
      FactSql.of(
          """
          -- factsOfAuthorizations
          select g.grant_id, g.version, g.number, g.state, g.jurisdiction_code, g.institution_id, g.operator_id,
                 g.starts_on, g.ends_on, g.term_reason, g.selection_method, g.selection_basis, g.publicity_starts_on,
                 g.publicity_ends_on, g.bidders, g.exclusive, g.exclusive_reason, g.fair_competition_review,
                 array(select distinct r.role from organization_role r
                        where r.organization_id = g.operator_id and r.jurisdiction_code = g.jurisdiction_code
                          and r.starts_on <= $3 and (r.ends_on is null or r.ends_on >= $3) order by r.role),
                 array(select distinct r.organization_id from organization_role r
                        where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = g.jurisdiction_code
                          and r.starts_on <= $3 and (r.ends_on is null or r.ends_on >= $3) order by r.organization_id),
                 greatest(g.valid_from, $2)
            from authorization_grant_version g
           where g.grant_id = any($1) and {g}
          """);

  static Future<List<Gathered<GrantFacts>>> find(FactSource source, Collection<UUID> grants) {
    return source
        .list(GRANTS, grants, row -> row)
        .compose(
            rows ->
                SharedFacts.related(
                        source,
                        rows.stream()
                            .map(row -> new SharedFacts.OnDay(row.getUUID(6), source.day()))
                            .distinct()
                            .toList())
                    .map(related -> rows.stream().map(row -> of(source, row, related)).toList()));
  }

  private static Gathered<GrantFacts> of(
      FactSource source, Row row, Map<SharedFacts.OnDay, List<Related>> related) {
    var id = Ids.write("ag", row.getUUID(0));
    var jurisdiction = Objects.requireNonNull(row.getString(4));
    var facts =
        new GrantFacts(
            id,
            jurisdiction,
            Objects.requireNonNull(row.getString(2)),
            Objects.requireNonNull(row.getString(3)),
            row.getUUID(5),
            row.getUUID(6),
            List.of(row.getArrayOfStrings(18)),
            List.of(row.getArrayOfUUIDs(19)),
            related.get(new SharedFacts.OnDay(row.getUUID(6), source.day())),
            row.getLocalDate(7),
            row.getLocalDate(8),
            row.getString(9),
            row.getString(10),
            row.getString(11),
            row.getLocalDate(12),
            row.getLocalDate(13),
            row.getInteger(14),
            row.getBoolean(15),
            row.getString(16),
            row.getString(17));
    return new Gathered<>(
        Subject.open(
            Check.Subject.AUTHORIZATION,
            row.getUUID(0),
            id,
            row.getInteger(1),
            row.getUUID(6),
            row.getUUID(5),
            jurisdiction,
            row.getOffsetDateTime(20)),
        facts);
  }
}
