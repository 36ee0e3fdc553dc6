package dev.fairground.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that callers share, answers that they have already, and documents sent once. */
class SharedAnswersTest {
  private final TestServer server =
      new TestServer(Map.of("FAIRGROUND_ANSWER_CACHE_MILLIS", 60_000));

  @AfterEach
  void stop() {
    server.close();
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElseThrow();
  }

  private void change() {
    server.market.content.incrementAndGet();
    server.market.version.incrementAndGet();
  }

  @Test
  void an_anonymous_answer_may_be_kept_and_is_asked_for_again_each_time() {
    var answer = server.get("{ count }");

    assertThat(tag(answer)).matches("W/\"[0-9a-f]{32}\"");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("public, no-cache");
  }

  @Test
  void who_has_the_answer_is_told_304_until_it_changes() {
    var first = server.get("{ count }");
    var known = server.get("{ count }", "If-None-Match", tag(first));
    change();
    var changed = server.get("{ count }", "If-None-Match", tag(first));

    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(tag(known)).isEqualTo(tag(first));
    assertThat(known.headers().firstValue("vary")).isPresent();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"count\":1");
    assertThat(tag(changed)).isNotEqualTo(tag(first));
  }

  @Test
  void a_tag_is_found_in_a_list_and_in_the_strong_form() {
    var tag = tag(server.get("{ count }"));

    for (var header : new String[] {"\"x\", " + tag, tag.substring(2), "*"}) {
      assertThat(server.get("{ count }", "If-None-Match", header).statusCode()).isEqualTo(304);
    }
    for (var header : new String[] {"\"x\"", "x", tag.replace("\"", "")}) {
      assertThat(server.get("{ count }", "If-None-Match", header).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_answer_is_made_once_for_all_until_the_catalogue_changes() {
    server.get("{ count }");
    var shared = server.get("{ count }");
    assertThat(server.market.executions).hasValue(1);
    assertThat(shared.body()).contains("\"count\":0", "\"actual\":0");

    change();
    assertThat(server.get("{ count }").body()).contains("\"count\":1");
    assertThat(server.market.executions).hasValue(2);
  }

  @Test
  void nothing_is_shared_while_changes_cannot_be_heard() {
    server.market.version.set(-1);
    server.get("{ count }");
    server.get("{ count }");

    assertThat(server.market.executions).hasValue(2);
  }

  @Test
  void an_answer_is_shared_only_as_long_as_was_set() throws InterruptedException {
    try (var brief = new TestServer(Map.of("FAIRGROUND_ANSWER_CACHE_MILLIS", 50));
        var never = new TestServer(Map.of("FAIRGROUND_ANSWER_CACHE_MILLIS", 0))) {
      brief.get("{ count }");
      Thread.sleep(100);
      brief.get("{ count }");
      never.get("{ count }");
      never.get("{ count }");

      assertThat(brief.market.executions).hasValue(2);
      assertThat(never.market.executions).hasValue(2);
    }
  }

  @Test
  void callers_of_other_languages_variables_or_with_credentials_get_answers_of_their_own() {
    var query = "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":%s}}";
    server.post(query.formatted("1"));
    server.post(query.formatted("2"));
    server.send(server.posting(query.formatted("1")).header("Accept-Language", "en"));
    server.send(server.posting(query.formatted("1")).header("Authorization", "Bearer good"));
    assertThat(server.market.executions).hasValue(4);

    server.post(query.formatted("1"));
    assertThat(server.market.executions).hasValue(4);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String extensions(String hash) {
    return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
  }

  private HttpResponse<String> byHash(String hash) {
    return server.send(
        HttpRequest.newBuilder(
            server.uri(
                "/graphql?extensions="
                    + URLEncoder.encode(extensions(hash), StandardCharsets.UTF_8))));
  }

  private HttpResponse<String> withHash(String query, String hash) {
    return server.post("{\"query\":\"" + query + "\",\"extensions\":" + extensions(hash) + "}");
  }

  @Test
  void a_document_is_sent_once_and_asked_for_by_its_hash() {
    var query = "{ hello }";

    assertThat(byHash(hash(query)).body())
        .contains("\"message\":\"PersistedQueryNotFound\"", "PERSISTED_QUERY_NOT_FOUND");
    assertThat(withHash(query, hash(query)).body()).contains("\"hello\":\"world\"");
    assertThat(byHash(hash(query)).body()).contains("\"hello\":\"world\"");
    assertThat(byHash(hash(query).toUpperCase(java.util.Locale.ROOT)).body())
        .contains("\"hello\":\"world\"");
  }

  @Test
  void a_document_under_another_s_hash_is_neither_run_nor_kept() {
    var hash = hash("{ hello }");
    var refused = withHash("{ count }", hash);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("BAD_REQUEST");
    assertThat(server.market.executions).hasValue(0);
    assertThat(byHash(hash).body()).contains("PersistedQueryNotFound");
  }

  @Test
  void a_document_that_is_refused_is_not_kept() {
    withHash("{ nothing }", hash("{ nothing }"));

    assertThat(byHash(hash("{ nothing }")).body()).contains("PersistedQueryNotFound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "{\"version\":2,\"sha256Hash\":\"x\"}",
        "{\"version\":1}",
        "{\"version\":1,\"sha256Hash\":\"x\"}",
        "{\"version\":1,\"sha256Hash\":7}",
      })
  void a_hash_that_is_none_is_400(String persisted) {
    var answer =
        server.post(
            "{\"query\":\"{ hello }\",\"extensions\":{\"persistedQuery\":" + persisted + "}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("BAD_REQUEST");
  }

  @Test
  void documents_and_answers_are_kept_within_the_bytes_that_were_set() {
    try (var small =
        new TestServer(
            Map.of(
                "FAIRGROUND_PERSISTED_QUERY_BYTES", 0,
                "FAIRGROUND_ANSWER_CACHE_BYTES", 0,
                "FAIRGROUND_ANSWER_CACHE_MILLIS", 60_000))) {
      var body = "{\"query\":\"{ hello }\",\"extensions\":" + extensions(hash("{ hello }")) + "}";
      small.post(body);
      small.post(body);
      assertThat(small.market.executions).hasValue(2);
      assertThat(small.post("{\"extensions\":" + extensions(hash("{ hello }")) + "}").body())
          .contains("PersistedQueryNotFound");
    }
  }
}
