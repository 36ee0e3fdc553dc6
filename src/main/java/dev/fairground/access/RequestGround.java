package dev.fairground.access;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a new request stands on, read within its transaction. */
final class RequestGround {
  private final Database database;

  RequestGround(Database database) {
    this.database = database;
  }

  /**
   * A product as it is now, with its authorization, and the scenario that is asked for.
   *
   * @param authorizationEndsOn its last day, or the earlier one of an exit
   * @param newAccessUntil last day on which access may be given; null for all of the term
   * @param scenarioAllowed what the product says of the scenario; null where it says nothing
   * @param scenarioPurpose null where there is no such scenario, or none is asked for
   * @param renewable whether the grant that is to be renewed is the applicant's, of this product
   */
  record Ground(
      UUID operatorId,
      int productVersion,
      String status,
      @Nullable String statusReason,
      @Nullable LocalDate productStartsOn,
      @Nullable LocalDate productEndsOn,
      boolean demonstration,
      UUID authorizationGrantId,
      String authorizationState,
      @Nullable LocalDate authorizationStartsOn,
      @Nullable LocalDate authorizationEndsOn,
      @Nullable LocalDate newAccessUntil,
      UUID institutionId,
      String jurisdictionCode,
      @Nullable Boolean scenarioAllowed,
      @Nullable String scenarioPurpose,
      @Nullable String scenarioClass,
      boolean renewable) {}

  private static final String GROUND =
      """
      -- groundOfAccessRequest
      select p.operator_id, p.version, p.status, p.status_reason, p.starts_on, p.ends_on, p.demonstration,
             g.grant_id, g.state, g.starts_on, least(g.ends_on, g.exits_on), g.new_access_until, g.institution_id, g.jurisdiction_code,
             (select u.allowed from product_scenario u
               where u.product_id = p.product_id and u.scenario_id = $2 and u.valid_to = 'infinity'),
             s.purpose_class, s.class_code,
             exists (select 1 from access_grant a
                      where a.operator_id = p.operator_id and a.product_id = p.product_id and a.id = $3
                        and a.holder_id = $4)
        from product_version p
        join authorization_grant_version g
          on g.grant_id = p.authorization_grant_id and g.valid_to = 'infinity'
        left join scenario_version s on s.scenario_id = $2 and s.valid_to = 'infinity'
       where p.product_id = $1 and p.valid_to = 'infinity'
      """;

  /** Null where there is no such product. */
  Future<@Nullable Ground> find(
      SqlConnection transaction,
      UUID product,
      @Nullable UUID scenario,
      @Nullable UUID renews,
      UUID applicant) {
    return database.first(
        transaction,
        GROUND,
        Tuple.of(product, scenario, renews, applicant),
        row ->
            new Ground(
                row.getUUID(0),
                row.getInteger(1),
                row.getString(2),
                row.getString(3),
                row.getLocalDate(4),
                row.getLocalDate(5),
                row.getBoolean(6),
                row.getUUID(7),
                row.getString(8),
                row.getLocalDate(9),
                row.getLocalDate(10),
                row.getLocalDate(11),
                row.getUUID(12),
                row.getString(13),
                row.getBoolean(14),
                row.getString(15),
                row.getString(16),
                row.getBoolean(17)));
  }
}
