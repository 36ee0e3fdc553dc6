package dev.fairground.webhook;

import dev.fairground.event.Event;
import dev.fairground.event.EventCursors;
import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Cancellation;
import dev.fairground.graphql.Operation;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What is sent: the event, and the answer to the query that the webhook's owner chose, asked with
 * the rights that the owner had. The query has the variables {@code $event} and {@code $subject},
 * the global ids of the event and of what changed.
 */
final class WebhookPayloads {
  private static final int ANSWER_SECONDS = 4;

  private final Function<Operation, Future<Answer>> ask;

  WebhookPayloads(Function<Operation, Future<Answer>> ask) {
    this.ask = ask;
  }

  /** The answer to a query about an event, as an object with {@code data} or errors. */
  Future<JsonObject> answer(Viewer viewer, String query, UUID event, String subject) {
    return ask.apply(
            new Operation(
                query,
                null,
                Map.of("event", Ids.write(Event.PREFIX, event), "subject", subject),
                Map.of(),
                List.of(),
                true,
                viewer,
                viewer.key(),
                System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS),
                new Cancellation()))
        .map(answer -> answer.body().toJsonObject());
  }

  /** Whose rights a webhook's query has: those that its owner had. */
  static Viewer viewer(Webhook webhook) {
    var name = "webhook:" + webhook.id();
    var scopes = new EnumMap<Scope, Set<UUID>>(Scope.class);
    for (var word : webhook.scopes()) {
      var scope = Scope.of(word);
      if (scope != null) {
        scopes.put(scope, Set.of(webhook.organizationId()));
      }
    }
    return new Viewer(
        name,
        new Viewer.Actor(name, "webhook", null),
        new Rights(Map.copyOf(scopes), Set.of(), List.of()));
  }

  /** The body for an event, without the answer to a query. */
  static JsonObject event(DeliveryRepository.Due due) {
    var delivery = due.delivery();
    return new JsonObject()
        .put("type", delivery.eventType())
        .put("timestamp", due.event().occurredAt().toString())
        .put(
            "event",
            new JsonObject()
                .put("id", Ids.write(Event.PREFIX, delivery.eventId()))
                .put("cursor", EventCursors.write(delivery.position()))
                .put("position", delivery.position())
                .put("type", delivery.eventType())
                .put("occurredAt", due.event().occurredAt().toString())
                .put("subject", delivery.subjectId())
                .put("actor", actor(due)));
  }

  /** Names of people are for their own organization. */
  private static String actor(DeliveryRepository.Due due) {
    var own =
        due.webhook().organizationId().equals(due.event().organizationId())
            && due.webhook().scopes().contains(Scope.EVENT_READ.word());
    return own ? due.event().actorName() : Event.actorForOthers(due.event().organizationId());
  }
}
