package dev.fairground.webhook;

import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseUnavailable;
import dev.fairground.webhook.DeliveryRepository.Due;
import dev.fairground.webhook.WebhookDelivery.Attempt;
import dev.fairground.webhook.WebhookDelivery.Status;
import dev.fairground.webhook.WebhookSender.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what happened to webhooks. Every server process has one; what is due is taken by whoever
 * comes first, and held for a while, so that another takes over what a killed process had in hand.
 * An event arrives at least once. Lives on one event loop.
 */
public final class WebhookDeliverer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliverer.class);
  private static final String CHANNEL = "fairground_event";
  private static final int AT_ONCE = 64;
  private static final int AT_ONCE_OF_ONE = 8;
  private static final Duration HELD = Duration.ofSeconds(30);
  private static final long ANSWER_SECONDS = 4;
  private static final Set<String> PASSING =
      Set.of("RATE_LIMITED", "OVERLOADED", "SERVICE_UNAVAILABLE", "TIMEOUT");

  private final Database database;
  private final Vertx vertx;
  private final DeliveryRepository deliveries;
  private final WebhookPayloads payloads;
  private final WebhookSender sender;
  private final WebhookSecrets secrets;
  private final InstantSource clock;
  private final Duration kept;
  private final Set<UUID> busy = new HashSet<>();
  private final io.vertx.core.Context context;
  private long timer = -1;
  private long forgetting = -1;
  private boolean looking;
  private boolean lookAgain;
  private boolean closed;

  WebhookDeliverer(
      Database database,
      DeliveryRepository deliveries,
      WebhookPayloads payloads,
      WebhookSender sender,
      WebhookSecrets secrets,
      InstantSource clock,
      Duration kept) {
    this.database = database;
    this.vertx = database.vertx();
    this.deliveries = deliveries;
    this.payloads = payloads;
    this.sender = sender;
    this.secrets = secrets;
    this.clock = clock;
    this.kept = kept;
    this.context = vertx.getOrCreateContext();
  }

  /** Begins to send, and looks again every second even if nobody calls {@link #wake}. */
  public void start() {
    database.hear(CHANNEL, this::wake);
    timer = vertx.setPeriodic(1_000, now -> wake());
    forgetting = vertx.setPeriodic(60_000, now -> forget());
    wake();
  }

  /** There may be something to send: an event was numbered, or a delivery is wanted again. */
  public void wake() {
    context.runOnContext(here -> look());
  }

  private void look() {
    if (closed) {
      return;
    }
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    lookAgain = false;
    deliveries
        .fanOut(clock.instant())
        .compose(
            more -> {
              lookAgain |= more;
              var free = AT_ONCE - busy.size();
              return free <= 0
                  ? Future.succeededFuture(java.util.List.<Due>of())
                  : deliveries.take(clock.instant(), HELD, busy, free, AT_ONCE_OF_ONE);
            })
        .onComplete(
            taken -> {
              looking = false;
              if (taken.succeeded()) {
                taken.result().forEach(this::deliver);
              } else if (!(taken.cause() instanceof DatabaseUnavailable)) {
                LOG.warn("webhooks could not be looked after", taken.cause());
              }
              if (lookAgain && taken.succeeded()) {
                wake();
              }
            });
  }

  private void deliver(Due due) {
    if (!busy.add(due.webhook().id())) {
      // Two servers made two of it due at once; the hold on this one ends by itself.
      return;
    }
    attempt(due)
        .onComplete(
            done -> {
              busy.remove(due.webhook().id());
              if (done.failed() && !(done.cause() instanceof DatabaseUnavailable)) {
                LOG.warn("a delivery to a webhook could not be written down", done.cause());
              }
              if (done.succeeded()) {
                wake();
              }
            });
  }

  /** Sends a delivery once, and writes down how that went. */
  Future<Attempt> attempt(Due due) {
    var begun = clock.instant();
    return outcome(due, begun)
        .compose(
            outcome -> {
              var now = clock.instant();
              var attempt =
                  new Attempt(
                      due.delivery().attempts(),
                      begun.atOffset(ZoneOffset.UTC),
                      (int) Math.min(Integer.MAX_VALUE, Duration.between(begun, now).toMillis()),
                      outcome.status(),
                      outcome.error(),
                      outcome.answer());
              return record(due, outcome, attempt, now).map(attempt);
            });
  }

  private Future<Void> record(Due due, Outcome outcome, Attempt attempt, Instant now) {
    var id = due.delivery().id();
    if (outcome.isTaken()) {
      return deliveries.record(id, Status.DELIVERED, null, attempt);
    }
    var next =
        outcome.isGone()
            ? null
            : BackOff.next(
                due.delivery().attempts(),
                due.begunAt().toInstant(),
                now,
                ThreadLocalRandom.current().nextDouble());
    // Who sees that a delivery was given up sees that its webhook was, too.
    var first =
        outcome.isGone()
            ? deliveries.stop(due.webhook().id(), now)
            : Future.<Void>succeededFuture();
    return first.compose(
        done -> deliveries.record(id, next == null ? Status.DEAD : Status.PENDING, next, attempt));
  }

  private Future<Outcome> outcome(Due due, Instant now) {
    var event = WebhookPayloads.event(due);
    var query = due.webhook().query();
    if (query == null) {
      return send(due, event, now);
    }
    return payloads
        .answer(
            WebhookPayloads.viewer(due.webhook()),
            query,
            due.delivery().eventId(),
            due.delivery().subjectId())
        .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
        .compose(
            answer ->
                isPassing(answer)
                    ? Future.succeededFuture(
                        new Outcome(null, "its query could not be answered at the moment", null))
                    : send(due, event.mergeIn(answer), now))
        .otherwise(
            late -> new Outcome(null, "its query could not be answered at the moment", null));
  }

  /** Whether the query failed for a reason that will pass: then it is not the time to send. */
  private static boolean isPassing(JsonObject answer) {
    var errors = answer.getJsonArray("errors");
    if (errors == null || errors.isEmpty()) {
      return false;
    }
    var extensions = errors.getJsonObject(0).getJsonObject("extensions");
    return extensions != null && PASSING.contains(extensions.getString("code"));
  }

  private Future<Outcome> send(Due due, JsonObject body, Instant now) {
    var text = body.encode();
    var id = "msg_" + due.delivery().eventId().toString().replace("-", "");
    var seconds = now.getEpochSecond();
    var webhook = due.webhook();
    return sender.send(
        webhook.url(),
        WebhookSender.headers(
            id, seconds, secrets.sign(webhook.id(), webhook.secretNumber(), id, seconds, text)),
        text);
  }

  private void forget() {
    deliveries
        .forget(clock.instant().minus(kept))
        .onSuccess(
            some -> {
              if (some > 0 && !closed) {
                forget();
              }
            });
  }

  /** Takes no more; what is being sent is written down if there is time, else sent again. */
  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(forgetting);
    sender.close();
  }
}
