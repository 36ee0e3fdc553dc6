package dev.fairground.graphql;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairground.graphql.Plan.Field;
import dev.fairground.graphql.Plan.Selection;
import dev.fairground.graphql.Plan.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a plan's run found straight as JSON, without a tree of results between. */
final class PlanWriter {
  private static final @Nullable Object[] NOTHING = {};

  private final JsonGenerator json;
  private final PlanRun run;
  private int objects;

  PlanWriter(JsonGenerator json, PlanRun run) {
    this.json = json;
    this.run = run;
  }

  /** A value is missing that the schema promises; the engine says where, and what that nulls. */
  static final class MissingValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingValue(String coordinate) {
      super(coordinate, null, false, false);
    }
  }

  /** How many objects were written; the root counts too. */
  int objects() {
    return objects;
  }

  void write(PlanRun.Node root) throws IOException {
    object(root.source(), root.selection(), root.found());
  }

  private void object(@Nullable Object source, Selection selection, @Nullable Object[] found)
      throws IOException {
    objects++;
    json.writeStartObject();
    for (var field : selection.fields()) {
      json.writeFieldName(field.key);
      if (field.node >= 0) {
        value(field, field.shape, found[field.node]);
      } else if (field.binding instanceof Binding.Value bound && source != null) {
        value(field, field.shape, bound.read().apply(source, run.arguments(field)));
      } else {
        json.writeString(selection.type());
      }
    }
    json.writeEndObject();
  }

  private void value(Field field, Shape shape, @Nullable Object value) throws IOException {
    if (value == null) {
      if (shape.nonNull()) {
        throw new MissingValue(field.coordinate);
      }
      json.writeNull();
    } else if (shape.element() != null) {
      json.writeStartArray();
      for (var element : (List<?>) value) {
        value(field, shape.element(), element);
      }
      json.writeEndArray();
    } else if (field.leaf) {
      leaf(field, value);
    } else if (value instanceof PlanRun.Node node) {
      object(node.source(), node.selection(), node.found());
    } else {
      object(value, run.selection(field, value), NOTHING);
    }
  }

  private void leaf(Field field, Object value) throws IOException {
    switch (value) {
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case Enum<?> constant -> json.writeString(constant.name());
      case OffsetDateTime moment -> json.writeString(Scalars.write(moment));
      case Instant instant -> json.writeString(Scalars.write(instant.atOffset(ZoneOffset.UTC)));
      case LocalDate day -> json.writeString(day.toString());
      case BigDecimal decimal -> json.writeString(Scalars.write(decimal));
      case Double number -> json.writeNumber(number);
      default ->
          throw new IllegalStateException(
              field.coordinate + " gave a " + value.getClass() + ", which is no leaf");
    }
  }
}
