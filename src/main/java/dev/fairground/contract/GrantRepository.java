package dev.fairground.contract;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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

  /**
   * A grant that nobody else changes until the transaction ends.
   *
   * @param supervised whether the caller reviews as a data authority of its jurisdiction, or of one
   *     above
   */
  record Locked(AccessGrant grant, boolean supervised) {}

  private static final String LOCK =
      """
      -- lockAccessGrant
      select g.jurisdiction_code = any(array(select supervised_jurisdictions($5, $3)))
        from access_grant g
       where g.id = $4 and\s"""
          + GrantAccess.VISIBLE
          + " for no key update of g";

  private static final String CURRENT =
      "-- accessGrantForUpdate\nselect "
          + GrantSql.COLUMNS.all("g")
          + " from "
          + GrantSql.FROM
          + " where g.id = $1 and v.valid_to = 'infinity'";

  /**
   * One that the caller may see, locked. It is read after that, as whoever had it before left it.
   */
  Future<@Nullable Locked> findForUpdate(SqlConnection transaction, Write write, UUID id) {
    var viewer = write.viewer();
    return database
        .first(
            transaction,
            LOCK,
            GrantAccess.of(viewer, write.moment().day())
                .tuple()
                .addValue(id)
                .addValue(viewer.rights().organizations(Scope.REQUEST_REVIEW)),
            row -> row.getBoolean(0))
        .compose(
            supervised ->
                supervised == null
                    ? Future.<@Nullable Locked>succeededFuture()
                    : find(transaction, id)
                        .map(grant -> grant == null ? null : new Locked(grant, supervised)));
  }

  /** One, whoever may see it. */
  Future<@Nullable AccessGrant> find(SqlConnection transaction, UUID id) {
    return database.first(transaction, CURRENT, Tuple.of(id), GrantSql::grant);
  }

  private static final String SUPERVISED =
      """
      -- jurisdictionsThatAreSupervised
      select supervised_jurisdictions($1, $2)
      """;

  /** The jurisdictions whose grants the reader may act on as a data authority. */
  Future<Set<String>> supervised(Reading reading) {
    var organizations = reading.viewer().rights().organizations(Scope.REQUEST_REVIEW);
    return organizations.length == 0
        ? Future.succeededFuture(Set.of())
        : database
            .list(
                reading.reads(),
                SUPERVISED,
                Tuple.of(organizations, reading.moment().day()),
                row -> row.getString(0))
            .map(Set::copyOf);
  }
}
