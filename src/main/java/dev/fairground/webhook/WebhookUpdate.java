package dev.fairground.webhook;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutations that change a webhook: {@code webhookUpdate}, a new secret, its end. */
record WebhookUpdate(
    Mutations mutations,
    WebhookRepository webhooks,
    EventLog events,
    WebhookSecrets secrets,
    WebhookPayloads payloads,
    boolean privateAllowed) {

  Future<WebhookPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    return new WebhookInput(input, privateAllowed, payloads)
        .faults(write.viewer())
        .compose(
            faults ->
                change(
                    "webhookUpdate",
                    write,
                    input,
                    (transaction, webhook) ->
                        faults.isEmpty()
                            ? save(transaction, write, webhook, changed(write, input, webhook))
                            : Future.succeededFuture(Verdict.rejected(faults))));
  }

  Future<WebhookPayload> rotate(Write write, Arguments arguments) {
    return change(
        "webhookSecretRotate",
        write,
        requireNonNull(arguments.input("input")),
        (transaction, webhook) ->
            webhooks
                .update(transaction, with(webhook, webhook.secretNumber() + 1), write.moment())
                .compose(saved -> told(transaction, write, saved, List.of("secret")))
                .map(
                    saved ->
                        Verdict.accepted(
                            new WebhookPayload(
                                saved,
                                secrets.shown(saved.id(), saved.secretNumber()),
                                List.of()))));
  }

  Future<WebhookPayload> delete(Write write, Arguments arguments) {
    return change(
        "webhookDelete",
        write,
        requireNonNull(arguments.input("input")),
        (transaction, webhook) ->
            webhooks
                .delete(transaction, webhook.id(), write.moment())
                .compose(done -> told(transaction, write, webhook, List.of()))
                .map(done -> Verdict.accepted(new WebhookPayload(null, null, List.of()))));
  }

  private interface Change {
    Future<Verdict<WebhookPayload>> of(SqlConnection transaction, Webhook webhook);
  }

  private Future<WebhookPayload> change(String name, Write write, Arguments input, Change change) {
    UUID id = requireNonNull(input.id("id", WebhookResolver.WEBHOOK));
    return mutations.run(
        new Attempt<>(name, write, input, WebhookPayload::refused),
        transaction ->
            webhooks
                .findForUpdate(transaction, write.viewer(), id)
                .compose(
                    webhook -> {
                      var error = guard(input, webhook);
                      return webhook == null || error != null
                          ? Future.succeededFuture(Verdict.rejected(requireNonNull(error)))
                          : change.of(transaction, webhook);
                    }));
  }

  private static @Nullable UserError guard(Arguments input, @Nullable Webhook webhook) {
    if (webhook == null) {
      return InputError.notFound(input, "id");
    }
    return Objects.equals(input.integer("expectedVersion"), webhook.version())
        ? null
        : VersionConflictError.of(input, webhook.version());
  }

  /**
   * Members that were left out stay; null takes a limit off. Whoever says where it goes or what is
   * asked lends it its own reading scopes: nobody is sent what it may not read.
   */
  private static Webhook changed(Write write, Arguments input, Webhook old) {
    var leads = input.has("url") || input.isGiven("query");
    return new Webhook(
        old.id(),
        old.organizationId(),
        old.version(),
        input.has("url") ? requireNonNull(input.string("url")) : old.url(),
        input.isGiven("types") ? input.strings("types") : old.types(),
        input.isGiven("subject") ? input.string("subject") : old.subject(),
        input.isGiven("query") ? input.string("query") : old.query(),
        input.has("active") ? Boolean.TRUE.equals(input.bool("active")) : old.active(),
        old.secretNumber(),
        leads ? WebhookCreate.scopes(write.viewer(), old.organizationId()) : old.scopes(),
        old.createdAt(),
        old.updatedAt());
  }

  private Future<Verdict<WebhookPayload>> save(
      SqlConnection transaction, Write write, Webhook old, Webhook wanted) {
    return webhooks
        .update(transaction, wanted, write.moment())
        .compose(saved -> told(transaction, write, saved, different(old, saved)))
        .map(saved -> Verdict.accepted(WebhookPayload.of(saved)));
  }

  private Future<Webhook> told(
      SqlConnection transaction, Write write, Webhook webhook, List<String> fields) {
    return events
        .append(transaction, write, List.of(WebhookCreate.changed(webhook, fields)))
        .map(webhook);
  }

  private static List<String> different(Webhook old, Webhook now) {
    var fields = new ArrayList<String>();
    if (!old.url().equals(now.url())) {
      fields.add("url");
    }
    if (!old.types().equals(now.types())) {
      fields.add("types");
    }
    if (!Objects.equals(old.subject(), now.subject())) {
      fields.add("subject");
    }
    if (!Objects.equals(old.query(), now.query())) {
      fields.add("query");
    }
    if (old.active() != now.active()) {
      fields.add("active");
    }
    if (!old.scopes().equals(now.scopes())) {
      fields.add("scopes");
    }
    return fields;
  }

  private static Webhook with(Webhook old, int secretNumber) {
    return new Webhook(
        old.id(),
        old.organizationId(),
        old.version(),
        old.url(),
        old.types(),
        old.subject(),
        old.query(),
        old.active(),
        secretNumber,
        old.scopes(),
        old.createdAt(),
        old.updatedAt());
  }
}
