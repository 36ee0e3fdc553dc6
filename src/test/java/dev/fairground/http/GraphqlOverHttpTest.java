package dev.fairground.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, media types, bodies and statuses of {@code /graphql}. */
class GraphqlOverHttpTest {
  private static final TestServer SERVER = new TestServer();
  private static final String HELLO = "{\"query\":\"{ hello }\"}";

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static HttpResponse<String> postWith(String name, String value) {
    return SERVER.send(SERVER.posting(HELLO).setHeader(name, value));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"requestId\"");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void a_query_is_answered_with_its_cost_and_the_headers_of_every_answer() {
    var answer = SERVER.post(HELLO);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isIn(
            """
            {"data":{"hello":"world"},"extensions":{"cost":{"requested":10,"actual":7,"available":990,"restoreRate":100}}}""",
            """
            {"data":{"hello":"world"},"extensions":{"cost":{"requested":10,"actual":0,"available":1000,"restoreRate":100}}}""");
    assertThat(answer.headers().map())
        .containsEntry("content-type", List.of("application/json; charset=utf-8"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("access-control-allow-origin", List.of("*"))
        .containsEntry("vary", List.of("Accept, Accept-Encoding, Accept-Language"))
        .containsEntry("ratelimit-policy", List.of("\"cost\";q=1000;w=10"))
        .containsKey("ratelimit")
        .containsKey("x-request-id")
        .doesNotContainKey("server")
        .doesNotContainKey("access-control-allow-credentials");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/*|application/json",
        "application/json|application/json",
        "APPLICATION/GraphQL-Response+JSON|application/graphql-response+json",
        "application/graphql-response+json, application/json;q=0.9|application/graphql-response+json",
        "application/graphql-response+json;q=0.5, application/json;q=0.9|application/json",
        "application/json, application/graphql-response+json|application/json",
        "application/graphql-response+json, application/json|application/graphql-response+json",
        "application/json;q=0, */*|application/graphql-response+json",
        "text/html, */*;q=0.1|application/json",
        "application/graphql-response+json; charset=utf-8, text/html|application/graphql-response+json",
      })
  void accept_chooses_the_media_type(String accept, String expected) {
    var answer = postWith("Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue(expected + "; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "application/json;q=0", "application/json;charset=latin1", "*/*;q=0"})
  void an_accept_header_without_our_types_is_406(String accept) {
    assertRefused(postWith("Accept", accept), 406, "NOT_ACCEPTABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json-patch+json",
        "application/graphql",
        ";",
      })
  void another_content_type_is_415(String type) {
    assertRefused(postWith("Content-Type", type), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=UTF-8",
        "Application/JSON; charset=\"utf-8\"",
        "application/json; foo=bar"
      })
  void json_with_parameters_is_read(String type) {
    assertThat(postWith("Content-Type", type).statusCode()).isEqualTo(200);
  }

  @Test
  void a_compressed_body_is_415() {
    assertRefused(postWith("Content-Encoding", "gzip"), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "QUERY"})
  void another_method_is_405_and_names_those_that_there_are(String method) {
    var answer =
        SERVER.send(
            HttpRequest.newBuilder(SERVER.uri("/graphql"))
                .method(method, HttpRequest.BodyPublishers.ofString(HELLO)));

    assertRefused(answer, 405, "METHOD_NOT_ALLOWED");
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, POST, OPTIONS");
  }

  @Test
  void any_page_may_ask_without_credentials() {
    var answer =
        SERVER.send(
            HttpRequest.newBuilder(SERVER.uri("/graphql"))
                .header("Origin", "https://example.org")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(answer.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("Content-Type");
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void a_mutation_by_get_is_405_and_wants_post() {
    var answer = SERVER.get("mutation { rename(name: \"x\") }");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    assertThat(answer.body()).doesNotContain("\"rename\":");
  }

  @Test
  void a_query_in_the_url_of_a_post_is_not_read() {
    var answer =
        SERVER.send(
            HttpRequest.newBuilder(SERVER.uri("/graphql?query=%7Bhello%7D"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertRefused(answer, 400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "[{\"query\":\"{ hello }\"}]",
        "\"{ hello }\"",
        "{\"query\":\"{ hello }\"} x",
        "{\"query\":\"{ hello }\"}{}",
        "{\"query\":\"{ hello }\",}",
        "{\"query\":\"{ hello }\" /* no */}",
        "{'query':'{ hello }'}",
        "{\"query\":\"{ hello }\",\"query\":\"{ hello }\"}",
        "{\"query\":\"{ hello }\",\"variables\":{\"a\":1,\"a\":2}}",
        "{\"query\":\"{ hello }\",\"variables\":{\"a\":NaN}}",
        "{\"query\":\"{ hello }\",\"variables\":{\"a\":01}}",
        "{\"query\":\"{ hello }\",\"variables\":{\"a\":.5}}",
        "{\"query\":\"{ hel\tlo }\"}",
        "{\"query\":1}",
        "{\"query\":null}",
        "{\"query\":\"{ hello }\",\"operationName\":1}",
        "{\"query\":\"{ hello }\",\"variables\":\"{}\"}",
        "{\"query\":\"{ hello }\",\"variables\":[]}",
        "{\"query\":\"{ hello }\",\"extensions\":false}",
        "{\"query\":\"{ hello } # \\ud800\"}",
      })
  void a_body_that_is_not_a_strict_request_is_400(String body) {
    assertRefused(SERVER.post(body), 400, "BAD_REQUEST");
  }

  @Test
  void a_json_error_says_where_and_names_no_class() {
    var answer = SERVER.post("{\"query\":\n  ]");

    assertThat(answer.body()).contains("line 2").doesNotContain("jackson", "Source", "StreamRead");
  }

  @Test
  void a_body_that_is_not_utf_8_is_400() {
    var utf16 = HELLO.getBytes(StandardCharsets.UTF_16LE);
    var answer =
        SERVER.send(SERVER.posting("").POST(HttpRequest.BodyPublishers.ofByteArray(utf16)));

    assertRefused(answer, 400, "BAD_REQUEST");
  }

  @Test
  void nesting_of_fifty_is_read_and_of_fifty_one_is_not() {
    String query = "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":%s}}";
    // The body and the variables are two of the levels.
    var fifty = SERVER.post(query.formatted("[".repeat(48) + "]".repeat(48)));
    var more = SERVER.post(query.formatted("[".repeat(49) + "]".repeat(49)));

    assertThat(fifty.statusCode()).isEqualTo(200);
    assertRefused(more, 400, "BAD_REQUEST");
  }

  @Test
  void a_number_of_a_hundred_digits_is_read_and_a_longer_one_is_not() {
    String query = "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":%s}}";
    var hundred = SERVER.post(query.formatted("7".repeat(100)));
    var more = SERVER.post(query.formatted("7".repeat(101)));

    assertThat(hundred.body()).contains("7".repeat(100));
    assertRefused(more, 400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1.5E-99999999999"})
  void a_number_whose_exponent_nobody_can_hold_is_400(String number) {
    var answer =
        SERVER.post(
            "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":"
                + number
                + "}}");

    assertRefused(answer, 400, "BAD_REQUEST");
  }

  @Test
  void nesting_and_numbers_are_read_as_far_as_was_set() {
    try (var small =
        new TestServer(
            Map.of("FAIRGROUND_HTTP_JSON_NESTING", 4, "FAIRGROUND_HTTP_JSON_NUMBER_LENGTH", 20))) {
      String query = "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":%s}}";

      assertThat(small.post(query.formatted("[[]]")).statusCode()).isEqualTo(200);
      assertRefused(small.post(query.formatted("[[[]]]")), 400, "BAD_REQUEST");
      assertThat(small.post(query.formatted("7".repeat(20))).statusCode()).isEqualTo(200);
      assertRefused(small.post(query.formatted("7".repeat(21))), 400, "BAD_REQUEST");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"v\":\"a\\u0000\"}|variables.v",
        "{\"v\":{\"deep\":[1,{\"x\":\"\\ud83d\"}]}}|variables.v.deep[1].x",
        "{\"v\":[\"\\udc00a\"]}|variables.v[0]",
        "{\"v\":\"\\u001b[31m\"}|variables.v",
        "{\"v\":\"\\u0085\"}|variables.v",
        "{\"v\":{\"a\\u0000\":1}}|variables.v",
      })
  void text_that_no_table_can_hold_is_refused_with_its_place(String variables, String place) {
    var answer =
        SERVER.post(
            "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":" + variables + "}");

    assertRefused(answer, 400, "BAD_USER_INPUT");
    assertThat(answer.body()).contains("\"inputPath\":\"" + place + "\"");
  }

  @Test
  void tabs_lines_and_characters_of_two_halves_are_text() {
    var answer =
        SERVER.post(
            "{\"query\":\"query($v: JSON) { echo(value: $v) }\",\"variables\":{\"v\":\"a\\t\\r\\n\\ud83c\\udfaa港\"}}");

    assertThat(answer.body()).contains("{\"echo\":\"a\\t\\r\\n\\uD83C\\uDFAA港\"}");
  }

  @Test
  void nulls_and_unknown_members_equal_what_is_left_out() {
    var answer =
        SERVER.post(
            "{\"query\":\"{ hello }\",\"operationName\":null,\"variables\":null,\"extensions\":null,\"initialValue\":{\"hello\":\"injected\"}}");

    assertThat(answer.body()).contains("\"hello\":\"world\"").doesNotContain("injected");
  }

  @Test
  void empty_parameters_of_a_get_equal_what_is_left_out() {
    var answer =
        SERVER.send(
            HttpRequest.newBuilder(
                SERVER.uri(
                    "/graphql?query=%7Bhello%7D&operationName=&variables=&extensions=&initialValue=%7B%7D")));

    assertThat(answer.body()).contains("\"hello\":\"world\"").doesNotContain("errors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/graphql",
        "/graphql?query=",
        "/graphql?query=%7Bhello%7D&query=%7Bhello%7D",
        "/graphql?query=%7Bhello%7D&variables=%5B%5D",
        "/graphql?query=%7Bhello%7D&variables=%7B",
        "/graphql?query=%7Bhello%7D&extensions=1",
      })
  void a_get_that_is_not_a_request_is_400(String path) {
    assertRefused(SERVER.send(HttpRequest.newBuilder(SERVER.uri(path))), 400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @CsvSource({
    "{ hello,application/json,200",
    "{ hello,application/graphql-response+json,400",
    "{ nothing },application/json,200",
    "{ nothing },application/graphql-response+json,400",
    "{ partly },application/json,200",
    "{ partly },application/graphql-response+json,200",
  })
  void the_status_of_a_refused_document_depends_on_the_media_type(
      String query, String accept, int status) {
    var answer = SERVER.get(query, "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"errors\"");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("etag")).isEmpty();
  }

  @Test
  void the_switch_gives_the_draft_of_2026s_statuses() {
    try (var draft = new TestServer(Map.of("FAIRGROUND_HTTP_DRAFT_STATUSES", 1))) {
      String type = "application/graphql-response+json";

      assertThat(draft.get("{ hello", "Accept", type).statusCode()).isEqualTo(400);
      assertThat(draft.get("{ nothing }", "Accept", type).statusCode()).isEqualTo(422);
      assertThat(draft.get("{ partly }", "Accept", type).statusCode()).isEqualTo(294);
      assertThat(draft.get("{ partly }").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_defect_says_the_request_id_and_nothing_else() {
    var answer = SERVER.post("{\"query\":\"{ defect }\"}");

    assertRefused(answer, 500, "INTERNAL_SERVER_ERROR");
    assertThat(answer.body()).doesNotContain("secret", "Exception", "dev.fairground");
    assertThat(answer.body()).contains(answer.headers().firstValue("x-request-id").orElseThrow());
  }

  @Test
  void a_harmless_request_id_is_kept_and_another_replaced() {
    var kept = postWith("X-Request-Id", "order-66.A_b");
    var replaced = postWith("X-Request-Id", "a b");
    var tooLong = postWith("X-Request-Id", "a".repeat(65));

    assertThat(kept.headers().firstValue("x-request-id")).hasValue("order-66.A_b");
    assertThat(replaced.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{16}");
    assertThat(tooLong.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{16}");
  }

  @Test
  void a_bad_credential_is_401_and_a_good_ones_answer_is_kept_by_nobody() {
    var bad = postWith("Authorization", "Bearer bad");
    var good = postWith("Authorization", "Bearer good");

    assertRefused(bad, 401, "UNAUTHENTICATED");
    assertThat(bad.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(good.headers().firstValue("etag")).isEmpty();
  }

  @Test
  void another_path_is_404() {
    var answer = SERVER.send(HttpRequest.newBuilder(SERVER.uri("/metrics")));

    assertRefused(answer, 404, "NOT_FOUND");
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
  }

  @Test
  void a_long_answer_is_compressed_for_those_who_ask() {
    var answer = SERVER.get("{ text(length: 20000) }", "Accept-Encoding", "gzip");
    var plain = SERVER.get("{ text(length: 20000) }");

    assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(answer.body().length()).isLessThan(1_000);
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(plain.body().length()).isGreaterThan(20_000);
  }
}
