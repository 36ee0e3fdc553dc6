package dev.fairground.registration;

import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that tells what a new application is about, and for whom it is. */
final class ApplicationStarts {
  private final Database database;

  ApplicationStarts(Database database) {
    this.database = database;
  }

  /**
   * What is to be registered, or is.
   *
   * @param holderId who registers it: the holder of a resource, the operator of a product, who
   *     applied before; null where nobody is known
   * @param registrarId of what is registered; null for what is not yet
   */
  record Thing(
      Registration.Subject kind,
      @Nullable UUID resourceId,
      @Nullable UUID operatorId,
      @Nullable UUID productId,
      @Nullable UUID holderId,
      @Nullable UUID registrarId) {}

  private static final String RESOURCE =
      """
      -- resourceToRegister
      select s.holder_id from data_resource_version s where s.resource_id = $1 and s.valid_to = 'infinity'
      """;

  Future<@Nullable Thing> resource(SqlConnection transaction, UUID id, Registration.Subject kind) {
    return database.first(
        transaction,
        RESOURCE,
        Tuple.of(id),
        row -> new Thing(kind, id, null, null, row.getUUID(0), null));
  }

  private static final String PRODUCT =
      """
      -- productToRegister
      select v.operator_id from product_version v where v.product_id = $1 and v.valid_to = 'infinity'
      """;

  Future<@Nullable Thing> product(SqlConnection transaction, UUID id) {
    return database.first(
        transaction,
        PRODUCT,
        Tuple.of(id),
        row ->
            new Thing(
                Registration.Subject.PRODUCT, null, row.getUUID(0), id, row.getUUID(0), null));
  }

  private static final String REGISTERED =
      """
      -- registrationToApplyFor
      select v.subject_kind, v.resource_id, r.operator_id, v.product_id,
             coalesce(v.registrant_id, r.operator_id, s.holder_id), v.registrar_id
        from registration r
        join registration_version v on v.registration_id = r.id and v.valid_to = 'infinity'
        left join data_resource_version s on s.resource_id = r.resource_id and s.valid_to = 'infinity'
       where r.id = $1
      """;

  Future<@Nullable Thing> registered(SqlConnection transaction, UUID id) {
    return database.first(
        transaction,
        REGISTERED,
        Tuple.of(id),
        row ->
            new Thing(
                Rows.value(row, 0, Registration.Subject.class),
                row.getUUID(1),
                row.getUUID(2),
                row.getUUID(3),
                row.getUUID(4),
                row.getUUID(5)));
  }

  private static final String JURISDICTIONS =
      """
      -- jurisdictionsOfRegistrar
      select distinct r.jurisdiction_code
        from organization_role r
       where r.organization_id = $1 and r.role = 'REGISTRAR'
         and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)
       order by r.jurisdiction_code
      """;

  /** Where an organization is a registrar on a day; nowhere for what is none. */
  Future<List<String>> jurisdictions(SqlConnection transaction, UUID registrar, LocalDate today) {
    return database.list(
        transaction, JURISDICTIONS, Tuple.of(registrar, today), row -> row.getString(0));
  }

  private static final String KNOWN =
      """
      -- organizationsOfApplication
      select count(*)::integer from organization o where o.id = any($1)
      """;

  /** How many of them there are. */
  Future<Integer> known(SqlConnection transaction, List<UUID> organizations) {
    return database
        .first(
            transaction,
            KNOWN,
            Tuple.of((Object) Rows.ids(organizations)),
            row -> row.getInteger(0))
        .map(found -> found == null ? 0 : found);
  }
}
