package dev.fairground.webhook;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The mutation {@code webhookCreate}. */
record WebhookCreate(
    Mutations mutations,
    WebhookRepository webhooks,
    EventLog events,
    WebhookSecrets secrets,
    WebhookPayloads payloads,
    boolean privateAllowed) {
  static final int MOST = 50;

  Future<WebhookPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var attempt = new Attempt<>("webhookCreate", write, input, WebhookPayload::refused);
    var wanted = wanted(write, input);
    // What is asked of the engine is asked before the transaction, which would wait for it.
    return new WebhookInput(input, privateAllowed, payloads)
        .faults(write.viewer())
        .compose(
            faults ->
                mutations.once(
                    attempt,
                    transaction ->
                        !write.viewer().may(Scope.WEBHOOK_MANAGE, wanted.organizationId())
                            ? Future.succeededFuture(
                                Verdict.rejected(InputError.notFound(input, "organizationId")))
                            : !faults.isEmpty()
                                ? Future.succeededFuture(Verdict.rejected(faults))
                                : create(transaction, write, input, wanted),
                    (transaction, made) ->
                        webhooks
                            .findForUpdate(transaction, write.viewer(), Ids.uuid(made))
                            .map(found -> new WebhookPayload(found, null, List.of()))));
  }

  private static Webhook wanted(Write write, Arguments input) {
    var organization = requireNonNull(input.id("organizationId", PartyResolver.PREFIX));
    var now = WebhookRepository.at(write.moment());
    return new Webhook(
        UUID.randomUUID(),
        organization,
        1,
        requireNonNull(input.string("url")),
        input.strings("types"),
        input.string("subject"),
        input.string("query"),
        true,
        1,
        scopes(write.viewer(), organization),
        now,
        now);
  }

  /** What a caller may read for an organization: what it can lend to a webhook. */
  static List<String> scopes(Viewer viewer, UUID organization) {
    return Scope.reading().stream()
        .filter(scope -> viewer.may(scope, organization))
        .map(Scope::word)
        .toList();
  }

  private Future<Verdict<WebhookPayload>> create(
      SqlConnection transaction, Write write, Arguments input, Webhook wanted) {
    return webhooks
        .count(transaction, wanted.organizationId())
        .compose(
            count ->
                count >= MOST
                    ? Future.succeededFuture(
                        Verdict.<WebhookPayload>rejected(
                            InputError.at(
                                input,
                                "organizationId",
                                UserErrorCode.QUOTA,
                                "An organization has at most %d webhooks. Delete one first."
                                    .formatted(MOST))))
                    : webhooks
                        .insert(transaction, wanted, write.actor().subject())
                        .compose(made -> told(transaction, write, made)));
  }

  private Future<Verdict<WebhookPayload>> told(
      SqlConnection transaction, Write write, Webhook made) {
    var id = Ids.write(WebhookResolver.WEBHOOK, made.id());
    return events
        .append(transaction, write, List.of(changed(made, List.of())))
        .map(
            done ->
                Verdict.accepted(
                    new WebhookPayload(
                        made, secrets.shown(made.id(), made.secretNumber()), List.of()),
                    id));
  }

  static NewEvent changed(Webhook webhook, List<String> fields) {
    return new NewEvent(
        EventType.WEBHOOK_CHANGED,
        Ids.write(WebhookResolver.WEBHOOK, webhook.id()),
        webhook.version(),
        webhook.organizationId(),
        false,
        fields);
  }
}
