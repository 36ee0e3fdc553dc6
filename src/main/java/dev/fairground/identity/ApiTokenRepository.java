package dev.fairground.identity;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over tokens. Every read for a caller holds the condition of what that caller may see. */
final class ApiTokenRepository {
  private static final String COLUMNS =
      """
      t.id, t.version, t.organization_id, t.role, t.name, t.scopes, t.created_by_name, t.created_at, t.expires_at,
      t.last_used_at, t.revoked_at, t.demonstration""";

  static final PageSelect<ApiToken> LIST =
      PageSelect.plain("apiTokens", COLUMNS, "api_token t", ApiTokenRepository::token);

  private final Database database;

  ApiTokenRepository(Database database) {
    this.database = database;
  }

  /** The tokens that a caller may see: its own, and those that it manages. */
  static Clause visible(Viewer viewer) {
    return Clause.of("t.organization_id = any(?) or t.id = ?", managed(viewer), own(viewer));
  }

  private static UUID[] managed(Viewer viewer) {
    return viewer.rights().organizations(Scope.TOKEN_MANAGE);
  }

  static @Nullable UUID own(Viewer viewer) {
    var actor = viewer.actor();
    return actor == null ? null : actor.tokenId();
  }

  private static final String BY_ID =
      "-- apiTokensById\nselect "
          + COLUMNS
          + """

            from api_token t
           where t.id = any($1)
             and (t.organization_id = any($2) or t.id = $3)
          """;

  Future<List<ApiToken>> findByIds(Reading reading, Collection<UUID> ids) {
    var viewer = reading.viewer();
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(Rows.ids(ids), managed(viewer), own(viewer)),
        ApiTokenRepository::token);
  }

  // Of each token the newest; the bound is that of what is kept.
  private static final String ERRORS =
      """
      -- errorsOfApiTokens
      select e.token_id, e.occurred_at, e.request_id, e.operation_name, e.code, e.message
        from api_token t
       cross join lateral (
         select token_id, occurred_at, id, request_id, operation_name, code, message
           from api_token_error
          where token_id = t.id
          order by occurred_at desc, id desc
          limit $4
       ) as e
       where t.id = any($1)
         and (t.organization_id = any($2) or t.id = $3)
       order by e.occurred_at desc, e.id desc
      """;

  Future<List<TokenError>> findErrors(Reading reading, int first, Collection<UUID> tokens) {
    var viewer = reading.viewer();
    return database.list(
        reading.reads(),
        ERRORS,
        Tuple.of(Rows.ids(tokens), managed(viewer), own(viewer), first),
        row ->
            new TokenError(
                row.getUUID(0),
                row.getOffsetDateTime(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)));
  }

  /** A token with the digest that it is recognised by. */
  record Kept(ApiToken token, String digest) {}

  private static final String SIGN_IN =
      "-- apiTokenForSignIn\nselect "
          + COLUMNS
          + """
          , t.digest
            from api_token t
           where t.id = $1
          """;

  Future<@Nullable Kept> findForSignIn(UUID id) {
    return database.first(
        new Reads(), SIGN_IN, Tuple.of(id), row -> new Kept(token(row), row.getString(12)));
  }

  private static final String FOR_UPDATE =
      "-- apiTokenForUpdate\nselect "
          + COLUMNS
          + """

            from api_token t
           where t.id = $1
             and (t.organization_id = any($2) or t.id = $3)
             for update
          """;

  /** Locks it; null if the caller may not see it. */
  Future<@Nullable ApiToken> findForUpdate(SqlConnection transaction, Viewer viewer, UUID id) {
    return database.first(
        transaction,
        FOR_UPDATE,
        Tuple.of(id, managed(viewer), own(viewer)),
        ApiTokenRepository::token);
  }

  // Counted and made by one at a time for each organization.
  private static final String LOCK =
      "-- lockTokensOfOrganization\nselect id from organization where id = $1 for no key update";

  private static final String COUNT =
      """
      -- activeTokensOfOrganization
      select count(*)::integer
        from api_token
       where organization_id = $1
         and revoked_at is null
         and expires_at > $2
      """;

  /** How many tokens of the organization are accepted; null if there is no such organization. */
  Future<@Nullable Integer> countActive(
      SqlConnection transaction, UUID organizationId, OffsetDateTime now) {
    return database
        .rows(transaction, LOCK, Tuple.of(organizationId))
        .compose(
            locked ->
                locked.size() == 0
                    ? Future.succeededFuture(null)
                    : database.first(
                        transaction,
                        COUNT,
                        Tuple.of(organizationId, now),
                        row -> row.getInteger(0)));
  }

  private static final String INSERT =
      """
      -- insertApiToken
      insert into api_token
             (id, organization_id, role, name, scopes, digest, created_by, created_by_name, created_at, expires_at,
              demonstration)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  Future<Void> insert(
      SqlConnection transaction, ApiToken token, String digest, Viewer.Actor maker) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.of(
                token.id(),
                token.organizationId(),
                token.role().name(),
                token.name(),
                token.scopes().toArray(String[]::new),
                digest,
                maker.subject(),
                maker.name(),
                token.createdAt(),
                token.expiresAt(),
                token.demonstration()))
        .mapEmpty();
  }

  private static final String REVOKE =
      "-- revokeApiToken\nupdate api_token t set revoked_at = $2, version = version + 1 where t.id = $1 returning "
          + COLUMNS;

  Future<ApiToken> revoke(SqlConnection transaction, UUID id, OffsetDateTime now) {
    return database
        .first(transaction, REVOKE, Tuple.of(id, now), ApiTokenRepository::token)
        .map(token -> requireNonNull(token));
  }

  private static ApiToken token(Row row) {
    return new ApiToken(
        row.getUUID(0),
        row.getInteger(1),
        row.getUUID(2),
        Rows.value(row, 3, Role.class),
        row.getString(4),
        Rows.strings(row, 5),
        row.getString(6),
        row.getOffsetDateTime(7),
        row.getOffsetDateTime(8),
        row.getOffsetDateTime(9),
        row.getOffsetDateTime(10),
        row.getBoolean(11));
  }
}
