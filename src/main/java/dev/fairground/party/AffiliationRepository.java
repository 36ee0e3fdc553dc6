package dev.fairground.party;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Scope;
import dev.fairground.party.AffiliationRules.Declared;
import dev.fairground.party.ControlCircle.Control;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over links between organizations and the declarations that they are complete. */
final class AffiliationRepository {
  private static final String COLUMNS =
      "a.id, a.organization_id, a.affiliate_id, a.kind, a.share_percent, a.starts_on, a.ends_on, a.evidence, a.demonstration";

  private final Database database;

  AffiliationRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- affiliationsById\nselect " + COLUMNS + " from affiliation a where a.id = any($1)";

  Future<List<Affiliation>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), BY_ID, Tuple.of(Rows.ids(ids)), AffiliationRepository::affiliation);
  }

  private static final String FOR_UPDATE =
      "-- affiliationForUpdate\nselect "
          + COLUMNS
          + " from affiliation a where a.id = $1 for update";

  /** One that nobody else ends until the transaction does. */
  Future<@Nullable Affiliation> findForUpdate(SqlConnection transaction, UUID id) {
    return database.first(
        transaction, FOR_UPDATE, Tuple.of(id), AffiliationRepository::affiliation);
  }

  /**
   * What is to be known of two organizations before a link between them changes.
   *
   * @param known how many of them there are
   * @param allowed whether the caller may declare links of one of them
   */
  record Parties(int known, boolean allowed, boolean demonstration) {}

  // A data authority declares for those who have a role in its jurisdiction or in one below it. The
  // rows of the
  // organizations are locked: of two links that would close a circle together, the second one sees
  // the first.
  private static final String PARTIES =
      """
      -- partiesOfAffiliation
      with recursive locked as materialized (
        select o.id from organization o where o.id = any($1) order by o.id for no key update),
      above (code) as (
        select r.jurisdiction_code
          from organization_role r
         where r.organization_id = any($1) and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)
         union
        select j.parent_code from above join jurisdiction j on j.code = above.code where j.parent_code is not null)
      select (select count(*) from locked)::integer,
             $1 && $3 or exists (select 1 from above where is_data_authority($3, above.code, $2)),
             exists (select 1 from organization_version v
                      where v.organization_id = any($1) and v.valid_to = 'infinity' and v.demonstration)
      """;

  Future<Parties> parties(SqlConnection transaction, Write write, UUID... organizations) {
    return database
        .first(
            transaction,
            PARTIES,
            Tuple.of(
                organizations,
                write.moment().day(),
                write.viewer().rights().organizations(Scope.AFFILIATION_WRITE)),
            row -> new Parties(Rows.number(row, 0), Rows.truth(row, 1), Rows.truth(row, 2)))
        .map(Objects::requireNonNull);
  }

  // Common officers have no direction.
  private static final String SAME =
      "-- sameAffiliation\nselect "
          + COLUMNS
          + """
             from affiliation a
            where a.kind = $3
              and (a.organization_id = $1 and a.affiliate_id = $2
                   or $3 in ('SHARES_OFFICERS', 'OTHER') and a.organization_id = $2 and a.affiliate_id = $1)
              and a.starts_on <= coalesce($5::date, 'infinity') and (a.ends_on is null or a.ends_on >= $4)
            limit 1
            """;

  /** A link that says the same on some of the days. */
  Future<@Nullable Affiliation> same(SqlConnection transaction, Declared link) {
    return database.first(
        transaction,
        SAME,
        Tuple.of(link.organizationId(), link.affiliateId(), link.kind().name())
            .addValue(link.startsOn())
            .addValue(link.endsOn()),
        AffiliationRepository::affiliation);
  }

  // Down from the one that would be controlled; each link is visited once, so circles end.
  private static final String CONTROLS_BELOW =
      """
      -- controlsBelow
      with recursive below (id, organization_id, affiliate_id, starts_on, ends_on) as (
        select a.id, a.organization_id, a.affiliate_id, a.starts_on, a.ends_on
          from affiliation a
         where a.organization_id = $1 and is_control(a.kind, a.share_percent)
           and a.starts_on <= coalesce($3::date, 'infinity') and (a.ends_on is null or a.ends_on >= $2)
         union
        select a.id, a.organization_id, a.affiliate_id, a.starts_on, a.ends_on
          from below
          join affiliation a on a.organization_id = below.affiliate_id
         where is_control(a.kind, a.share_percent)
           and a.starts_on <= coalesce($3::date, 'infinity') and (a.ends_on is null or a.ends_on >= $2))
      select id, organization_id, affiliate_id, starts_on, ends_on from below order by id
      """;

  // A circle may be closed by links of four organizations at once, none of which waits for another.
  private static final String TURN =
      """
      -- turnOfControls
      select pg_advisory_xact_lock(7214526)::text
      """;

  /**
   * Links that control, downwards from an organization, on any of the days. Nobody else declares
   * one until the transaction ends.
   */
  Future<List<Control>> controlsBelow(SqlConnection transaction, UUID from, Period days) {
    return database
        .rows(transaction, TURN, Tuple.tuple())
        .compose(
            turn ->
                database.list(
                    transaction,
                    CONTROLS_BELOW,
                    Tuple.of(from, days.startsOn(), days.endsOn()),
                    row ->
                        new Control(
                            row.getUUID(0),
                            row.getUUID(1),
                            row.getUUID(2),
                            new Period(row.getLocalDate(3), row.getLocalDate(4)))));
  }

  private static final String INSERT =
      """
      -- insertAffiliation
      insert into affiliation as a (id, organization_id, affiliate_id, kind, share_percent, starts_on, ends_on, evidence,
             demonstration, declared_at, declared_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      returning\s"""
          + COLUMNS;

  Future<Affiliation> insert(
      SqlConnection transaction, Write write, Declared link, boolean demonstration) {
    return database
        .first(
            transaction,
            INSERT,
            Tuple.of(UUID.randomUUID(), link.organizationId(), link.affiliateId())
                .addValue(link.kind().name())
                .addValue(link.sharePercent())
                .addValue(link.startsOn())
                .addValue(link.endsOn())
                .addValue(link.evidence())
                .addValue(demonstration)
                .addValue(now(write))
                .addValue(write.actor().name()),
            AffiliationRepository::affiliation)
        .map(Objects::requireNonNull);
  }

  private static final String END =
      """
      -- endAffiliation
      update affiliation as a set ends_on = $2, end_evidence = $3, end_declared_at = $4, end_declared_by = $5
       where a.id = $1
      returning\s"""
          + COLUMNS;

  Future<Affiliation> end(
      SqlConnection transaction, Write write, UUID id, LocalDate endsOn, String evidence) {
    return database
        .first(
            transaction,
            END,
            Tuple.of(id, endsOn, evidence, now(write), write.actor().name()),
            AffiliationRepository::affiliation)
        .map(Objects::requireNonNull);
  }

  private static final String DECLARE =
      """
      -- declareAffiliations
      insert into affiliation_declaration (id, organization_id, declared_on, declared_at, declared_by, demonstration)
      values ($1, $2, $3, $4, $5, $6)
      """;

  Future<Void> declare(
      SqlConnection transaction,
      Write write,
      UUID organization,
      LocalDate on,
      boolean demonstration) {
    return database
        .rows(
            transaction,
            DECLARE,
            Tuple.of(UUID.randomUUID(), organization, on)
                .addValue(now(write))
                .addValue(write.actor().name())
                .addValue(demonstration))
        .mapEmpty();
  }

  // Whose products rest on who is related to whom: operators among both and those that are related
  // to them, as the
  // links are at this place of the transaction.
  private static final String DUE =
      """
      -- checksDueByAffiliations
      insert into check_due (operator_id, cause, due_at)
      select distinct r.organization_id, 'DECLARATION', $3::timestamptz
        from (select unnest($1::uuid[]) as id
               union
              select o.organization_id from related_organizations_of($1, $2) as o) as touched
        join organization_role r on r.organization_id = touched.id and r.role = 'OPERATOR'
      """;

  /** Has the checks run that ask who is related. */
  Future<Void> checksDue(
      SqlConnection transaction, Write write, LocalDate on, UUID... organizations) {
    return database.rows(transaction, DUE, Tuple.of(organizations, on, now(write))).mapEmpty();
  }

  private static final String DECLARED =
      """
      -- declarationsOfAffiliations
      select d.organization_id, max(d.declared_on)
        from affiliation_declaration d
       where d.organization_id = any($1) and d.declared_on <= $2 and d.declared_at <= $3
       group by d.organization_id
      """;

  /** The last day for which an organization said that all its links are declared. */
  record LastDeclared(UUID organizationId, LocalDate on) {}

  Future<List<LastDeclared>> declared(Reading reading, Collection<UUID> organizations) {
    return database.list(
        reading.reads(),
        DECLARED,
        Tuple.of(
            Rows.ids(organizations),
            reading.moment().day(),
            reading.moment().at().atOffset(ZoneOffset.UTC)),
        row -> new LastDeclared(row.getUUID(0), row.getLocalDate(1)));
  }

  /** How many related organizations are told of one. */
  static final int MOST_RELATED = 500;

  private static final String RELATED =
      """
      -- relatedOrganizations
      select r.of_id, r.organization_id, r.direct, r.control, r.links
        from (
          select o.of_id, o.organization_id, o.direct, o.control, o.links,
                 row_number() over (partition by o.of_id order by cardinality(o.links), o.organization_id) as place
            from related_organizations_of($1, $2, $3, $5) as o) as r
       where r.place <= $4
       order by r.of_id, r.place
      """;

  /** The nearest first. */
  Future<List<RelatedOrganization>> related(
      Reading reading, LocalDate on, String jurisdiction, Collection<UUID> organizations) {
    return database.list(
        reading.reads(),
        RELATED,
        Tuple.of(
            Rows.ids(organizations),
            on,
            jurisdiction,
            MOST_RELATED,
            reading.moment().at().atOffset(ZoneOffset.UTC)),
        row ->
            new RelatedOrganization(
                row.getUUID(0),
                row.getUUID(1),
                Rows.truth(row, 2),
                Rows.truth(row, 3),
                List.of(row.getArrayOfUUIDs(4))));
  }

  private static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }

  static Affiliation affiliation(Row row) {
    return new Affiliation(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        Rows.value(row, 3, Affiliation.Kind.class),
        row.getBigDecimal(4),
        new Period(row.getLocalDate(5), row.getLocalDate(6)),
        row.getString(7),
        Rows.truth(row, 8));
  }
}
