package dev.fairground.webhook;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over webhooks. Every statement of a caller's is held to the organizations it may act for. */
final class WebhookRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, organization_id, version, url, types, subject, query, active, secret_number, scopes, created_at, updated_at
          """);

  private static final One<Webhook> ONE =
      new One<>("webhooksById", "webhook", "w", false, COLUMNS, WebhookRepository::webhook);

  private static final PageSelect<Webhook> LIST = PageSelect.of("webhooks", ONE);

  static final PageSelect<Webhook> OF_ORGANIZATIONS =
      LIST.linked("webhooksOfOrganizations", "w.organization_id");

  static PageSelect<Webhook> list() {
    return LIST;
  }

  /** What a caller sees of webhooks, by the alias {@code w}. */
  static Clause visible(Viewer viewer) {
    return Clause.of(
        "w.deleted_at is null and w.organization_id = any(?)",
        (Object) viewer.rights().organizations(Scope.WEBHOOK_MANAGE));
  }

  private final Database database;

  WebhookRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- webhooksById\nselect "
          + COLUMNS.all("w")
          + """

             from webhook w
            where w.id = any($1) and w.organization_id = any($2) and w.deleted_at is null
            """;

  Future<List<Webhook>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(Rows.ids(ids), (Object) organizations(reading.viewer())),
        WebhookRepository::webhook);
  }

  private static final String FOR_UPDATE =
      BY_ID.replace("-- webhooksById", "-- lockWebhook") + " for update";

  /** The webhook, kept from others' changes; null where there is none that the caller may see. */
  Future<@Nullable Webhook> findForUpdate(SqlConnection transaction, Viewer viewer, UUID id) {
    return database.first(
        transaction,
        FOR_UPDATE,
        Tuple.of(new UUID[] {id}, (Object) organizations(viewer)),
        WebhookRepository::webhook);
  }

  private static final String COUNT =
      """
      -- countWebhooks
      select count(*)::int from webhook w where w.organization_id = $1 and w.deleted_at is null
      """;

  Future<Integer> count(SqlConnection transaction, UUID organizationId) {
    return database
        .first(transaction, COUNT, Tuple.of(organizationId), row -> row.getInteger(0))
        .map(Objects::requireNonNull);
  }

  // Events from now on: those that are numbered already are told.
  private static final String INSERT =
      """
      -- insertWebhook
      insert into webhook (id, organization_id, version, url, types, subject, query, active, secret_number, scopes,
                           position, created_at, created_by, updated_at)
      select $1, $2, 1, $3, $4, $5, $6, true, 1, $7, h.position, $8, $9, $8
        from event_head h
      returning id, organization_id, version, url, types, subject, query, active, secret_number, scopes, created_at,
                updated_at
      """;

  Future<Webhook> insert(SqlConnection transaction, Webhook webhook, String createdBy) {
    return database
        .first(
            transaction,
            INSERT,
            Tuple.from(
                java.util.Arrays.asList(
                    webhook.id(),
                    webhook.organizationId(),
                    webhook.url(),
                    webhook.types().toArray(String[]::new),
                    webhook.subject(),
                    webhook.query(),
                    webhook.scopes().toArray(String[]::new),
                    webhook.createdAt(),
                    createdBy)),
            WebhookRepository::webhook)
        .map(Objects::requireNonNull);
  }

  private static final String UPDATE =
      """
      -- updateWebhook
      update webhook w
         set version = w.version + 1, url = $2, types = $3, subject = $4, query = $5, active = $6, secret_number = $7,
             scopes = $8, updated_at = $9
       where w.id = $1
      returning w.id, w.organization_id, w.version, w.url, w.types, w.subject, w.query, w.active, w.secret_number,
                w.scopes, w.created_at, w.updated_at
      """;

  /** Writes what may change; answers with the new version. */
  Future<Webhook> update(SqlConnection transaction, Webhook webhook, Moment moment) {
    return database
        .first(
            transaction,
            UPDATE,
            Tuple.from(
                java.util.Arrays.asList(
                    webhook.id(),
                    webhook.url(),
                    webhook.types().toArray(String[]::new),
                    webhook.subject(),
                    webhook.query(),
                    webhook.active(),
                    webhook.secretNumber(),
                    webhook.scopes().toArray(String[]::new),
                    at(moment))),
            WebhookRepository::webhook)
        .map(Objects::requireNonNull);
  }

  private static final String DELETE =
      """
      -- deleteWebhook
      update webhook w set deleted_at = $2, active = false, version = w.version + 1 where w.id = $1
      """;

  Future<Void> delete(SqlConnection transaction, UUID id, Moment moment) {
    return database.rows(transaction, DELETE, Tuple.of(id, at(moment))).mapEmpty();
  }

  static OffsetDateTime at(Moment moment) {
    return moment.now().atOffset(ZoneOffset.UTC);
  }

  static UUID[] organizations(Viewer viewer) {
    return viewer.rights().organizations(Scope.WEBHOOK_MANAGE);
  }

  static Webhook webhook(Row row) {
    return new Webhook(
        row.getUUID(0),
        row.getUUID(1),
        row.getInteger(2),
        row.getString(3),
        Rows.strings(row, 4),
        row.getString(5),
        row.getString(6),
        Rows.truth(row, 7),
        row.getInteger(8),
        Rows.strings(row, 9),
        row.getOffsetDateTime(10),
        row.getOffsetDateTime(11));
  }
}
