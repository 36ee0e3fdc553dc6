package dev.fairground.contract;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that reads access grants, for those who may. */
final class GrantRepository {
  static final PageSelect<AccessGrant> LIST =
      new PageSelect<>(
          "accessGrants",
          GrantSql.COLUMNS,
          "g",
          GrantSql.FROM,
          List.of("v"),
          "",
          List.of(),
          GrantSql::grant);

  static final PageSelect<AccessGrant> OF_PRODUCTS =
      LIST.linked("accessGrantsOfProducts", "g.product_id");

  static final PageSelect<AccessGrant> OF_AUTHORIZATIONS =
      LIST.linked("accessGrantsOfAuthorizations", "g.authorization_grant_id");

  private final Database database;

  GrantRepository(Database database) {
    this.database = database;
  }

  private static VersionedSql by(String name, String column) {
    return VersionedSql.of(
        4,
        "-- "
            + name
            + "\nselect "
            + GrantSql.COLUMNS.all("g")
            + " from "
            + GrantSql.FROM
            + " where g."
            + column
            + " = any($4) and {v} and "
            + GrantAccess.VISIBLE);
  }

  private static final VersionedSql BY_ID = by("accessGrantsById", "id");

  private static final VersionedSql BY_REQUEST = by("accessGrantsByRequest", "request_id");

  Future<List<AccessGrant>> findByIds(Reading reading, Collection<UUID> ids) {
    return read(BY_ID, reading, ids);
  }

  Future<List<AccessGrant>> findByRequests(Reading reading, Collection<UUID> requests) {
    return read(BY_REQUEST, reading, requests);
  }

  private Future<List<AccessGrant>> read(
      VersionedSql statement, Reading reading, Collection<UUID> ids) {
    var access = GrantAccess.of(reading.viewer(), reading.moment().day());
    return statement.list(
        database,
        reading,
        GrantSql::grant,
        access.all(),
        access.organizations(),
        access.day(),
        Rows.ids(ids));
  }

  private static final String LOCK =
      """
      -- lockAccessGrant
      select g.id from access_grant g where g.id = $4 and\s"""
          + GrantAccess.VISIBLE
          + " for no key update of g";

  private static final String CURRENT =
      "-- accessGrantForUpdate\nselect "
          + GrantSql.COLUMNS.all("g")
          + " from "
          + GrantSql.FROM
          + " where g.id = $1 and v.valid_to = 'infinity'";

  /**
   * One that the caller may see, which nobody else changes until the transaction ends. It is read
   * after it is locked, as whoever had it before left it.
   */
  Future<@Nullable AccessGrant> findForUpdate(SqlConnection transaction, Write write, UUID id) {
    return database
        .first(
            transaction,
            LOCK,
            GrantAccess.of(write.viewer(), write.moment().day()).tuple().addValue(id),
            row -> row.getUUID(0))
        .compose(
            locked ->
                locked == null
                    ? Future.<@Nullable AccessGrant>succeededFuture()
                    : find(transaction, id));
  }

  /** One, whoever may see it. */
  Future<@Nullable AccessGrant> find(SqlConnection transaction, UUID id) {
    return database.first(
        transaction, CURRENT, io.vertx.sqlclient.Tuple.of(id), GrantSql::grant);
  }
}
