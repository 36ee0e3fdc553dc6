package dev.fairground.webhook;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code webhookDeliveryRetry}: sends an event again, from now on for a day. */
record WebhookDeliveryRetry(Mutations mutations, DeliveryRepository deliveries) {
  /** What became of it. */
  record Payload(@Nullable WebhookDelivery delivery, List<UserError> userErrors) {}

  Future<Payload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    UUID id = requireNonNull(input.id("deliveryId", WebhookResolver.DELIVERY));
    return mutations.run(
        new Attempt<>("webhookDeliveryRetry", write, input, errors -> new Payload(null, errors)),
        transaction ->
            deliveries
                .retry(transaction, write.viewer(), id, WebhookRepository.at(write.moment()))
                .map(
                    delivery ->
                        delivery == null
                            ? Verdict.rejected(InputError.notFound(input, "deliveryId"))
                            : Verdict.accepted(new Payload(delivery, List.of()))));
  }
}
