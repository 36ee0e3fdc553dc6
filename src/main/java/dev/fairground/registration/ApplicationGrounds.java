package dev.fairground.registration;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SQL that tells what an application is decided on: rules, authorization, earlier registrations.
 */
final class ApplicationGrounds {
  private final Database database;

  ApplicationGrounds(Database database) {
    this.database = database;
  }

  /**
   * What there is on a day.
   *
   * @param years for which a registration is valid; null where no rule says it
   * @param formMembers members of the form that the jurisdiction wants besides
   * @param publicFields what a notice shows besides the four fields of the national rule
   * @param authorized the authorization of the product; null for resources
   * @param registered whether the subject has a valid registration
   * @param otherOpen whether the applicant has another open application of the kind for it
   * @param deliveredOn the first delivery that was reported of the product
   * @param authorizedIn the jurisdiction of the product's authorization
   */
  record Ground(
      @Nullable Integer years,
      @Nullable Integer renewWindowDays,
      @Nullable Integer renewMaxYears,
      boolean confirmationSheet,
      Set<String> formMembers,
      Set<String> publicFields,
      @Nullable Authorized authorized,
      boolean registered,
      boolean registeredBefore,
      boolean otherOpen,
      @Nullable LocalDate deliveredOn,
      boolean demonstration,
      @Nullable String productKind,
      @Nullable String authorizedIn) {}

  /** The authorization that a product rests on now. */
  record Authorized(String number, String state, LocalDate endsOn) {
    boolean inForce(LocalDate today) {
      return (state.equals("ACTIVE") || state.equals("EXITING")) && !today.isAfter(endsOn);
    }
  }

  private static final String GROUND =
      """
      -- groundOfRegistrationApplication
      select rule_value(p.jurisdiction_code, 'validityYears', $2)::integer,
             rule_value(p.jurisdiction_code, 'renewWindowDays', $2)::integer,
             rule_value(p.jurisdiction_code, 'renewMaxYears', $2)::integer,
             rule_value(p.jurisdiction_code, 'confirmationSheet', $2) = 'true',
             rule_value(p.jurisdiction_code, 'registrationFormMembers', $2),
             rule_value(p.jurisdiction_code, 'registrationPublicFields', $2),
             g.number, g.state, g.ends_on,
             exists (
               select 1 from registration_version r
                where (r.resource_id = p.resource_id or r.product_id = p.product_id) and r.valid_to = 'infinity'
                  and r.state = 'VALID' and r.valid_until >= $2),
             exists (
               select 1 from registration_version r
                where (r.resource_id = p.resource_id or r.product_id = p.product_id) and r.valid_to = 'infinity'),
             exists (
               select 1 from registration_application o
                where o.applicant_id = p.applicant_id and o.kind = p.kind and o.id <> p.id
                  and coalesce(o.product_id, o.resource_id) = coalesce(p.product_id, p.resource_id)
                  and o.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED')),
             d.delivered_on, coalesce(v.demonstration, s.demonstration, false),
             v.kind, g.jurisdiction_code
        from registration_application p
        left join product_version v
          on v.operator_id = p.operator_id and v.product_id = p.product_id and v.valid_to = 'infinity'
        left join authorization_grant_version g
          on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
        left join data_resource_version s on s.resource_id = p.resource_id and s.valid_to = 'infinity'
        left join product_first_delivery d on d.operator_id = p.operator_id and d.product_id = p.product_id
       where p.id = $1
      """;

  Future<Ground> of(SqlConnection transaction, UUID application, LocalDate today) {
    return database
        .first(transaction, GROUND, Tuple.of(application, today), ApplicationGrounds::ground)
        .map(Objects::requireNonNull);
  }

  private static Ground ground(Row row) {
    var endsOn = row.getLocalDate(8);
    return new Ground(
        row.getInteger(0),
        row.getInteger(1),
        row.getInteger(2),
        Rows.truth(row, 3),
        words(row.getString(4)),
        words(row.getString(5)),
        row.getString(6) == null || endsOn == null
            ? null
            : new Authorized(row.getString(6), row.getString(7), endsOn),
        Rows.truth(row, 9),
        Rows.truth(row, 10),
        Rows.truth(row, 11),
        row.getLocalDate(12),
        Rows.truth(row, 13),
        row.getString(14),
        row.getString(15));
  }

  private static Set<String> words(@Nullable String text) {
    return text == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(" ", -1)));
  }
}
