package dev.fairground.registration;

import dev.fairground.catalog.ListedSuspension;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What follows for products when a registration begins, changes or ends: they are due to be
 * checked, and a product whose own registration was revoked is suspended at once.
 */
final class RegistrationEffects {
  private final Database database;
  private final ListedSuspension suspension;

  RegistrationEffects(Database database) {
    this.database = database;
    this.suspension = new ListedSuspension(database);
  }

  private static final String DUE =
      """
      -- checksDueByRegistration
      with borne as (
             select v.operator_id, v.product_id
               from product_version v
              where v.product_id = $2 and v.valid_to = 'infinity' and v.status <> 'DELISTED'
              union
             select v.operator_id, v.product_id
               from product_resource u
               join product_version v
                 on v.operator_id = u.operator_id and v.product_id = u.product_id and v.valid_to = 'infinity'
                and v.status <> 'DELISTED'
              where u.resource_id = $1 and u.valid_to = 'infinity'),
           due as (
             insert into check_due (operator_id, product_id, cause, due_at)
             select operator_id, product_id, 'REGISTRATION_CHANGE', $3 from borne
             returning product_id)
      select (select count(*)::integer from due), array(select product_id from due order by product_id limit 100)
      """;

  /** Has the checks run of what the registration bears on. */
  Future<Affected> of(SqlConnection transaction, Write write, Registration registration) {
    return database
        .first(
            transaction,
            DUE,
            Tuple.of(
                registration.resourceId(),
                registration.productId(),
                RegistrationApplications.now(write)),
            row -> new Affected(row.getInteger(0), List.of(row.getArrayOfUUIDs(1))))
        .map(Objects::requireNonNull);
  }

  private static final String OPERATOR =
      "-- operatorOfRegistration\nselect r.operator_id from registration r where r.id = $1 and r.operator_id is not null";

  /** The same for one that was revoked: its product is offered no more. */
  Future<Affected> ofRevoked(
      SqlConnection transaction, Write write, Registration registration, String reason) {
    var product = registration.productId();
    if (product == null) {
      return of(transaction, write, registration);
    }
    return database
        .first(transaction, OPERATOR, Tuple.of(registration.id()), (row) -> (UUID) row.getUUID(0))
        .map(Objects::requireNonNull)
        .compose(
            operator ->
                suspension.suspend(
                    transaction,
                    write,
                    operator,
                    List.of(product),
                    "The registration %s was revoked: %s".formatted(registration.code(), reason)))
        .compose(suspended -> of(transaction, write, registration));
  }
}
