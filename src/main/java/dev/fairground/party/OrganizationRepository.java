package dev.fairground.party;

import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.SearchedTexts;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.Search;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over organizations and their roles. */
public final class OrganizationRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          organization_id, [version: version], [validFrom: valid_from], [code: code], [name: name, locale, name_translations],
          [creditCode: credit_code], [kind: kind], [regionCode: region_code],
          [smallOrMicro: small_or_micro], [website: website], [source: source], [demonstration: demonstration],
          [contact: contact]
          """);

  /** One organization by its id. */
  public static final One<Organization> ONE =
      new One<>(
          "organizationsById",
          "organization_version",
          "o",
          true,
          COLUMNS,
          OrganizationRepository::organization);

  static final Search SEARCH = new Search("organization_search", "o.organization_id");

  static final PageSelect<Organization> LIST = PageSelect.of("organizations", ONE);

  // Each link shows at both of its ends; two indexes answer, one for each.
  static final PageSelect<Affiliation> AFFILIATIONS =
      new PageSelect<>(
          "affiliationsOfOrganizations",
          Columns.of(
              "id, organization_id, affiliate_id, kind, share_percent, starts_on, ends_on, evidence,"
                  + " demonstration"),
          "a",
          "affiliation a",
          List.of(),
          "(a.organization_id = parent.id or a.affiliate_id = parent.id)",
          List.of(
              new Join("organization", "organization_id", ONE),
              new Join("affiliate", "affiliate_id", ONE)),
          OrganizationRepository::affiliation);

  private final Database database;

  OrganizationRepository(Database database) {
    this.database = database;
  }

  Future<List<Organization>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  private static final VersionedSql BY_CODE =
      VersionedSql.of(
          1,
          "-- organizationsByCode\nselect "
              + COLUMNS.all("o")
              + """

               from organization_version o
               join organization known on known.id = o.organization_id
              where known.code = any($1)
                and {o}
              """);

  Future<List<Organization>> findByCodes(Reading reading, Collection<String> codes) {
    return BY_CODE.list(
        database,
        reading,
        OrganizationRepository::organization,
        (Object) codes.toArray(String[]::new));
  }

  // An organization has few roles; the bound keeps a broken import from flooding an answer.
  private static final String ROLES =
      """
      -- rolesOfOrganizations
      select r.organization_id, r.role, r.jurisdiction_code, r.starts_on, r.ends_on
        from unnest($1::uuid[]) as parent (id)
       cross join lateral (
         select organization_id, role, jurisdiction_code, starts_on, ends_on
           from organization_role
          where organization_id = parent.id
            and starts_on <= $2
          order by starts_on desc, role, jurisdiction_code
          limit 50
       ) as r
      """;

  Future<List<OrganizationRole>> findRoles(Reading reading, Collection<UUID> organizations) {
    return database.list(
        reading.reads(),
        ROLES,
        Tuple.of(Rows.ids(organizations), reading.moment().day()),
        OrganizationRepository::role);
  }

  private static final VersionedSql TEXTS =
      VersionedSql.of(
          2,
          """
          -- textsOfOrganizations
          select o.organization_id, search_patterns($2), o.name, o.name_translations
            from organization_version o
           where o.organization_id = any($1)
             and {o}
          """);

  /** The texts that organizations are found by. */
  Future<List<Highlights.Texts>> findTexts(Reading reading, Collection<UUID> ids, String asked) {
    return TEXTS.list(
        database,
        reading,
        row -> new SearchedTexts().add("NAME", row, 2, 3).of(row),
        Rows.ids(ids),
        asked);
  }

  private static Organization organization(Row row) {
    return new Organization(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        row.getString(3),
        Rows.text(row, 4, 5, 6),
        row.getString(7),
        Rows.value(row, 8, Organization.Kind.class),
        row.getString(9),
        row.getBoolean(10),
        row.getString(11),
        row.getString(12),
        Rows.truth(row, 13),
        row.getString(14));
  }

  private static Affiliation affiliation(Row row) {
    return new Affiliation(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        Rows.value(row, 3, Affiliation.Kind.class),
        row.getBigDecimal(4),
        new Period(row.getLocalDate(5), row.getLocalDate(6)),
        row.getString(7),
        row.getBoolean(8));
  }

  private static OrganizationRole role(Row row) {
    return new OrganizationRole(
        row.getUUID(0),
        Rows.value(row, 1, OrganizationRole.Role.class),
        row.getString(2),
        row.getLocalDate(3),
        row.getLocalDate(4));
  }
}
