package dev.fairground.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets of webhooks, and what they sign, as the Standard Webhooks specification 1.0 says. A
 * secret is derived from the server's key and the webhook's id: none is stored, so none can be read
 * from the database.
 */
final class WebhookSecrets {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  /**
   * @param key at least 32 random bytes, the same on all servers of one database
   */
  WebhookSecrets(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("a key of at least 32 bytes is needed");
    }
    this.key = key.clone();
  }

  /** As its owner is shown it, once: {@code whsec_} and 32 bytes in Base64. */
  String shown(UUID webhook, int number) {
    return "whsec_" + Base64.getEncoder().encodeToString(secret(webhook, number));
  }

  /**
   * The header {@code webhook-signature}.
   *
   * @param id the header {@code webhook-id}
   * @param seconds the header {@code webhook-timestamp}, in seconds since 1970
   */
  String sign(UUID webhook, int number, String id, long seconds, String body) {
    return sign(secret(webhook, number), id, seconds, body);
  }

  static String sign(byte[] secret, String id, long seconds, String body) {
    var signed = id + '.' + seconds + '.' + body;
    return "v1,"
        + Base64.getEncoder().encodeToString(mac(secret, signed.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] secret(UUID webhook, int number) {
    return mac(key, ("webhook " + webhook + ' ' + number).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
