package dev.fairground.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "3fff::1"
      })
  void an_address_that_is_not_of_the_public_internet_is_told(String address) throws Exception {
    assertThat(WebhookAddress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.1.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.1",
        "2400:cb00::1",
        "2001:200::1",
        "2606:4700::1111",
        "3ffe::1"
      })
  void an_address_of_the_public_internet_is_taken(String address) throws Exception {
    assertThat(WebhookAddress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/",
        "ftp://example.org/",
        "//example.org/",
        "example.org/x",
        "https:///x",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://exa mple.org/",
        "javascript:alert(1)",
        ""
      })
  void an_address_that_nothing_can_be_sent_to_is_refused_with_a_cure(String url) {
    assertThat(WebhookAddress.fault(url, false)).isNotBlank();
  }

  @Test
  void http_is_taken_only_where_private_addresses_are_allowed() {
    assertThat(WebhookAddress.fault("http://localhost:3000/hook", true)).isNull();
    assertThat(WebhookAddress.fault("https://example.org:8443/hook?a=b", false)).isNull();
  }

  /** The example of the Standard Webhooks specification. */
  @Test
  void a_message_is_signed_as_the_specification_signs_its_example() {
    var secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(
            WebhookSecrets.sign(
                secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void each_webhook_and_each_renewal_has_a_secret_of_its_own() {
    var secrets = new WebhookSecrets(new byte[32]);
    var webhook = UUID.randomUUID();

    assertThat(secrets.shown(webhook, 1))
        .startsWith("whsec_")
        .isEqualTo(new WebhookSecrets(new byte[32]).shown(webhook, 1))
        .isNotEqualTo(secrets.shown(webhook, 2))
        .isNotEqualTo(secrets.shown(UUID.randomUUID(), 1));
  }

  @Test
  void tries_come_less_and_less_often_and_end_after_a_day() {
    var tries = new ArrayList<Instant>();
    var at = NOW;
    while (at != null && tries.size() < 100) {
      tries.add(at);
      at = BackOff.next(tries.size(), NOW, at, 0.5);
    }

    assertThat(tries).hasSizeBetween(9, 14);
    assertThat(tries.getLast()).isBefore(NOW.plus(Duration.ofDays(1)));
    for (int i = 2; i < tries.size(); i++) {
      assertThat(Duration.between(tries.get(i - 1), tries.get(i)))
          .isGreaterThanOrEqualTo(Duration.between(tries.get(i - 2), tries.get(i - 1)));
    }
  }
}
