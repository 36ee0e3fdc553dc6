package dev.fairground.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** JSON written by hand: a generator without its checked exceptions. */
final class Json {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private Json(JsonGenerator json) {
    this.json = json;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  static Buffer data(Consumer<Json> content) {
    try (var bytes = new ByteArrayBuilder(JSON._getBufferRecycler(), 8_192)) {
      try (var generator = JSON.createGenerator(bytes)) {
        generator.writeStartObject();
        generator.writeObjectFieldStart("data");
        content.accept(new Json(generator));
        generator.writeEndObject();
        generator.writeEndObject();
      }
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  void object(String name) {
    write(() -> json.writeObjectFieldStart(name));
  }

  void array(String name) {
    write(() -> json.writeArrayFieldStart(name));
  }

  void element() {
    write(json::writeStartObject);
  }

  void element(String text) {
    write(() -> json.writeString(text));
  }

  void end() {
    write(json::writeEndObject);
  }

  void endArray() {
    write(json::writeEndArray);
  }

  void text(String name, String value) {
    write(() -> json.writeStringField(name, value));
  }

  /** A localized text of which only the value is asked for. */
  void value(String name, String value) {
    object(name);
    text("value", value);
    end();
  }

  void missing(String name) {
    write(() -> json.writeNullField(name));
  }

  void truth(String name, boolean value) {
    write(() -> json.writeBooleanField(name, value));
  }

  void number(String name, int value) {
    write(() -> json.writeNumberField(name, value));
  }

  void moment(String name, OffsetDateTime value) {
    text(
        name,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value.withOffsetSameInstant(ZoneOffset.UTC)));
  }

  void decimal(String name, BigDecimal value) {
    text(name, value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }
}
