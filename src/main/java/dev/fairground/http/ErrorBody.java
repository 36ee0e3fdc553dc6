package dev.fairground.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairground.graphql.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a refusal as a GraphQL answer without data. */
final class ErrorBody {
  private static final JsonMapper JSON = new JsonMapper();

  private ErrorBody() {}

  static Buffer of(Refusal refusal, String requestId) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("errors");
      json.writeStartObject();
      json.writeStringField("message", refusal.text());
      writePlaces(json, refusal);
      json.writeObjectFieldStart("extensions");
      json.writeStringField("code", refusal.code().name());
      json.writeStringField("requestId", requestId);
      for (Map.Entry<String, Object> fact : refusal.facts().entrySet()) {
        json.writePOJOField(fact.getKey(), fact.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void writePlaces(JsonGenerator json, Refusal refusal) throws IOException {
    if (refusal.places().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("locations");
    for (var place : refusal.places()) {
      json.writeStartObject();
      json.writeNumberField("line", place.getLine());
      json.writeNumberField("column", place.getColumn());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
