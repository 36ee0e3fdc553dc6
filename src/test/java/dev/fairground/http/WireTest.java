package dev.fairground.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over a bare socket: framing, sizes, and the time that a request may take. */
class WireTest {
  private static final String BODY = "{\"query\":\"{ hello }\"}";
  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final TestServer SERVER = new TestServer();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static String post(String headers, String body) {
    return "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static String answer(TestServer server, String request) {
    try (var wire = server.wire()) {
      return wire.send(request).readAll();
    }
  }

  private static int answers(String text) {
    return text.split("HTTP/1\\.[01] ", -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "Content-Length: 21\r\nContent-Length: 3\r\n",
        "Content-Length: 21, 21\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +21\r\n",
        "Content-Length : 21\r\n",
        "Content-Length: 21\nX: y\r\n",
        "Host: b\r\nContent-Length: 21\r\n",
      })
  void an_ambiguous_request_is_400_and_what_follows_it_is_not_read(String headers) {
    var answer = answer(SERVER, post(headers, BODY + SECOND));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"BAD_REQUEST\"");
    assertThat(answers(answer)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-1\r\n", "FFFFFFFFFF\r\n", "15\n" + BODY + "\n0\n\n"})
  void chunks_that_cannot_be_read_are_400_and_close(String chunks) {
    var answer = answer(SERVER, post("Transfer-Encoding: chunked\r\n", chunks + SECOND));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"BAD_REQUEST\"");
    assertThat(answers(answer)).isEqualTo(1);
  }

  @Test
  void requests_that_follow_each_other_on_one_connection_are_all_answered() {
    var request = post("Content-Length: 21\r\n", BODY);
    try (var wire = SERVER.wire()) {
      assertThat(answers(wire.send(request + request + request).readFor(1_000))).isEqualTo(3);
    }
  }

  @Test
  void a_request_line_of_8_kb_is_414_and_headers_of_16_kb_are_431() {
    assertThat(
            answer(
                SERVER, "GET /graphql?query=" + "a".repeat(8_192) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .contains(" 414 ");
    assertThat(
            answer(
                SERVER,
                "GET /graphql HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(16_384) + "\r\n\r\n"))
        .contains(" 431 ");
  }

  @Test
  void a_body_of_256_kb_is_read_and_a_longer_one_is_413_at_once() {
    var filler = "{\"query\":\"{ hello }\",\"unknown\":\"%s\"}";
    var rest = filler.length() - 2;

    assertThat(SERVER.post(filler.formatted("x".repeat(262_144 - rest))).statusCode())
        .isEqualTo(200);
    var tooLong = SERVER.post(filler.formatted("x".repeat(262_145 - rest)));
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(tooLong.body()).contains("PAYLOAD_TOO_LARGE");
    assertThat(answer(SERVER, post("Content-Length: 99999999999\r\n", "")))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            answer(
                SERVER, post("Transfer-Encoding: chunked\r\n", "50000\r\n" + "x".repeat(0x50000))))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void nothing_but_http_1_is_spoken() {
    assertThat(answer(SERVER, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain(" 200 ");
    assertThat(answer(SERVER, "\u0016\u0003\u0001\u0002\r\n\r\n")).contains(" 400 ");
  }

  @Test
  void headers_that_do_not_come_to_their_end_are_408() {
    try (var server = new TestServer(Map.of("FAIRGROUND_HTTP_HEADER_MILLIS", 300))) {
      assertThat(answer(server, "GET /graphql HTTP/1.1\r\nHost: a\r\n"))
          .startsWith("HTTP/1.1 408 ")
          .contains("REQUEST_TIMEOUT", "Connection: close");
    }
  }

  @Test
  void a_body_that_trickles_is_408_however_steadily_it_comes() {
    try (var server = new TestServer(Map.of("FAIRGROUND_HTTP_REQUEST_MILLIS", 500));
        var wire = server.wire()) {
      wire.send(post("Content-Length: 1000\r\n", ""));
      var begun = System.nanoTime();
      var answer = "";
      while (answer.isEmpty() && System.nanoTime() - begun < 5_000_000_000L) {
        var heard = wire.send("x").readFor(100);
        answer = heard.startsWith("HTTP") ? heard : "";
      }
      assertThat(answer).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void an_idle_connection_is_closed() {
    try (var server = new TestServer(Map.of("FAIRGROUND_HTTP_IDLE_SECONDS", 1));
        var wire = server.wire()) {
      assertThat(wire.readFor(4_000)).isEqualTo("<closed>");
    }
  }

  @Test
  void an_answer_that_is_late_is_504_and_its_work_is_cancelled() {
    try (var server = new TestServer(Map.of("FAIRGROUND_HTTP_HANDLING_MILLIS", 200))) {
      var answer = server.post("{\"query\":\"{ slow(millis: 20000) }\"}");

      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("\"code\":\"TIMEOUT\"");
      assertThat(server.market.cancellations).hasValue(1);
    }
  }

  @Test
  void work_is_cancelled_when_its_caller_leaves() throws InterruptedException {
    try (var wire = SERVER.wire()) {
      var slow = "{\"query\":\"{ slow(millis: 20000) }\"}";
      wire.send(post("Content-Length: " + slow.length() + "\r\n", slow));
      Thread.sleep(300);
      assertThat(SERVER.server.inFlight()).isEqualTo(1);
    }
    for (int i = 0; i < 100 && SERVER.server.inFlight() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(SERVER.market.cancellations).hasValue(1);
    assertThat(SERVER.server.inFlight()).isZero();
  }

  @Test
  void connections_beyond_an_address_s_share_are_closed() {
    try (var server = new TestServer(Map.of("FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS", 2));
        var one = server.wire();
        var two = server.wire()) {
      var get = "GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nHost: a\r\n\r\n";
      assertThat(one.send(get).readFor(300)).startsWith("HTTP/1.1 200 ");
      assertThat(two.send(get).readFor(300)).startsWith("HTTP/1.1 200 ");
      try (var three = server.wire()) {
        assertThat(three.send(get).readFor(1_000)).doesNotContain("200");
      }
      one.close();
      assertThat(two.send(get).readFor(300)).startsWith("HTTP/1.1 200 ");
      try (var four = server.wire()) {
        assertThat(four.send(get).readFor(1_000)).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void a_server_that_drains_ends_what_it_has_in_hand_and_closes_each_connection() {
    try (var server = new TestServer();
        var wire = server.wire();
        var idle = server.wire()) {
      var slow = "{\"query\":\"{ slow(millis: 1500) }\"}";
      wire.send(post("Content-Length: " + slow.length() + "\r\n", slow));
      var hello = SERVER_GET;
      assertThat(idle.send(hello).readFor(300))
          .contains(" 200 ")
          .doesNotContain("onnection: close");
      var drained = server.server.drain();
      assertThat(idle.send(hello).readAll()).contains(" 200 ", "onnection: close");
      assertThat(wire.readAll()).contains(" 200 ", "\"slow\":\"done\"", "onnection: close");
      TestServer.await(drained);
      assertThat(catchConnect(server)).isFalse();
    }
  }

  private static final String SERVER_GET =
      "GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nHost: a\r\n\r\n";

  private static boolean catchConnect(TestServer server) {
    try (var wire = server.wire()) {
      return wire.send(SERVER_GET).readFor(500).contains(" 200 ");
    } catch (AssertionError refused) {
      return false;
    }
  }
}
