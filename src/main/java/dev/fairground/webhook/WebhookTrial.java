package dev.fairground.webhook;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.Event;
import dev.fairground.event.EventType;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.sql.Database;
import dev.fairground.webhook.WebhookDelivery.Attempt;
import dev.fairground.webhook.WebhookSender.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code webhookTest}: sends an event of type TEST at once, tells how that went, and
 * writes nothing.
 */
record WebhookTrial(
    Database database,
    WebhookRepository webhooks,
    WebhookPayloads payloads,
    WebhookSender sender,
    WebhookSecrets secrets) {

  /**
   * How it went.
   *
   * @param attempt null exactly if nothing was sent
   */
  record Payload(@Nullable Attempt attempt, List<UserError> userErrors) {}

  Future<Payload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    UUID id = requireNonNull(input.id("id", WebhookResolver.WEBHOOK));
    return database
        .inTransaction(transaction -> webhooks.findForUpdate(transaction, write.viewer(), id))
        .compose(
            webhook ->
                webhook == null
                    ? Future.succeededFuture(
                        new Payload(null, List.of(InputError.notFound(input, "id"))))
                    : sent(write, webhook));
  }

  private Future<Payload> sent(Write write, Webhook webhook) {
    var at = WebhookRepository.at(write.moment());
    var event = UUID.randomUUID();
    var subject = Ids.write(WebhookResolver.WEBHOOK, webhook.id());
    var body =
        new JsonObject()
            .put("type", EventType.TEST.name())
            .put("timestamp", at.toString())
            .put(
                "event",
                new JsonObject()
                    .put("id", Ids.write(Event.PREFIX, event))
                    .put("type", EventType.TEST.name())
                    .put("occurredAt", at.toString())
                    .put("subject", subject)
                    .put("actor", write.actor().name()));
    var begun = System.nanoTime();
    return answered(webhook, event, subject)
        .compose(
            answer -> {
              var text = body.mergeIn(answer).encode();
              var message = "msg_" + event.toString().replace("-", "");
              var seconds = write.moment().now().getEpochSecond();
              return sender.send(
                  webhook.url(),
                  WebhookSender.headers(
                      message,
                      seconds,
                      secrets.sign(webhook.id(), webhook.secretNumber(), message, seconds, text)),
                  text);
            })
        .map(outcome -> new Payload(attempt(outcome, at, begun), List.of()));
  }

  private Future<JsonObject> answered(Webhook webhook, UUID event, String subject) {
    var query = webhook.query();
    return query == null
        ? Future.succeededFuture(new JsonObject())
        : payloads.answer(WebhookPayloads.viewer(webhook), query, event, subject);
  }

  private static Attempt attempt(Outcome outcome, java.time.OffsetDateTime at, long begun) {
    var millis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    return new Attempt(1, at, millis, outcome.status(), outcome.error(), outcome.answer());
  }
}
