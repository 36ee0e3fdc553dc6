package dev.fairground.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a request from a JSON body or from the parameters of a URL. Strict: UTF-8
 * only, no comments, nothing behind the end, no key twice.
 */
final class RequestReader {
  private final HttpLimits limits;
  private final ObjectReader json;

  RequestReader(HttpLimits limits) {
    this.limits = limits;
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(limits.jsonNesting())
                            .maxNumberLength(limits.jsonNumberLength())
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(Object.class);
  }

  /** Those of a request that has arrived whole, by POST or by GET. */
  RequestParameters parameters(HttpServerRequest request, @Nullable Buffer body) {
    if (request.method() == HttpMethod.POST) {
      return body(body == null ? new byte[0] : body.getBytes());
    }
    try {
      return url(request.params(true));
    } catch (IllegalArgumentException badEscape) {
      throw bad("The URL is not well-formed.");
    }
  }

  /** A message of a WebSocket. */
  Map<String, Object> message(String text) {
    return object("message", read("message", text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Those in the payload of a message. */
  @SuppressWarnings("unchecked")
  RequestParameters parameters(Map<?, ?> payload) {
    // The keys of JSON objects are texts.
    return read((Map<String, Object>) payload);
  }

  RequestParameters body(byte[] bytes) {
    if (bytes.length == 0) {
      throw bad("The body is empty; it must be a JSON object with a query.");
    }
    return read(object("body", read("body", bytes)));
  }

  /**
   * Parameters of a GET: {@code variables} and {@code extensions} are JSON; empty means left out.
   */
  RequestParameters url(MultiMap url) {
    return checked(
        single(url, "query"),
        single(url, "operationName"),
        jsonOf(url, "variables"),
        jsonOf(url, "extensions"));
  }

  private static @Nullable String single(MultiMap url, String name) {
    List<String> values = url.getAll(name);
    if (values.size() > 1) {
      throw bad("The parameter " + name + " is given more than once.");
    }
    return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
  }

  private Map<String, Object> jsonOf(MultiMap url, String name) {
    String text = single(url, name);
    if (text == null) {
      return Map.of();
    }
    Object value = read(name, text.getBytes(StandardCharsets.UTF_8));
    return value == null ? Map.of() : object(name, value);
  }

  private static RequestParameters read(Map<String, Object> body) {
    return checked(
        string(body, "query"),
        string(body, "operationName"),
        map(body, "variables"),
        map(body, "extensions"));
  }

  private static RequestParameters checked(
      @Nullable String query,
      @Nullable String operationName,
      Map<String, Object> variables,
      Map<String, Object> extensions) {
    if (query != null && TextRules.loneSurrogate(query) >= 0) {
      throw bad("The query holds half of a surrogate pair, which is not a character.");
    }
    TextRules.check("operationName", operationName);
    TextRules.check("variables", variables);
    return new RequestParameters(query, operationName, variables, extensions);
  }

  private static @Nullable String string(Map<String, Object> body, String name) {
    Object value = body.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw bad("The parameter " + name + " must be a string.");
  }

  private static Map<String, Object> map(Map<String, Object> body, String name) {
    Object value = body.get(name);
    return value == null ? Map.of() : object(name, value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw bad(
        "The "
            + (name.equals("body") || name.equals("message") ? "" : "parameter ")
            + name
            + " must be a JSON object.");
  }

  private @Nullable Object read(String what, byte[] bytes) {
    try {
      return json.readValue(bytes);
    } catch (NumberFormatException tooLarge) {
      // The parser checks the digits of a number, not those of its exponent.
      throw bad("The " + what + " is not valid JSON: it holds a number out of range.");
    } catch (JsonProcessingException wrong) {
      throw new Refusal(
          ErrorCode.BAD_REQUEST, "The " + what + " is not valid JSON: " + reason(wrong) + ".");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Words of ours: the parser's own name classes and quote the input. */
  private String reason(JsonProcessingException wrong) {
    String what =
        switch (wrong) {
          case StreamConstraintsException tooMuch ->
              "it nests deeper than %d levels or holds a number of more than %d characters"
                  .formatted(limits.jsonNesting(), limits.jsonNumberLength());
          default ->
              wrong.getOriginalMessage().startsWith("Duplicate field")
                  ? "it has a key twice"
                  : "it cannot be read";
        };
    JsonLocation at = wrong.getLocation();
    return at == null
        ? what
        : "%s (line %d, column %d)".formatted(what, at.getLineNr(), at.getColumnNr());
  }

  private static Refusal bad(String message) {
    return new Refusal(ErrorCode.BAD_REQUEST, message);
  }
}
