package dev.fairground.webhook;

import dev.fairground.event.Event;
import dev.fairground.event.EventLog;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.Mutations;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Binds {@code schema/webhook.graphqls}. */
public final class WebhookResolver implements Feature {
  static final String WEBHOOK = "wh";
  static final String DELIVERY = "wd";

  private final Database database;
  private final PartyResolver party;
  private final DeliveryRepository deliveries;
  private final WebhookPayloads payloads;
  private final WebhookSender sender;
  private final WebhookSecrets secrets;
  private final Loader<UUID, Loader.None, Webhook> byId;
  private final Loader<UUID, Loader.None, WebhookDelivery> deliveriesById;
  private final Loader<UUID, Loader.None, List<WebhookDelivery.Attempt>> attempts;
  private final Listing<Webhook> list;
  private final Listing<WebhookDelivery> deliveriesOf;
  private final WebhookCreate create;
  private final WebhookUpdate update;
  private final WebhookTrial trial;
  private final WebhookDeliveryRetry retry;

  /**
   * @param key what secrets are derived from: at least 32 bytes, the same on all servers
   * @param privateAllowed whether events may be sent by http and to private addresses
   */
  public WebhookResolver(
      Database database, PartyResolver party, byte[] key, boolean privateAllowed) {
    this.database = database;
    this.party = party;
    var webhooks = new WebhookRepository(database);
    deliveries = new DeliveryRepository(database);
    payloads = new WebhookPayloads();
    sender = new WebhookSender(database.vertx(), privateAllowed);
    secrets = new WebhookSecrets(key);
    byId =
        new Loader<>(
            "webhooksById",
            (reading, none, ids) ->
                webhooks
                    .findByIds(reading, ids)
                    .map(
                        found ->
                            found.stream()
                                .collect(Collectors.toMap(Webhook::id, webhook -> webhook))));
    deliveriesById =
        new Loader<>(
            "deliveriesById",
            (reading, none, ids) ->
                deliveries
                    .findByIds(reading, ids)
                    .map(
                        found ->
                            found.stream()
                                .collect(
                                    Collectors.toMap(WebhookDelivery::id, delivery -> delivery))));
    attempts =
        new Loader<>(
            "attemptsOfDeliveries", (reading, none, ids) -> deliveries.findAttempts(reading, ids));
    list =
        Listing.hidden(
            database,
            WebhookRepository.list(),
            (arguments, moment) -> Clause.TRUE,
            arguments ->
                List.of(
                    Key.instant("w.created_at", true, Webhook::createdAt),
                    Key.id("w.id", true, Webhook::id)),
            WebhookRepository::visible);
    deliveriesOf =
        Listing.hidden(
            database,
            DeliveryRepository.OF_WEBHOOKS,
            (arguments, moment) ->
                arguments.has("status")
                    ? Clause.of("d.status = ?", arguments.string("status"))
                    : Clause.TRUE,
            arguments -> List.of(Key.number("d.position", true, WebhookDelivery::position)),
            DeliveryRepository::visible);
    var mutations = Mutations.ofHiddenContent(database);
    var events = new EventLog(database);
    create = new WebhookCreate(mutations, webhooks, events, secrets, payloads, privateAllowed);
    update = new WebhookUpdate(mutations, webhooks, events, secrets, payloads, privateAllowed);
    trial = new WebhookTrial(database, webhooks, payloads, sender, secrets);
    retry = new WebhookDeliveryRetry(mutations, deliveries);
  }

  /**
   * What sends.
   *
   * @param kept how long what was sent is remembered
   */
  public WebhookDeliverer deliverer(InstantSource clock, Duration kept) {
    return new WebhookDeliverer(database, deliveries, payloads, sender, secrets, clock, kept);
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.onEngine(payloads::askOf);
    wiring
        .type(Webhook.class)
        .identified(WEBHOOK, Webhook::id, byId)
        .loaded("organization", party.byId(), Webhook::organizationId)
        .loaded(
            "deliveries",
            deliveriesOf.of(DeliveryRepository.OF_WEBHOOKS),
            Webhook::id,
            deliveriesOf::cut);
    wiring
        .type(WebhookDelivery.class)
        .identified(DELIVERY, WebhookDelivery::id, deliveriesById)
        .computed("eventId", delivery -> Ids.write(Event.PREFIX, delivery.eventId()))
        .loaded("webhook", byId, WebhookDelivery::webhookId)
        .loaded("log", attempts, WebhookDelivery::id);
    wiring.type("WebhookAttempt", WebhookDelivery.Attempt.class);
    wiring.connection("Webhook", list);
    wiring.connection("WebhookDelivery", deliveriesOf);
    wiring.type(WebhookPayload.class);
    wiring.type("WebhookTestPayload", WebhookTrial.Payload.class);
    wiring.type("WebhookDeliveryRetryPayload", WebhookDeliveryRetry.Payload.class);
    wiring
        .extend(Organization.class)
        .loaded(
            "webhooks", list.of(WebhookRepository.OF_ORGANIZATIONS), Organization::id, list::cut);
    wiring
        .query()
        .found(
            "webhook",
            byId,
            arguments -> java.util.Objects.requireNonNull(arguments.id("id", WEBHOOK)));
    wiring
        .mutation()
        .mutated("webhookCreate", create::run)
        .mutated("webhookUpdate", update::run)
        .mutated("webhookSecretRotate", update::rotate)
        .mutated("webhookDelete", update::delete)
        .mutated("webhookTest", trial::run)
        .mutated("webhookDeliveryRetry", retry::run);
  }
}
