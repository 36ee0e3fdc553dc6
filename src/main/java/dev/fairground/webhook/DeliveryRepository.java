package dev.fairground.webhook;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.webhook.WebhookDelivery.Attempt;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what is and was sent to webhooks. */
final class DeliveryRepository {
  private static final String COLUMNS =
      "d.id, d.webhook_id, d.position, d.event_id, d.event_type, d.subject, d.status, d.attempts,"
          + " d.next_attempt_at, d.http_status, d.error, d.delivered_at";

  static final PageSelect<WebhookDelivery> OF_WEBHOOKS =
      new PageSelect<>(
          "deliveriesOfWebhooks",
          Columns.written(COLUMNS),
          "d",
          "webhook_delivery d join webhook w on w.id = d.webhook_id",
          List.of(),
          "d.webhook_id = parent.id",
          List.of(),
          DeliveryRepository::delivery);

  private final Database database;

  DeliveryRepository(Database database) {
    this.database = database;
  }

  /** What a caller sees of deliveries; the statement has the webhook as {@code w}. */
  static Clause visible(Viewer viewer) {
    return WebhookRepository.visible(viewer);
  }

  private static final String BY_ID =
      "-- deliveriesById\nselect "
          + COLUMNS
          + """

             from webhook_delivery d
             join webhook w on w.id = d.webhook_id
            where d.id = any($1) and w.organization_id = any($2) and w.deleted_at is null
            """;

  Future<List<WebhookDelivery>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(
            Rows.ids(ids), (Object) reading.viewer().rights().organizations(Scope.WEBHOOK_MANAGE)),
        DeliveryRepository::delivery);
  }

  private static final String ATTEMPTS =
      """
      -- attemptsOfDeliveries
      select a.delivery_id, a.number, a.at, a.millis, a.http_status, a.error, a.answer
        from webhook_attempt a
        join webhook_delivery d on d.id = a.delivery_id
        join webhook w on w.id = d.webhook_id
       where a.delivery_id = any($1) and w.organization_id = any($2) and w.deleted_at is null
       order by a.delivery_id, a.number
      """;

  Future<Map<UUID, List<Attempt>>> findAttempts(Reading reading, Collection<UUID> deliveries) {
    return database
        .list(
            reading.reads(),
            ATTEMPTS,
            Tuple.of(
                Rows.ids(deliveries),
                (Object) reading.viewer().rights().organizations(Scope.WEBHOOK_MANAGE)),
            row -> Map.entry(row.getUUID(0), attempt(row)))
        .map(
            rows -> {
              Map<UUID, List<Attempt>> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found
                          .computeIfAbsent(row.getKey(), unseen -> new ArrayList<>())
                          .add(row.getValue()));
              deliveries.forEach(id -> found.putIfAbsent(id, List.of()));
              return found;
            });
  }

  private static final String RETRY =
      """
      -- retryDelivery
      update webhook_delivery d
         set status = 'PENDING', next_attempt_at = $3, begun_at = $3, delivered_at = null, tried_before = d.attempts
        from webhook w
       where d.id = $1 and w.id = d.webhook_id and w.organization_id = any($2) and w.deleted_at is null
      returning
      """
          + COLUMNS;

  /** Sends it again, from now on for a day; null where there is none that the caller may see. */
  Future<@Nullable WebhookDelivery> retry(
      SqlConnection transaction, Viewer viewer, UUID id, OffsetDateTime now) {
    return database.first(
        transaction,
        RETRY,
        Tuple.of(id, viewer.rights().organizations(Scope.WEBHOOK_MANAGE), now),
        DeliveryRepository::delivery);
  }

  // Each webhook goes on from where it stands; who is in the way of another server's turn is left
  // to it.
  private static final String FAN_OUT =
      """
      -- fanOutToWebhooks
      with behind as (
        select w.id, w.organization_id, w.types, w.subject, 'event:read' = any(w.scopes) as reads_own, w.position,
               least(h.position, w.position + 1000) as upto
          from webhook w
         cross join event_head h
         where w.active and w.deleted_at is null and w.position < h.position
         order by w.position
         limit 100
           for update of w skip locked),
      made as (
        insert into webhook_delivery (webhook_id, position, id, event_id, event_type, subject, occurred_at, actor_name,
                                      organization_id, status, begun_at, next_attempt_at)
        select b.id, e.position, gen_random_uuid(), e.id, e.type, e.subject, e.occurred_at, e.actor_name,
               e.organization_id, 'PENDING', $1, $1
          from behind b
          join event e on e.position > b.position and e.position <= b.upto
         where (e.open or b.reads_own and e.organization_id = b.organization_id)
           and (b.types = '{}' or e.type = any(b.types))
           and (b.subject is null or e.subject = b.subject)
        on conflict (webhook_id, position) do nothing
        returning webhook_id)
      update webhook w set position = b.upto from behind b where w.id = b.id
      returning w.id, (select count(*)::int from made)
      """;

  /** Makes deliveries of what happened since; answers whether there may be more. */
  Future<Boolean> fanOut(Instant now) {
    return database.inPrivateTransaction(
        transaction ->
            database
                .rows(transaction, FAN_OUT, Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() > 0));
  }

  /** A delivery whose turn it is, with what is needed to send it. */
  record Due(
      WebhookDelivery delivery,
      Webhook webhook,
      OffsetDateTime begunAt,
      Happening event,
      int triedBefore) {
    /** How often it was tried since trying began. */
    int tries() {
      return delivery.attempts() - triedBefore;
    }
  }

  /**
   * The event that is sent.
   *
   * @param actorName who did it, as its own organization sees it
   * @param organizationId whose event it is
   */
  record Happening(OffsetDateTime occurredAt, String actorName, @Nullable UUID organizationId) {}

  // One of each webhook at a time, the oldest first, so that a slow address holds up only itself;
  // few of one organization at a time, those first that have the fewest, so that many slow ones
  // hold up only their owner. Nothing is taken of a webhook that another server is sending to: of
  // what it holds, the try is not written down yet. Two servers that see the same one wait for each
  // other, and the second finds it taken.
  private static final String TAKE =
      "-- takeDeliveries\n"
          + """
            with turn as (
              select d.webhook_id, d.position, d.next_attempt_at,
                     row_number() over (partition by w.organization_id order by d.next_attempt_at, w.id)
                       + (select count(*) from webhook b
                           where b.id = any($3) and b.organization_id = w.organization_id) as place
                from webhook w
               cross join lateral (
                 select n.webhook_id, n.position, n.next_attempt_at
                   from webhook_delivery n
                  where n.webhook_id = w.id and n.status = 'PENDING' and n.next_attempt_at <= $1
                  order by n.next_attempt_at, n.position
                  limit 1) d
               where w.active and w.deleted_at is null and w.id <> all($3)
                 and not exists (
                   select 1
                     from webhook_delivery h
                    where h.webhook_id = w.id and h.status = 'PENDING' and h.attempts > 0
                      and h.next_attempt_at > $1
                      and not exists (
                        select 1 from webhook_attempt a where a.delivery_id = h.id and a.number = h.attempts))),
            due as (
              select webhook_id, position
                from turn
               where place <= $5
               order by place, next_attempt_at
               limit $4)
            update webhook_delivery d
               set next_attempt_at = $2, attempts = d.attempts + 1
              from due
              join webhook w on w.id = due.webhook_id
             where d.webhook_id = due.webhook_id and d.position = due.position
               and d.status = 'PENDING' and d.next_attempt_at <= $1
            returning
            """
          + COLUMNS
          + ", d.begun_at, d.occurred_at, d.actor_name, w.id, w.organization_id, w.version, w.url, w.types, w.subject,"
          + " w.query, w.active, w.secret_number, w.scopes, w.created_at, w.updated_at,"
          + " d.organization_id, d.tried_before";

  /**
   * Takes deliveries that are due, and keeps others from taking them for a while.
   *
   * @param held how long, longer than a try can take
   * @param busy webhooks that are being sent to
   * @param most how many at most
   * @param mostOfOne how many of one organization at most, with those that are being sent
   */
  Future<List<Due>> take(
      Instant now, Duration held, Collection<UUID> busy, int most, int mostOfOne) {
    return database.inPrivateTransaction(
        transaction ->
            database.list(
                transaction,
                TAKE,
                Tuple.of(
                    now.atOffset(ZoneOffset.UTC),
                    now.plus(held).atOffset(ZoneOffset.UTC),
                    Rows.ids(busy),
                    most,
                    (long) mostOfOne),
                DeliveryRepository::due));
  }

  private static final String RECORD =
      """
      -- recordAttempt
      with tried as (
        update webhook_delivery d
           set status = $3, next_attempt_at = $4, http_status = $5, error = $6,
               delivered_at = case when $3 = 'DELIVERED' then $7::timestamptz end
         where d.id = $1 and d.status = 'PENDING'
        returning d.id)
      insert into webhook_attempt (delivery_id, number, at, millis, http_status, error, answer)
      select id, $2, $7, $8, $5, $6, $9 from tried
      on conflict (delivery_id, number) do nothing
      """;

  /** Writes how a try went, and what follows from it. */
  Future<Void> record(
      UUID delivery, WebhookDelivery.Status status, @Nullable Instant next, Attempt attempt) {
    return database.inPrivateTransaction(
        transaction ->
            database
                .rows(
                    transaction,
                    RECORD,
                    Tuple.from(
                        Arrays.asList(
                            delivery,
                            attempt.number(),
                            status.name(),
                            next == null ? null : next.atOffset(ZoneOffset.UTC),
                            attempt.httpStatus(),
                            attempt.error(),
                            attempt.at(),
                            attempt.millis(),
                            attempt.answer())))
                .mapEmpty());
  }

  private static final String GONE =
      """
      -- stopWebhook
      update webhook set active = false, version = version + 1, updated_at = $2 where id = $1 and active
      """;

  /** The address said that it is gone for good. */
  Future<Void> stop(UUID webhook, Instant now) {
    return database.inPrivateTransaction(
        transaction ->
            database
                .rows(transaction, GONE, Tuple.of(webhook, now.atOffset(ZoneOffset.UTC)))
                .mapEmpty());
  }

  private static final String FORGET =
      """
      -- forgetDeliveries
      with old as (
        select d.id
          from webhook_delivery d
         where d.occurred_at < $1 and d.status <> 'PENDING'
         limit 1000
           for update skip locked),
      attempts as (delete from webhook_attempt a using old where a.delivery_id = old.id)
      delete from webhook_delivery d using old where d.id = old.id
      """;

  /** Forgets deliveries of events before a moment that are not waiting; some at a time. */
  Future<Integer> forget(Instant before) {
    return database.inPrivateTransaction(
        transaction ->
            database
                .rows(transaction, FORGET, Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount()));
  }

  private static Due due(Row row) {
    return new Due(
        delivery(row),
        new Webhook(
            row.getUUID(15),
            row.getUUID(16),
            row.getInteger(17),
            row.getString(18),
            Rows.strings(row, 19),
            row.getString(20),
            row.getString(21),
            Rows.truth(row, 22),
            row.getInteger(23),
            Rows.strings(row, 24),
            row.getOffsetDateTime(25),
            row.getOffsetDateTime(26)),
        row.getOffsetDateTime(12),
        new Happening(row.getOffsetDateTime(13), row.getString(14), row.getUUID(27)),
        Rows.number(row, 28));
  }

  private static Attempt attempt(Row row) {
    return new Attempt(
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getInteger(3),
        row.getInteger(4),
        row.getString(5),
        row.getString(6));
  }

  static WebhookDelivery delivery(Row row) {
    return new WebhookDelivery(
        row.getUUID(0),
        row.getUUID(1),
        row.getLong(2),
        row.getUUID(3),
        row.getString(4),
        row.getString(5),
        Rows.value(row, 6, WebhookDelivery.Status.class),
        row.getInteger(7),
        row.getOffsetDateTime(8),
        row.getInteger(9),
        row.getString(10),
        row.getOffsetDateTime(11));
  }
}
