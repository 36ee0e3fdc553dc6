package dev.fairground.registration;

import dev.fairground.kernel.Scope;
import dev.fairground.registration.ProductStanding.RegistrationStanding;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL that tells where products stand with their registrations; one statement for all. */
final class ProductStandings {
  private final Database database;

  ProductStandings(Database database) {
    this.database = database;
  }

  // That an application is under way is public from its publicity on; before, its own two sides
  // know.
  private static final VersionedSql STANDINGS =
      VersionedSql.of(
          4,
          """
          -- registrationStandingsOfProducts
          select asked.id, d.delivered_on,
                 (select c.due_on
                    from clock c
                   where c.rule = 'registrationGraceWd'
                     and c.subject = any(array['dp_' || replace(asked.id::text, '-', ''), 'sc_' || replace(asked.id::text, '-', '')])
                   order by c.started_on desc, c.id
                   limit 1),
                 case
                   when exists (
                     select 1 from registration_version r
                      where r.product_id = asked.id and {r} and r.state = 'VALID' and r.valid_until >= $2)
                     then 'REGISTERED'
                   when exists (
                     select 1 from registration_notice n
                      where n.product_id = asked.id and {n} and n.state = 'OPEN' and n.kind = 'FIRST')
                     or exists (
                     select 1 from registration_application p
                      where p.product_id = asked.id and p.kind = 'FIRST'
                        and p.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED')
                        and (p.applicant_id = any($3) or p.registrar_id = any($4)))
                     then 'IN_PROGRESS'
                   else coalesce((
                     select case r.state when 'REVOKED' then 'REVOKED' else 'EXPIRED' end
                       from registration_version r
                      where r.product_id = asked.id and {r}
                      order by r.coded_on desc, r.registration_id
                      limit 1), 'TO_BE_REGISTERED')
                 end
            from unnest($1::uuid[]) as asked (id)
            left join product_first_delivery d on d.product_id = asked.id
          """);

  Future<List<ProductStanding>> find(Reading reading, Collection<UUID> products) {
    var rights = reading.viewer().rights();
    var present = reading.moment().isPresent();
    return STANDINGS.list(
        database,
        reading,
        row ->
            new ProductStanding(
                row.getUUID(0),
                row.getLocalDate(1),
                row.getLocalDate(2),
                Rows.value(row, 3, RegistrationStanding.class)),
        Rows.ids(products),
        reading.moment().day(),
        present ? rights.organizations(Scope.REGISTRATION_WRITE) : new UUID[0],
        present ? rights.organizations(Scope.REGISTRATION_DECIDE) : new UUID[0]);
  }
}
