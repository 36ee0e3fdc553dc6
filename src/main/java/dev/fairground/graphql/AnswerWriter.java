package dev.fairground.graphql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON. */
final class AnswerWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private static final String MISSING = "A value is missing that must be there.";

  private AnswerWriter() {}

  /** What is written into the answer. */
  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** The bytes of an answer, and how many objects are in it. */
  record Written(Buffer bytes, int objects) {}

  static Written data(PlanRun run, PlanRun.Node root) {
    var objects = new int[1];
    var bytes =
        buffer(
            json -> {
              json.writeFieldName("data");
              var writer = new PlanWriter(json, run);
              writer.write(root);
              objects[0] = writer.objects();
            });
    return new Written(bytes, objects[0]);
  }

  static Buffer result(ExecutionResult result, String requestId) {
    return buffer(
        json -> {
          if (!result.getErrors().isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (var error : result.getErrors()) {
              error(json, error, requestId);
            }
            json.writeEndArray();
          }
          if (result.isDataPresent()) {
            json.writeFieldName("data");
            value(json, result.getData());
          }
        });
  }

  static Buffer refused(List<Fault> faults, String requestId) {
    return buffer(
        json -> {
          json.writeArrayFieldStart("errors");
          for (var fault : faults) {
            error(
                json,
                fault.message(),
                fault.places(),
                fault.path(),
                fault.code().name(),
                fault.facts(),
                requestId);
          }
          json.writeEndArray();
        });
  }

  private static void error(JsonGenerator json, GraphQLError error, String requestId)
      throws IOException {
    var facts = new LinkedHashMap<String, Object>();
    if (error.getExtensions() != null) {
      facts.putAll(error.getExtensions());
    }
    var code = facts.remove("code");
    error(
        json,
        code == null ? MISSING : error.getMessage(),
        error.getLocations() == null ? List.of() : error.getLocations(),
        error.getPath() == null ? List.of() : error.getPath(),
        code == null ? codeOf(error) : code.toString(),
        facts,
        requestId);
  }

  /** An error that the engine itself made: only what we promised and did not keep is left. */
  private static String codeOf(GraphQLError error) {
    return (error.getErrorType() == ErrorType.ExecutionAborted
            ? ErrorCode.TIMEOUT
            : ErrorCode.INTERNAL_SERVER_ERROR)
        .name();
  }

  private static void error(
      JsonGenerator json,
      String message,
      List<SourceLocation> places,
      List<Object> path,
      String code,
      Map<String, Object> facts,
      String requestId)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("message", message);
    if (!places.isEmpty()) {
      json.writeArrayFieldStart("locations");
      for (var place : places) {
        json.writeStartObject();
        json.writeNumberField("line", place.getLine());
        json.writeNumberField("column", place.getColumn());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!path.isEmpty()) {
      json.writeFieldName("path");
      value(json, path);
    }
    json.writeObjectFieldStart("extensions");
    json.writeStringField("code", code);
    json.writeStringField("requestId", requestId);
    for (var fact : facts.entrySet()) {
      json.writeFieldName(fact.getKey());
      value(json, fact.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** What an error tells its caller. */
  static Fault fault(GraphQLError error) {
    var facts = error.getExtensions();
    var code = facts == null ? null : facts.get("code");
    return code == null
        ? new Fault(ErrorCode.valueOf(codeOf(error)), MISSING, List.of())
        : new Fault(ErrorCode.valueOf(code.toString()), error.getMessage(), List.of());
  }

  /** A value of a result: what graphql-java made of scalars is text, numbers and truth values. */
  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          value(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        for (var element : list) {
          value(json, element);
        }
        json.writeEndArray();
      }
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeString(value.toString());
    }
  }

  private static Buffer buffer(Content content) {
    try (var bytes = new ByteArrayBuilder(JSON._getBufferRecycler(), 8_192)) {
      try (var json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        content.write(json);
        json.writeEndObject();
      }
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail to be written to", impossible);
    }
  }
}
