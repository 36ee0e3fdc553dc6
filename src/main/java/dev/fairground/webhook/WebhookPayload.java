package dev.fairground.webhook;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change of a webhook.
 *
 * @param webhook as it is now; null when it is gone, or nothing was done
 * @param secretOnce the secret that signs, shown only where it was made
 */
record WebhookPayload(
    @Nullable Webhook webhook, @Nullable String secretOnce, List<UserError> userErrors) {
  static WebhookPayload refused(List<UserError> errors) {
    return new WebhookPayload(null, null, errors);
  }

  static WebhookPayload of(Webhook webhook) {
    return new WebhookPayload(webhook, null, List.of());
  }
}
